"""What every page's frame shows."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from servicedesk.books import BOOKS
from servicedesk.register import rail
from servicedesk.services import preferences
from servicedesk.services.inbox import badge_text, unread_count
from servicedesk.services.points import current_point, own_points
from servicedesk.services.today import duty, starts


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
            "duty": duty(user, current_point(request)),
            "points": own_points(request),
            "today": timezone.localdate(),
            "idle_minutes": preferences.value("servicedesk.idle_minutes"),
            "search_url": reverse("search"),
            "inbox_count": badge_text(unread_count(user)),
            "starts": starts(user),
        }
    }


def _rail(request: HttpRequest) -> list[dict]:
    return [
        {
            "label": page.label, "icon": page.icon, "url": page.list_url(),
            "is_current": request.path.startswith(page.list_url()),
            "badge": badge_text(page.badge(request.user)) if page.badge else "",
        }
        for page in rail() if request.user.has_perm(page.permission("view"))
    ]


# What a manager keeps: label, icon, right, the address it leads to and those that belong to it.
HOUSE = (
    ("人员", "people", "servicedesk.manage_people", "person_list", ()),
    ("地点", "map", "servicedesk.manage_places", "zone_list",
     ("servicepoint_list", "department_list", "storageplace_list")),
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
            "label": label, "icon": icon, "url": reverse(name),
            "is_current": request.path.startswith(tuple(reverse(n) for n in (name, *further, *_rule_books(name)))),
        }
        for label, icon, right, name, further in HOUSE if request.user.has_perm(right)
    ]
    return [{"title": "管理", "items": items}] if items else []
