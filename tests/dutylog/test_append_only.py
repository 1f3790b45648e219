"""What was written stays written: the database itself refuses, on both kinds."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from dutylog.models import (
    Addendum,
    CalendarDay,
    ClosingExplanation,
    DaySeal,
    FollowUpUpdate,
    LogEntry,
    OpenItem,
    OpenItemUpdate,
)
from dutylog.services.followups import FollowUpFacts, make_follow_up
from tests.dutylog.conftest import TODAY

NOW = timezone.now


@pytest.fixture
def rows(day, clerk, point):
    """One row of each table that only grows."""
    item = OpenItem.objects.create(
        number="YL-20261124-001", service_point=point, created_at=NOW(), created_by=clerk, text="等厂家回复"
    )
    follow_up = make_follow_up(FollowUpFacts(kind="hazard", problem="护栏松动"), by=clerk, point=point)
    return {
        "addendum": Addendum.objects.create(day=day, order=1, text="补记", at=NOW(), by=clerk),
        "seal": DaySeal.objects.create(
            day=day, service_point=point, place=1, kind="closing", round=1, content="{}", digest="a" * 64, at=NOW(),
            by=clerk,
        ),
        "explanation": ClosingExplanation.objects.create(day=day, sentence="没有交班", text="忙", at=NOW(), by=clerk),
        "open item": OpenItemUpdate.objects.create(item=item, text="厂家已回电", at=NOW(), by=clerk),
        "follow-up": FollowUpUpdate.objects.create(follow_up=follow_up, text="已围挡", at=NOW(), by=clerk),
    }


@pytest.mark.parametrize("name", ["addendum", "seal", "explanation", "open item", "follow-up"])
def test_what_only_grows_is_neither_changed_nor_deleted(rows, name):
    row = rows[name]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(id=row.pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.delete()
    assert type(row).objects.filter(pk=row.pk).exists()


def test_the_history_of_a_line_is_not_changed(entry):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        LogEntry.history.filter(id=entry.pk).update(text="另一句")
    assert entry.history.get().text == entry.text


def test_the_calendar_knows_2004_to_2026(db):
    years = CalendarDay.objects.dates("date", "year")
    assert [year.year for year in years] == list(range(2004, 2027))
    assert CalendarDay.objects.get(date="2026-10-01").name == "国庆节"
    assert not CalendarDay.objects.filter(date=TODAY).exists()


def test_a_seal_has_a_short_code_in_two_groups(rows):
    assert rows["seal"].short_code == "AAAA-AAAA"
