"""Every screen that a clerk and a manager look at, by the names that they have in the figures."""

from collections.abc import Collection
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from servicedesk.models import SearchEntry
from servicedesk.periods import Span, period_of
from servicedesk.register import Register, registers
from servicedesk.services.search import permitted

FIGURES, START, ANYWHERE = "figures", "start page", "search"


def screens_of(person, large: Collection[str]) -> dict[str, dict[str, str]]:
    """The addresses of each part of the desk that a person may look into, by part and screen.

    Of the `large` books every filter and order; of the others the list, a record, the form.
    """
    found = {
        register.label: _pages(register, person) | (_ways(register) if register.key in large else {})
        for register in registers() if register.is_open_to(person)
    }
    found[START] = {"start page": "/", "board": "/board/", "inbox": reverse("inbox")}
    found[ANYWHERE] = {"a word": "/search/?q=雨伞", "a name": "/search/?q=王", "a number": _number(person)}
    if person.has_perm("reports.view_statistics"):
        found |= {f"{FIGURES} by {span.value}": _figures(span) for span in Span}
    return found


def _ways(register: Register) -> dict[str, str]:
    """Pages further on, what is searched, the tabs, each order up and down."""
    url = register.list_url()
    pages = {"page 20": f"{url}?all=1&page=20", "by word": f"{url}?all=1&q=雨伞"}
    pages |= {view.label: f"{url}?{view.query}" for view in register.views}
    for column in register.columns:
        if column.order_by:
            pages[f"sorted by {column.key}"] = f"{url}?all=1&sort={column.key}"
            pages[f"sorted down by {column.key}"] = f"{url}?all=1&sort=-{column.key}"
    return pages


def _pages(register: Register, person) -> dict[str, str]:
    """The list, the newest and the oldest record, the form for a new one."""
    pages = {"list": f"{register.list_url()}?all=1"}
    keys = register.rows(person).select_related(None).prefetch_related(None).order_by("pk").values_list("pk", flat=True)
    for name, key in (("newest", keys.last()), ("oldest", keys.first())):
        if key is not None:
            pages[name] = register.detail_url(key)
    if register.create_name and person.has_perm(register.permission("add")):
        pages["form"] = register.create_url()
    return pages


def _number(person) -> str:
    """The start of a number: a whole one would lead to its record."""
    keys = [register.key for register in permitted(person)]
    entry = SearchEntry.objects.filter(register__in=keys).order_by("-pk")[0]
    return f"/search/?{urlencode({'q': entry.number.rpartition('-')[0]})}"


def _figures(span: Span) -> dict[str, str]:
    """The page of the running day, week, month or year, and of the one before it."""
    page, now = reverse("reports:statistics"), period_of(timezone.localdate(), span)
    return {"running": f"{page}?period={now.key}", "before": f"{page}?period={now.before.key}"}
