"""Two clocks per item: the desk's own, from the category table, and the legal one, from the notice."""

import calendar
import datetime as dt
from typing import Any

from django.utils import timezone

from lostfound.choices import TermKind
from lostfound.models import FoundItem, ItemCategory
from servicedesk.services import preferences


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day `months` later; the last of the month where that day does not exist."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return dt.date(year, month + 1, min(day.day, _last_day(year, month + 1)))


def desk_due_on(category: ItemCategory, handed_in_at: dt.datetime) -> dt.date | None:
    """Last day (in the desk's time zone) of the desk's own term; None for what is not kept at all."""
    day = timezone.localdate(handed_in_at)
    match category.term_kind:
        case TermKind.NONE:
            return None
        case TermKind.SAME_DAY:
            return day
        case TermKind.HOURS:
            return timezone.localdate(handed_in_at + dt.timedelta(hours=category.term_number))
        case TermKind.DAYS:
            return day + dt.timedelta(days=category.term_number)
    return day.replace(day=_last_day(day.year, day.month))


def legal_due_on(announced_at: dt.datetime) -> dt.date:
    """Last day of the legal term: it counts from the first notice, never from the find."""
    return months_later(timezone.localdate(announced_at), preferences.value("lostfound.legal_months"))


def midnight() -> dt.datetime:
    """The moment at which the desk's day began."""
    return timezone.make_aware(dt.datetime.combine(timezone.localdate(), dt.time()))


def notice_overdue_at() -> dt.datetime:
    """What was handed in before this moment must have been announced by now."""
    return timezone.now() - dt.timedelta(days=preferences.value("lostfound.notice_days"))


def desk_term_is_over(item: FoundItem, at: dt.datetime | None = None) -> bool:
    """Whether the desk need keep the item no longer: from its last day on, for a term in hours to the minute."""
    now = at or timezone.now()
    if item.category.term_kind == TermKind.NONE:
        return True
    if item.category.term_kind == TermKind.HOURS:
        return item.kept_since + dt.timedelta(hours=item.category.term_number) <= now
    return item.desk_due_on is not None and item.desk_due_on <= timezone.localdate(now)


def legal_term_is_over(item: FoundItem, at: dt.datetime | None = None) -> bool:
    """Whether the legal term has ended: the day after its last; never without a notice."""
    return item.legal_due_on is not None and item.legal_due_on < timezone.localdate(at or timezone.now())


def due_changes(category: ItemCategory, kept_since: dt.datetime) -> dict[str, Any]:
    """The column changes that go with a changed category."""
    return {"category": category, "desk_due_on": desk_due_on(category, kept_since)}


def _last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
