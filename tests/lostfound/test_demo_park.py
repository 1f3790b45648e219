"""The demo park has something to look at in every state, so that no screen is seen for the first time by a visitor."""

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from lostfound.choices import BatchState, ClaimState, ItemState, NoticeState, OfferState, SheetState, StockTakeState
from lostfound.models import Batch, BookletSheet, Claim, CustodyOffer, FoundItem, Notice, StockTake
from reports.choices import OldBookState
from reports.models import OldBookImport
from servicedesk.models import Message, ServicePoint

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def states(model) -> set[str]:
    return set(model.objects.values_list("state", flat=True))


# The dice fall by the date: on any other day they may leave a state out.
SEEDED_AT = dt.datetime(2026, 11, 30, 17, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@time_machine.travel(SEEDED_AT)
def test_what_is_under_way_today_stands_in_every_state():
    call_command("seed_demo", days=6, seed=3, verbosity=0)
    assert states(Claim) == set(ClaimState.values)
    assert {ItemState.CLAIMING, ItemState.VOID, ItemState.IN_CUSTODY} <= states(FoundItem)
    assert states(BookletSheet) == {SheetState.BLANK, SheetState.VOID, SheetState.MISSING}
    assert states(StockTake) == set(StockTakeState.values)
    assert BatchState.PREPARED in states(Batch)
    assert states(OldBookImport) == {OldBookState.WAITING, OldBookState.DONE}
    assert OldBookImport.objects.get(state=OldBookState.WAITING).bad == 4
    assert {batch.book for batch in OldBookImport.objects.all()} == {"founditem", "oldlogline", "lostreport"}
    assert {NoticeState.DRAFT, NoticeState.PUBLISHED} <= states(Notice)
    assert OfferState.WAITING in states(CustodyOffer)
    assert FoundItem.objects.filter(is_on_hold=True, state=ItemState.IN_CUSTODY).exists()
    old = timezone.now() - dt.timedelta(hours=21)
    assert Message.objects.filter(at__lt=old).exists()
    assert not Message.objects.unread().filter(at__lt=old).exists()
    assert Message.objects.unread().exists()
    # For what was before its first day no archive asks.
    assert {point.opened_on for point in ServicePoint.objects.all()} == {dt.date(2026, 11, 24)}
