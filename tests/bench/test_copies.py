"""The park of ten years is honest: copies of finished records with numbers, days, links and words of their own."""

import datetime as dt

import pytest
from django.utils import timezone

from bench import copies
from dutylog.choices import DayKind, DayState, EntryCategory
from dutylog.models import DutyDay, LogEntry
from lostfound.choices import IntakeKind, ItemState
from lostfound.models import CustodyMove, FoundItem, ItemCategory
from servicedesk.services.search import index_record, search

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ROUNDS, LAYERS = 3, 2


@pytest.fixture
def days() -> list[dt.date]:
    """Of the pattern and of its copies, the newest first."""
    today = timezone.localdate()
    return [today - dt.timedelta(days=back) for back in range(ROUNDS)]


@pytest.fixture
def park(point, zone, clerk, days) -> copies.Growing:
    """A find that went back and one that is still kept, each with its move and its line in a closed day."""
    copies.lift_keys()
    now, common = timezone.now(), {"service_point": point, "created_by": clerk, "created_at": timezone.now()}
    day = DutyDay.objects.create(
        number=f"ZB-{days[0]:%Y%m%d}", on=days[0], state=DayState.CLOSED, day_kind=DayKind.WORKDAY, **common
    )
    for n, state in enumerate((ItemState.RETURNED, ItemState.IN_CUSTODY), start=1):
        item = FoundItem.objects.create(
            number=f"SW-{days[0]:%Y%m%d}-{n:03d}", state=state, intake_kind=IntakeKind.VISITOR, thing="雨伞",
            category=ItemCategory.objects.get(code="12"), found_at=now, handed_in_at=now, zone=zone, **common,
        )
        CustodyMove.objects.create(item=item, kind="intake", at=now, to_person=clerk, by=clerk)
        LogEntry.objects.create(
            day=day, happened_at=now, entered_at=now, category=EntryCategory.FOUND, text="拾物", record=item,
            record_number=item.number, created_by=clerk,
        )
        index_record(item)
    return copies.finished(1)


@pytest.fixture
def copied(park) -> None:
    copies.copy_rounds(park, range(ROUNDS), LAYERS)


def test_what_is_finished_is_copied_and_what_still_waits_is_not(copied, days):
    finished = FoundItem.objects.filter(state=ItemState.RETURNED).values_list("number", flat=True)
    assert set(finished) == {f"SW-{day:%Y%m%d}-{n:03d}" for day in days for n in (1, 301)}
    assert FoundItem.objects.filter(state=ItemState.IN_CUSTODY).count() == 1


def test_there_is_one_sheet_a_day_and_its_lines_are_of_its_date(copied, days):
    assert list(DutyDay.objects.order_by("-on").values_list("on", flat=True)) == days
    assert {timezone.localdate(line.happened_at) == line.day.on for line in LogEntry.objects.all()} == {True}


def test_a_copy_hangs_together_as_its_pattern_does(copied):
    lines = LogEntry.objects.filter(record_number__endswith="1")
    assert lines.count() == ROUNDS * LAYERS
    assert all(line.record.number == line.record_number for line in lines)
    assert CustodyMove.objects.filter(item__state=ItemState.RETURNED).count() == ROUNDS * LAYERS
    assert FoundItem.history.filter(state=ItemState.RETURNED).values("id").distinct().count() == ROUNDS * LAYERS


def test_a_copy_is_found_by_its_number_and_its_words_and_is_older_than_its_pattern(copied, manager, days):
    number = f"SW-{days[2]:%Y%m%d}-301"
    (entry,) = search(number, manager)
    assert FoundItem.objects.get(pk=entry.object_id).number == number
    found = search("雨伞", manager)
    assert len(found) == ROUNDS * LAYERS + 1
    assert sorted(found, key=lambda each: -each.pk)[-1].number == number


def test_a_park_is_as_dense_as_its_records_need(park):
    assert copies.layers_for(park, rows=5000, rounds=1000) == 2
    assert copies.large_books(park, 1000, 2, 2000) == {"founditem", "logentry"}
