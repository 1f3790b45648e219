"""The start page: what waits for this person, today in numbers, what a clerk starts most."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from servicedesk.services import preferences, today


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Every app contributes its alarms, numbers and starts through `services.today`."""
    waiting, numbers = today.board(request.user)
    return render(request, "start.html", {
        "waiting": waiting, "numbers": numbers, "starts": today.starts(request.user)[:today.MOST_STARTS],
        "seconds": preferences.value("servicedesk.board_seconds"),
    })


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """What waits and the numbers alone: asked by the open start page, it keeps nobody signed in."""
    waiting, numbers = today.board(request.user)
    return render(request, "start_board.html", {"waiting": waiting, "numbers": numbers})
