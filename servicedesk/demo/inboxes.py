"""Inboxes of the demo park: what is older than a day was read when it came."""

import datetime as dt

from django.db.models import F

from servicedesk.models import Message
from servicedesk.services.demo import Demo

FRESH = dt.timedelta(hours=20)


def read_old_messages(demo: Demo) -> None:
    """Leave the last day's unread; two weeks of them would hide what is new."""
    old = Message.objects.unread().filter(at__lt=demo.until - FRESH)
    old.update(read_at=F("at") + dt.timedelta(minutes=20))
