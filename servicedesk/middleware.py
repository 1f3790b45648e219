"""Requests on their way in: idle lock, forced change of a password, bad input, refusals."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from servicedesk import idle
from servicedesk.addresses import standing
from servicedesk.errors import MonthClosed, Refusal
from servicedesk.services import closedmonths, kept, preferences
from servicedesk.services.heldposts import hold
from servicedesk.views.reasons import typed_reason
from servicedesk.views.session import lock_page

OPEN_WHEN_LOCKED = ("lock", "unlock", "signout", "signin", "switch_person", "health")
# Asked by the page itself again and again: nobody is sitting there for that.
ASKED_BY_THE_PAGE = ("inbox_badge", "longtask_note", "longtask_rows", "start_board")
OPEN_BEFORE_CHANGE = ("password_change", "signout", "signin", "switch_person", "lock", "unlock")
NOT_SENT_AGAIN = ("csrfmiddlewaretoken", closedmonths.FIELD)
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


class IdleLockMiddleware:
    """Locks a session left alone, and gives each request one reading of the preferences and small tables."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        preferences.begin_request()
        kept.begin_request(only_looks=request.method in {"GET", "HEAD"})
        try:
            return self.get_response(request)
        finally:
            preferences.end_request()
            kept.end_request()

    def process_template_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:  # noqa: ARG002
        kept.begin_drawing()
        return response

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:  # noqa: ARG002
        """After the check against forged forms: only a form of this desk is held."""
        if not request.user.is_authenticated or request.path in _paths(OPEN_WHEN_LOCKED):
            return None
        if idle.is_locked(request.session, preferences.value("servicedesk.idle_minutes")):
            return None if _saves_a_draft(request) else self._to_lock_page(request)
        if request.path not in _paths(ASKED_BY_THE_PAGE):
            idle.note_presence(request.session)
        return None

    @staticmethod
    def _to_lock_page(request: HttpRequest) -> HttpResponse:
        back = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "")
        if request.headers.get("HX-Request"):
            back = request.headers.get("HX-Current-URL") or back  # a part of a page is no place to come back to
        if request.method == "POST" and request.content_type in FORM_TYPES and not request.headers.get("HX-Request"):
            fields = [(name, value) for name, values in request.POST.lists() for value in values]
            held = hold(request.user, request.get_full_path(), fields, bool(request.FILES))
            return lock_page(request, back=_path_of(back), held=held)
        url = f"{reverse('lock')}?{urlencode({'next': _path_of(back)})}"
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": url})
        return redirect(url)


def _paths(names: tuple[str, ...]) -> set[str]:
    return {standing(name) for name in names}


def _path_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _saves_a_draft(request: HttpRequest) -> bool:
    """What was typed before the lock may still be kept; reading it needs the password."""
    return request.method in {"POST", "PUT"} and request.path.startswith(reverse("draft", args=["x"])[:-2])


class PasswordChangeMiddleware:
    """A person whose password must change can do nothing else first."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:  # noqa: ARG002
        user = request.user
        if not user.is_authenticated or not user.must_change_password or request.path in _paths(OPEN_BEFORE_CHANGE):
            return None
        back = request.get_full_path() if request.method == "GET" else ""
        return redirect(f"{reverse('password_change')}?{urlencode({'next': back})}")


class BadInputMiddleware:
    """NUL and lone surrogates make databases fail with a 500: refused here in one place."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._is_bad(request.META.get("QUERY_STRING", ""), request.path_info):
            raise SuspiciousOperation("control character in address")
        if any(self._is_unstorable(v) for values in request.GET.lists() for v in values[1]):
            raise SuspiciousOperation("control character in query")
        return self.get_response(request)

    @staticmethod
    def _is_bad(query: str, path: str) -> bool:
        return "%00" in query or "\x00" in path or len(query) > 8000

    @staticmethod
    def _is_unstorable(text: str) -> bool:
        return "\x00" in text or any(0xD800 <= ord(c) <= 0xDFFF for c in text)


class CorrectionMiddleware:
    """A reason that was typed for changing a closed month holds for its request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            closedmonths.bear("")

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:  # noqa: ARG002
        if request.method == "POST":
            closedmonths.bear(typed_reason(request, closedmonths.FIELD))


class RefusalMiddleware:
    """A refusal that no form caught: its sentence on the page the clerk came from."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        back = request.headers.get("Referer", "")
        if request.method == "POST" and isinstance(exception, MonthClosed):
            fields = [(name, value) for name, values in request.POST.lists() for value in values]
            return render(request, "correction.html", {
                "sentence": exception.sentence, "fields": [f for f in fields if f[0] not in NOT_SENT_AGAIN],
                "field": closedmonths.FIELD, "longest": closedmonths.LONGEST,
            }, status=409)
        if request.method == "POST" and exception.status == 409 and _is_ours(back, request):
            messages.error(request, exception.sentence)
            return redirect(back)
        return render(request, "refusal.html", {"sentence": exception.sentence}, status=exception.status)


def _is_ours(url: str, request: HttpRequest) -> bool:
    return bool(url) and url_has_allowed_host_and_scheme(url, {request.get_host()})
