"""How often a password may be tried: an exact count in our own database, raised before each try.

A counter that lives in a web worker leaks when there are several, and one read before it is raised
lets parallel tries through. This one is an upsert: the try that is over the limit is never judged.
"""

import time

from django.db import connection, transaction

from servicedesk.errors import TooManyAttempts
from servicedesk.models import SignInAttempt
from servicedesk.services import preferences

# A try within the window is one more; one after it begins anew. A try that will be judged moves the
# window along, so that the lock-out lasts its full length; refused ones do not prolong it.
UPSERT = """
INSERT INTO servicedesk_signinattempt AS held (staff_no, address, tried_at, count) VALUES (%s, %s, %s, 1)
ON CONFLICT (staff_no, address) DO UPDATE SET
    count = CASE WHEN held.tried_at <= %s THEN 1 ELSE held.count + 1 END,
    tried_at = CASE WHEN held.tried_at > %s AND held.count >= %s THEN held.tried_at ELSE excluded.tried_at END
RETURNING count, tried_at
"""


def take_attempt(staff_no: str, address: str) -> int:
    """Count one try of `staff_no` from `address`; returns how many more there are after it.

    The count is committed at once: call it outside the transaction of the act, which a refusal would
    roll back and the count with it.

    Raises:
        TooManyAttempts: the limit is used up; the password must not be judged.
        RuntimeError: called inside a transaction.
    """
    limit = preferences.value("servicedesk.signin_attempts")
    length = preferences.value("servicedesk.signin_window_minutes") * 60
    now = int(time.time())
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(UPSERT, [staff_no[:60], address[:45], now, now - length, now - length, limit])
        count, tried_at = cursor.fetchone()
    if count > limit:
        raise TooManyAttempts(minutes=max(1, -(-(tried_at + length - now) // 60)))
    if count == 1:
        _forget_old(now - length)
    return limit - count


def _forget_old(before: int) -> None:
    """Rows of 工号 that nobody has tried for a window; guessing must not fill the disk."""
    SignInAttempt.objects.filter(tried_at__lte=before).delete()


def forget_attempts(staff_no: str, address: str | None = None) -> int:
    """After a right password (of that address), or by the manager (of all addresses): rows forgotten."""
    rows = SignInAttempt.objects.filter(staff_no=staff_no[:60])
    return (rows if address is None else rows.filter(address=address[:45])).delete()[0]


def locked_out(staff_numbers: list[str]) -> set[str]:
    """Those of the 工号 that are locked out at some address now."""
    since = int(time.time()) - preferences.value("servicedesk.signin_window_minutes") * 60
    rows = SignInAttempt.objects.filter(
        staff_no__in=staff_numbers, tried_at__gt=since, count__gte=preferences.value("servicedesk.signin_attempts")
    )
    return set(rows.values_list("staff_no", flat=True))
