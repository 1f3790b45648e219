"""Drafts: what a person is typing, saved while they type."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.views.decorators.http import require_http_methods

from servicedesk.services.submissions import discard_draft, read_draft, save_draft

LARGEST = 200_000


@require_http_methods(["GET", "POST", "PUT", "DELETE"])
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """GET reads, POST or PUT saves a JSON object of fields with their values, DELETE discards.

    Each person has their own.
    """
    key = key[:120]
    if request.method == "GET":
        found = read_draft(request.user, key)
        return JsonResponse({"fields": found[0], "saved_at": found[1].saved_at} if found else {})
    if request.method == "DELETE":
        discard_draft(request.user, key)
        return HttpResponse(status=204)
    fields = _fields(request)
    if fields is None:
        return JsonResponse({"error": "草稿不能保存"}, status=400)
    saved = save_draft(request.user, key, fields)
    return JsonResponse({"saved_at": saved.saved_at})


def _fields(request: HttpRequest) -> dict | None:
    try:
        if len(request.body) > LARGEST:
            return None
        fields = json.loads(request.body)
    except (ValueError, RecursionError, RawPostDataException):
        # The last: a form was sent, and read as one before it came here.
        return None
    return fields if isinstance(fields, dict) and all(_is_value(value) for value in fields.values()) else None


def _is_value(value: object) -> bool:
    """What a field of a form holds: a text, or several."""
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))
