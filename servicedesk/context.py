"""What every page's frame shows."""

import datetime as dt
from functools import cached_property
from itertools import groupby

from django.apps import apps
from django.http import HttpRequest
from django.utils import timezone

from servicedesk.addresses import standing
from servicedesk.books import BOOKS
from servicedesk.models import ServicePoint
from servicedesk.register import RailPage, Register, rail
from servicedesk.services import kept, preferences
from servicedesk.services.asking import Tallying, tallying
from servicedesk.services.belonging import role_names
from servicedesk.services.inbox import badge_text, unread_of
from servicedesk.services.points import current_point, own_points
from servicedesk.services.today import DutyMark, Start, duty, starts

MOST_IN_BADGE = 100


def desk(request: HttpRequest) -> dict:
    """The `desk` of the templates."""
    user = getattr(request, "user", None)
    return {"desk": Frame(request) if user is not None and user.is_authenticated else Gate()}


class Gate:
    """What stands above a page that nobody has signed in to."""

    @cached_property
    def company(self) -> str:
        return preferences.value("servicedesk.company")


class Frame(Gate):
    """Rail, service point, date, idle time. Each is asked for when a template shows it: a part of a page shows none."""

    def __init__(self, request: HttpRequest):
        self.request = request
        self.user = request.user

    @cached_property
    def rail(self) -> list[dict]:
        return [*_rail(self.request, self._shown, self._waiting[1]), *_house(self.request)]

    @cached_property
    def inbox_count(self) -> str:
        return badge_text(self._waiting[0])

    @cached_property
    def point(self) -> ServicePoint | None:
        return current_point(self.request)

    @cached_property
    def points(self) -> list[ServicePoint]:
        return own_points(self.request)

    @cached_property
    def duty(self) -> DutyMark | None:
        return duty(self.user, self.point)

    @cached_property
    def roles(self) -> list[str]:
        return role_names(self.user)

    @cached_property
    def today(self) -> dt.date:
        return timezone.localdate()

    @cached_property
    def idle_minutes(self) -> int:
        return preferences.value("servicedesk.idle_minutes")

    @cached_property
    def search_url(self) -> str:
        return standing("search")

    @cached_property
    def starts(self) -> list[Start]:
        return starts(self.user)

    @cached_property
    def _shown(self) -> list[Register | RailPage]:
        return [page for page in rail() if page.is_open_to(self.user)]

    @cached_property
    def _waiting(self) -> tuple[int, dict[str, int]]:
        return _counted(self.user, self._shown)


def _counted(user, shown: list[Register | RailPage]) -> tuple[int, dict[str, int]]:
    """Unread messages, and what waits behind each line of the rail, by its label: all counted by one query.

    The clock alone changes a count once a minute, and the query is made no more often for it.
    """
    minute = timezone.now().replace(second=0, microsecond=0)
    labels, asked = kept.answer(("badges", user.pk, minute), lambda: _badges(user, shown), of_all=True)
    unread, *found = (count or 0 for count in asked.asked()[::2])
    return unread, dict(zip(labels, found, strict=True))


def _badges(user, shown: list[Register | RailPage]) -> tuple[list[str], Tallying]:
    badges = {page.label: page.badge(user) for page in shown if page.badge}
    return list(badges), tallying([(rows, "") for rows in (unread_of(user), *badges.values())], most=MOST_IN_BADGE)


def _rail(request: HttpRequest, shown: list[Register | RailPage], badges: dict[str, int]) -> list[dict]:
    """A group for each app, in the order of the settings; within it the order of the declarations."""
    return [
        {"title": apps.get_app_config(app).verbose_name, "items": [
            {
                "label": page.label, "icon": page.icon, "url": page.list_url(),
                "is_current": request.path.startswith(page.list_url()),
                "badge": badge_text(badges.get(page.label, 0)),
            }
            for page in pages
        ]}
        for app, pages in groupby(sorted(shown, key=_floor), key=lambda page: page.app)
    ]


def _floor(page: Register | RailPage) -> int:
    return list(apps.app_configs).index(page.app)


# What a manager keeps: label, icon, right, the address it leads to and those that belong to it.
HOUSE = (
    ("人员", "people", "servicedesk.manage_people", "person_list", ()),
    ("地点", "map", "servicedesk.manage_places", "zone_list",
     ("servicepoint_list", "department_list", "storageplace_list", "visitorcode_list")),
    ("通知渠道", "megaphone", "servicedesk.manage_channels", "channel_list", ("delivery_list",)),
    ("后台", "gear-wide-connected", "servicedesk.see_jobs", "job_list", ()),
    ("参数", "sliders", "servicedesk.manage_settings", "settings", ("purge",)),
    ("表单文字", "card-text", "servicedesk.manage_settings", "paper_wordings", ()),
)


def _rule_books(name: str) -> list[str]:
    """Tables that registers add to the rules."""
    return [book.url_name("list") for book in BOOKS if book.is_rule] if name == "settings" else []


def _house(request: HttpRequest) -> list[dict]:
    items = [
        {
            "label": label, "icon": icon, "url": standing(name),
            "is_current": request.path.startswith(tuple(standing(n) for n in (name, *further, *_rule_books(name)))),
        }
        for label, icon, right, name, further in HOUSE if request.user.has_perm(right)
    ]
    return [{"title": "管理", "items": items}] if items else []
