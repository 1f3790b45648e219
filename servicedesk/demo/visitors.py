"""Codes on the walls of the demo park."""

from servicedesk.choices import Role
from servicedesk.services.demo import Demo, at
from servicedesk.services.visitors import add_visitor_code

PLACES = ["售票大厅", "缆车上站", "剧院出口", "东门出口"]
KIOSK = "售票大厅"


def hang_up_codes(demo: Demo) -> None:
    """One at each of four places; the first is a kiosk."""
    with at(demo.moment(demo.dates()[0], 8)):
        for n, name in enumerate(PLACES):
            add_visitor_code(
                by=demo.people[Role.MANAGER][0], name=name, service_point=demo.points[n % len(demo.points)],
                zone=demo.zones[n], is_kiosk=name == KIOSK,
            )
