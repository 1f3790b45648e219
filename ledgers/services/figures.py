"""便民 and 广播 of a day: what a ledger counts without a line of its own."""

from django.db.models import Count

from dutylog.models import DutyDay
from dutylog.services.figures import Asked
from ledgers.choices import LOG_CATEGORY, EntryState, Service
from ledgers.models import LedgerEntry
from ledgers.models.kinds import all_kinds
from servicedesk.periods import day_of


def of_ledgers(day: DutyDay) -> Asked:
    """How many entries of the date stand under the figures of the sheet; those with a line are counted by it."""
    categories = {
        kind.pk: LOG_CATEGORY[Service(kind.service)].value for kind in all_kinds()
        if kind.service in LOG_CATEGORY and not kind.is_logged
    }
    of = day_of(day.on)
    rows = LedgerEntry.objects.filter(
        service_point=day.service_point_id, kind__in=categories, happened_at__gte=of.begins,
        happened_at__lt=of.ends,
    ).exclude(state=EntryState.VOID)
    counted = rows.order_by().values_list("kind").annotate(Count("pk"))
    return Asked([counted], lambda kinds: _by_category(kinds, categories))


def _by_category(kinds: list[tuple[int, int]], categories: dict[int, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for kind, count in kinds:
        found[categories[kind]] = found.get(categories[kind], 0) + count
    return found
