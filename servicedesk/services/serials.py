"""Serial numbers: `SW-20261122-001`, per prefix, day and desk, without gap or double."""

import datetime as dt

from django.db import connection, transaction
from django.utils import timezone

from servicedesk.models import ServicePoint

UPSERT = """
INSERT INTO servicedesk_serialcounter (prefix, "on", service_point_id, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (prefix, "on", service_point_id) DO UPDATE SET last = servicedesk_serialcounter.last + 1
RETURNING last
"""


def take_serial(prefix: str, point: ServicePoint, on: dt.date | None = None) -> str:
    """Take the next number of `prefix` at `point` for the day `on` (default: today in Shanghai).

    Must run inside the transaction that saves the record: a roll-back gives the number back, so
    there is no gap, and the counter's row lock keeps a second desk waiting, so there is no double.

    Raises:
        transaction.TransactionManagementError: outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("take_serial needs the record's transaction")
    day = on or timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, [prefix, day.isoformat(), point.pk])
        last = cursor.fetchone()[0]
    return f"{prefix}{point.serial_mark}-{day:%Y%m%d}-{last:03d}"
