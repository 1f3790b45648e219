"""The search box of every page."""

import itertools

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from servicedesk.register import register_by_key
from servicedesk.services.search import search


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Results grouped by register; a full number that hits one record opens it."""
    text = request.GET.get("q", "").strip()[:200]
    entries = search(text, request.user) if text else []
    exact = [e for e in entries if e.number == text.upper()]
    if len(exact) == 1 and not request.htmx:
        return redirect(register_by_key(exact[0].register).detail_url(exact[0].object_id))
    return render(request, "search/_results.html" if request.htmx else "search/results.html", {
        "query": text, "groups": _grouped(entries), "count": len(entries),
    })


def _grouped(entries) -> list[dict]:
    ordered = sorted(entries, key=lambda e: e.register)
    return [
        {
            "register": register_by_key(key),
            "rows": [{"entry": e, "url": register_by_key(key).detail_url(e.object_id)} for e in rows],
        }
        for key, rows in itertools.groupby(ordered, key=lambda e: e.register)
    ]
