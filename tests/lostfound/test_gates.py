"""What lost and found wants before a day closes, and what the hand-over counts of it."""

import datetime as dt

import pytest

from dutylog.errors.handovers import SealedOnesChanged
from dutylog.services.closing import gates_of
from dutylog.services.days import open_today
from dutylog.services.handovers import Count, record_counts, sign_hand_over, start_hand_over
from lostfound.choices import IntakeKind, ItemState
from servicedesk.models import Signature


@pytest.fixture
def day(point, clerk):
    return open_today(point, by=clerk)


@pytest.fixture
def shift(day, now):
    """One that has begun, whatever the hour at which the tests run."""
    shift = day.shifts.first()
    shift.starts_at, shift.ends_at = now - dt.timedelta(hours=5), now + dt.timedelta(hours=1)
    shift.save()
    return shift


def misses(day, key: str) -> list[str]:
    return [miss.miss.sentence for gate in gates_of(day) if gate.key == key for miss in gate.misses]


def count_all(hand_over, by):
    counts = {line.pk: Count(counted=line.expected or 0) for line in hand_over.lines.all()}
    return record_counts(hand_over, counts, by=by)


def test_a_valuable_outside_the_custodians_hands_is_a_miss(day, valuable):
    assert misses(day, "lostfound.valuables") == [f"贵重物品 {valuable} 还没有交给失物招领负责人"]


def test_a_valuable_that_the_custodian_took_is_none(day, valuable, now):
    valuable.custodian_took_at = now
    valuable.save()
    assert misses(day, "lostfound.valuables") == []


def test_a_find_still_in_the_field_is_a_miss(day, make_item):
    item = make_item(intake_kind=IntakeKind.ON_SPOT, state=ItemState.FIELD_HELD)
    assert misses(day, "lostfound.field") == [f"现场拾物 {item} 还在拾物员工手里"]


def test_a_sheet_of_the_spot_that_was_not_filed_is_a_miss(day, make_item, now):
    item = make_item(intake_kind=IntakeKind.ON_SPOT, state=ItemState.RETURNED)
    assert misses(day, "lostfound.field") == [f"现场拾物 {item} 的单子还没有备案"]
    item.filed_at = now
    item.save()
    assert misses(day, "lostfound.field") == []


def test_finds_of_another_desk_are_no_misses(day, make_item, other_point):
    make_item("手机", service_point=other_point, is_valuable=True)
    assert misses(day, "lostfound.valuables") == []


def test_a_valuable_is_counted_by_its_seal(shift, clerk, valuable):
    line = start_hand_over(shift, by=clerk).lines.get(label=f"贵重物品 {valuable}")
    assert (line.mark, line.expected) == ("F-001", 1)


def test_a_valuable_that_came_in_while_counting_is_put_onto_the_list(shift, clerk, valuable, make_item):
    hand_over = count_all(start_hand_over(shift, by=clerk), clerk)
    make_item("手机", is_valuable=True, seal_number="F-008")
    with pytest.raises(SealedOnesChanged):
        sign_hand_over(hand_over, by=clerk)
    count_all(hand_over, clerk)
    count_all(hand_over, clerk)
    sign_hand_over(hand_over, by=clerk)
    assert "封袋 F-001、F-008" in Signature.objects.of(hand_over).get().text
