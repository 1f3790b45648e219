"""Where a request comes from, and where it may be sent back to."""

from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

# Pages that are no place to return to.
GATES = {"signin", "signout", "lock", "unlock", "switch_person", "preferences", "point_switch"}


@cache
def standing(name: str, *args: str) -> str:
    """The address of a page that belongs to no record, looked up once: every page shows a hundred of them."""
    return reverse(name, args=args)


def address_of(request: HttpRequest) -> str:
    """The computer's address. Behind DESK_PROXIES proxies of our own, the one the outermost of them saw."""
    seen = request.headers.get("X-Forwarded-For", "").split(",")
    if settings.DESK_PROXIES and len(seen) >= settings.DESK_PROXIES and seen[0]:
        return seen[-settings.DESK_PROXIES].strip()[:45]
    return request.META.get("REMOTE_ADDR", "")[:45]


def way_back(request: HttpRequest) -> str:
    """The `next` of the request when it is a page of this desk, else the start page."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if is_ours and url.startswith("/") and not _is_gate(url) else reverse("start")


def scanned(request: HttpRequest, text: str) -> str:
    """The page of this desk that a scanned address names; empty for any other text."""
    is_ours = "://" in text and url_has_allowed_host_and_scheme(text, {request.get_host()})
    path = urlsplit(text).path if is_ours else ""
    return path if path and not _is_gate(path) and _is_page(path) else ""


def _is_page(path: str) -> bool:
    try:
        return bool(resolve(path))
    except Resolver404:
        return False


def _is_gate(url: str) -> bool:
    try:
        return resolve(url.partition("?")[0].partition("#")[0]).url_name in GATES
    except Resolver404:
        return False
