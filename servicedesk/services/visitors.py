"""What stands open to visitors: codes with their addresses, and how often one may post.

The count is exact over several workers: one row per device and one per code, raised by an upsert before a
post is taken. Never by address: visitors share the park's Wi-Fi.
"""

import secrets
import time

from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse

from servicedesk.errors import NoVisitorAddress, TooManyPosts
from servicedesk.models import VisitorCode, VisitorCount
from servicedesk.services import preferences
from servicedesk.services.house import add_row

# Without signs that are read as each other.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
NO_ADDRESS = "—"
DEVICE, CODE = "device", "code"
UPSERT = """
INSERT INTO servicedesk_visitorcount AS held (scope, key, began_at, count) VALUES (%s, %s, %s, 1)
ON CONFLICT (scope, key) DO UPDATE SET
    count = CASE WHEN held.began_at <= %s THEN 1 ELSE held.count + 1 END,
    began_at = CASE WHEN held.began_at <= %s THEN excluded.began_at ELSE held.began_at END
RETURNING count, began_at
"""


def add_visitor_code(*, by, **facts) -> VisitorCode:
    """A new code with a name nobody can guess.

    Raises:
        AlreadyThere: the name is taken.
    """
    return add_row(VisitorCode(code="".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)), **facts), by=by)


def visitor_url(page: str, code: VisitorCode) -> str:
    """The whole address of a page that is open to visitors, for a QR code.

    Raises:
        NoVisitorAddress: the manager has not said under which address visitors reach the desk.
    """
    address = preferences.value("servicedesk.visitor_address")
    if address == NO_ADDRESS:
        raise NoVisitorAddress
    return f"{address.rstrip('/')}{reverse(page, args=[code.code])}"


def take_post(code: VisitorCode, device: str) -> None:
    """Count one post of a device by a code. A kiosk serves everybody: only its code is counted.

    The counts are committed at once: call it outside the transaction of the act.

    Raises:
        TooManyPosts: a limit is used up; the post must not be taken.
        RuntimeError: called inside a transaction.
    """
    for scope, key, limit in _limits(code, device):
        _take(scope, key, limit)


def refuse_flooded(code: VisitorCode, device: str) -> None:
    """Look, without counting, whether a limit is used up: a flood costs the desk a look, not a form and a write.

    Raises:
        TooManyPosts: a limit is used up.
    """
    length, now = _length(), int(time.time())
    full = Q(pk__in=[])
    for scope, key, limit in _limits(code, device):
        full |= Q(scope=scope, key=key[:40], count__gte=limit)
    known = VisitorCount.objects.filter(full, began_at__gt=now - length).order_by("-began_at").first()
    if known is not None:
        raise TooManyPosts(minutes=_minutes(known.began_at + length - now))


def _limits(code: VisitorCode, device: str) -> list[tuple[str, str, int]]:
    """What is counted of a post, each with its limit."""
    of_code = (CODE, str(code.pk), preferences.value("servicedesk.visitor_code_posts"))
    of_device = (DEVICE, device, preferences.value("servicedesk.visitor_device_posts"))
    return [of_code] if code.is_kiosk else [of_device, of_code]


def _length() -> int:
    """Seconds of the window."""
    return preferences.value("servicedesk.visitor_window_minutes") * 60


def _take(scope: str, key: str, limit: int) -> None:
    length, now = _length(), int(time.time())
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(UPSERT, [scope, key[:40], now, now - length, now - length])
        count, began_at = cursor.fetchone()
    if count > limit:
        raise TooManyPosts(minutes=_minutes(began_at + length - now))
    if count == 1:
        VisitorCount.objects.filter(began_at__lte=now - length).delete()


def _minutes(seconds: int) -> int:
    return max(1, -(-seconds // 60))
