"""What every page's frame shows."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from servicedesk.register import registers
from servicedesk.services import kept, preferences
from servicedesk.services.asking import counts
from servicedesk.services.points import current_point, own_points
from servicedesk.services.today import starts


def desk(request: HttpRequest) -> dict:
    """The `desk` of the templates: rail, service point, date, idle time."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"desk": {"company": preferences.value("servicedesk.company")}}
    return {
        "desk": {
            "company": preferences.value("servicedesk.company"),
            "rail": _rail(request),
            "rail_groups": _house(request),
            "point": current_point(request),
            "points": own_points(request),
            "roles": [group.name for group in kept.rows_of(user.groups.all())],
            "today": timezone.localdate(),
            "idle_minutes": preferences.value("servicedesk.idle_minutes"),
            "search_url": reverse("search"),
            "inbox_count": 0,
            "starts": starts(user),
        }
    }


MOST_IN_BADGE = 100


def _rail(request: HttpRequest) -> list[dict]:
    shown = [r for r in registers() if r.in_rail and request.user.has_perm(r.permission("view"))]
    with_badge = [r for r in shown if r.badge]
    waiting = counts([r.badge(request.user) for r in with_badge if r.badge], most=MOST_IN_BADGE)
    badges = dict(zip((r.key for r in with_badge), waiting, strict=True))
    return [
        {
            "label": register.label, "icon": register.icon, "url": register.list_url(),
            "is_current": request.path.startswith(register.list_url()), "badge": badges.get(register.key, 0),
        }
        for register in shown
    ]


# What a manager keeps: label, icon, right, the address it leads to and those that belong to it.
HOUSE = (
    ("人员", "people", "servicedesk.manage_people", "person_list", ()),
    ("地点", "map", "servicedesk.manage_places", "zone_list",
     ("servicepoint_list", "department_list", "storageplace_list")),
    ("参数", "sliders", "servicedesk.manage_settings", "settings", ()),
)


def _house(request: HttpRequest) -> list[dict]:
    items = [
        {
            "label": label, "icon": icon, "url": reverse(name),
            "is_current": request.path.startswith(tuple(reverse(n) for n in (name, *further))),
        }
        for label, icon, right, name, further in HOUSE if request.user.has_perm(right)
    ]
    return [{"title": "管理", "items": items}] if items else []
