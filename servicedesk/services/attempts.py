"""How often a password may be tried: an exact count in our own database, raised before each try.

A counter that lives in a web worker leaks when there are several, and one read before it is raised
lets parallel tries through. This one is an upsert: the try that is over the limit is never judged.
"""

import time

from django.db import connection

from servicedesk.errors import TooManyAttempts
from servicedesk.models import SignInAttempt
from servicedesk.services import preferences

UPSERT = """
INSERT INTO servicedesk_signinattempt (staff_no, address, "window", count) VALUES (%s, %s, %s, 1)
ON CONFLICT (staff_no, address, "window") DO UPDATE SET count = servicedesk_signinattempt.count + 1
RETURNING count
"""


def current_window() -> tuple[int, int]:
    """The running window's number, and its length in minutes."""
    minutes = preferences.value("servicedesk.signin_window_minutes")
    return int(time.time()) // (minutes * 60), minutes


def take_attempt(staff_no: str, address: str) -> None:
    """Count one try of `staff_no` from `address`.

    Raises:
        TooManyAttempts: the limit of this window is used up; the password must not be judged.
    """
    window, minutes = current_window()
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, [staff_no[:60], address[:45], window])
        count = cursor.fetchone()[0]
    if count > preferences.value("servicedesk.signin_attempts"):
        raise TooManyAttempts(minutes=minutes)


def forget_attempts(staff_no: str, address: str | None = None) -> None:
    """After a right password (of that address), or by the administrator (of all addresses)."""
    rows = SignInAttempt.objects.filter(staff_no=staff_no[:60])
    (rows if address is None else rows.filter(address=address[:45])).delete()
