"""Finds on the spot: the sheet that the foreman brings to the desk before the end of that day."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from lostfound.choices import IntakeKind, ItemState
from lostfound.errors.items import AlreadyFiled, HandedInBeforeFound, HandedInInFuture, NotOnTheSpot, NotToFileYet
from lostfound.models import FoundItem
from lostfound.services.item_facts import CLOCK_TOLERANCE
from servicedesk.choices import SignatureMeans
from servicedesk.services import preferences
from servicedesk.services.signing import sign
from servicedesk.services.transitions import amend


def filing_deadline(item: FoundItem) -> dt.datetime:
    """End of the shift on the day the thing was given back; a return after hours may be filed till midnight."""
    happened = item.ended_at or item.found_at
    day = timezone.localdate(happened)
    ends = timezone.make_aware(dt.datetime.combine(day, preferences.value("lostfound.shift_ends")))
    midnight = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))
    return ends if happened <= ends else midnight


@transaction.atomic
def file_on_spot(item: FoundItem, *, by, foreman, at: dt.datetime | None = None) -> FoundItem:
    """备案: the desk takes the sheet of a return on the spot. A late one is taken too, and marked.

    Raises:
        NotOnTheSpot, NotToFileYet, AlreadyFiled.
        HandedInInFuture, HandedInBeforeFound: an impossible time.
    """
    row = FoundItem.objects.select_for_update().get(pk=item.pk)
    filed_at = at or timezone.now()
    _refuse_filing(row, filed_at)
    is_late = filed_at > filing_deadline(row)
    amend(
        item, by=by, reason="逾时备案" if is_late else "备案", filed_at=filed_at, filed_by=by, foreman=foreman,
        is_filed_late=is_late,
    )
    sign(
        item, "上交客服备案", f"{item.number} 现场拾物登记、认领表已上交备案。", by=by, signer_name=foreman.name,
        signer=foreman, means=SignatureMeans.PAPER, at=filed_at,
    )
    return item


def _refuse_filing(item: FoundItem, filed_at: dt.datetime) -> None:
    if item.intake_kind != IntakeKind.ON_SPOT:
        raise NotOnTheSpot(number=item.number)
    if item.filed_at is not None:
        raise AlreadyFiled(number=item.number, at=f"{timezone.localtime(item.filed_at):%m月%d日 %H:%M}")
    if item.state != ItemState.RETURNED:
        raise NotToFileYet(number=item.number, state=item.get_state_display())
    if filed_at > timezone.now() + CLOCK_TOLERANCE:
        raise HandedInInFuture(field="filed_at")
    if filed_at < item.found_at:
        raise HandedInBeforeFound(field="filed_at")
