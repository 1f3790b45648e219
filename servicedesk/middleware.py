"""Requests on their way in: idle lock, forced change of a password, bad input, refusals."""

import time

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from servicedesk.errors import Refusal
from servicedesk.services import preferences

LAST_SEEN = "last_seen"
LOCKED = "locked"


class IdleLockMiddleware:
    """Locks a session left alone, and gives each request one reading of the preferences."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        preferences.begin_request()
        try:
            return self._lock_if_idle(request) or self.get_response(request)
        finally:
            preferences.end_request()

    def _lock_if_idle(self, request: HttpRequest) -> HttpResponse | None:
        if not request.user.is_authenticated or request.path in self._open_paths():
            return None
        now = int(time.time())
        idle = now - request.session.get(LAST_SEEN, now)
        if idle > preferences.value("servicedesk.idle_minutes") * 60:
            request.session[LOCKED] = True
        if request.session.get(LOCKED):
            return self._to_lock_page(request)
        # Writing a session costs a write to the database: once a minute is enough.
        if idle >= 60 or LAST_SEEN not in request.session:
            request.session[LAST_SEEN] = now
        return None

    @staticmethod
    def _open_paths() -> set[str]:
        return {reverse(name) for name in ("lock", "unlock", "signout", "signin")}

    @staticmethod
    def _to_lock_page(request: HttpRequest) -> HttpResponse:
        target = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "")
        url = f"{reverse('lock')}?{urlencode({'next': target})}"
        if request.headers.get("HX-Request"):
            response = HttpResponse(status=204)
            response["HX-Redirect"] = url
            return response
        return redirect(url)


class PasswordChangeMiddleware:
    """A person whose password must change can do nothing else first."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.must_change_password:
            allowed = {reverse(n) for n in ("password_change", "signout", "lock", "unlock")}
            if request.path not in allowed and not request.path.startswith(settings.STATIC_URL):
                return redirect("password_change")
        return self.get_response(request)


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
        if request.method == "POST" and exception.status == 409 and _is_ours(back, request):
            messages.error(request, exception.sentence)
            return redirect(back)
        return render(request, "refusal.html", {"sentence": exception.sentence}, status=exception.status)


def _is_ours(url: str, request: HttpRequest) -> bool:
    return bool(url) and url_has_allowed_host_and_scheme(url, {request.get_host()})
