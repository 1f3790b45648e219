"""The search box of every page."""

import itertools
import unicodedata

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from servicedesk.addresses import scanned
from servicedesk.models import SearchEntry
from servicedesk.register import register_by_key
from servicedesk.services.search import HOUSE_NUMBER, search


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Results grouped by register; a number that was scanned or typed whole opens its record, an address its page."""
    text = unicodedata.normalize("NFKC", request.GET.get("q", "")).strip()[:200]
    page = scanned(request, text)
    entries = search(text, request.user) if text and not page else []
    found = page or _address_of_number(text, entries)
    if found and not request.htmx:
        return redirect(found)
    return render(request, "search/_results.html" if request.htmx else "search/results.html", {
        "query": text, "groups": _grouped(entries), "count": len(entries),
    })


def _address_of_number(text: str, entries: list[SearchEntry]) -> str:
    """Of the record that bears the number; or of the only one that a whole number, like that of a slip, leads to."""
    named = [e for e in entries if e.number == text.upper()] or (entries if HOUSE_NUMBER.fullmatch(text) else [])
    return register_by_key(named[0].register).detail_url(named[0].object_id) if len(named) == 1 else ""


def _grouped(entries) -> list[dict]:
    ordered = sorted(entries, key=lambda e: e.register)
    return [
        {
            "register": register_by_key(key),
            "rows": [{"entry": e, "url": register_by_key(key).detail_url(e.object_id)} for e in rows],
        }
        for key, rows in itertools.groupby(ordered, key=lambda e: e.register)
    ]
