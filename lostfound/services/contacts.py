"""联系记录: each try to reach an owner, written once, shown with the item, the report, or both."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lostfound.errors.reports import ContactAboutNothing, ContactInFuture
from lostfound.models import ContactAttempt, FoundItem, LostReport

# Clocks of the desks' computers differ a little.
CLOCK_TOLERANCE = dt.timedelta(minutes=2)


@transaction.atomic
def record_contact(
    *, by, outcome: str, channel: str = "phone", at: dt.datetime | None = None, note: str = "",
    item: FoundItem | None = None, report: LostReport | None = None,
) -> ContactAttempt:
    """Write down a try to reach an owner, about an item, a report or both. Never changed afterwards.

    Raises:
        ContactAboutNothing: neither an item nor a report.
        ContactInFuture: the time has not come.
    """
    if item is None and report is None:
        raise ContactAboutNothing
    when = at or timezone.now()
    if when > timezone.now() + CLOCK_TOLERANCE:
        raise ContactInFuture(field="at")
    return ContactAttempt.objects.create(
        item=item, report=report, at=when, channel=channel, outcome=outcome, note=note.strip()[:300], by=by
    )


def contacts_of(record: FoundItem | LostReport) -> QuerySet:
    """Tries about a record and about the other side of its confirmed match, oldest first."""
    attempts, matches = ContactAttempt.objects.order_by(), record.matches.confirmed().order_by()
    if isinstance(record, FoundItem):
        own, other = attempts.filter(item=record), attempts.filter(report__in=matches.values("report"))
    else:
        own, other = attempts.filter(report=record), attempts.filter(item__in=matches.values("item"))
    # Each half by its own index; asked for as one or the other, PostgreSQL reads the tries of all years.
    keys = own.values("pk").union(other.values("pk"))
    return attempts.filter(pk__in=keys).select_related("by", "item", "report").order_by("at", "pk")


def contact_events(record: FoundItem | LostReport) -> list[dict]:
    """The tries as lines of the record's time line."""
    return as_events(contacts_of(record))


def as_events(contacts: Iterable[ContactAttempt]) -> list[dict]:
    return [
        {"at": a.at, "who": a.by.name, "title": f"{a.get_channel_display()}联系:{a.get_outcome_display()}",
         "changes": [], "reason": a.note}
        for a in contacts
    ]
