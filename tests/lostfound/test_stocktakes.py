"""The count of valuables at shift change."""

import pytest

from lostfound.choices import CountResult, ItemState, StockTakeState
from lostfound.errors.stocktakes import (
    CountRunning,
    DifferenceUnexplained,
    HasLeft,
    NotCounted,
    NothingToCount,
    NotOfThisPoint,
    SameHands,
    SealDiffers,
    StillHere,
)
from lostfound.models import FoundItem, StockTake
from lostfound.services.stocktakes import (
    Count,
    add_late_comers,
    record_counts,
    sign_stock_take,
    start_stock_take,
)
from servicedesk.errors import EditedMeanwhile, NotPossibleNow
from servicedesk.models import Message, Signature

PRESENT, ABSENT, BROKEN, OUT = (
    CountResult.PRESENT, CountResult.ABSENT, CountResult.SEAL_BROKEN, CountResult.OUT,
)


@pytest.fixture
def phones(make_find, safe):
    return [make_find("手机", seal_number=f"F-00{n}", storage=safe) for n in (2, 1)]


@pytest.fixture
def take(phones, clerk, point) -> StockTake:
    return start_stock_take(by=clerk, point=point)


def count_all(take, by, **one) -> StockTake:
    """Everything present, but for the one line described."""
    counts = {line.pk: Count(result=PRESENT, seal_seen=line.seal_expected) for line in take.lines.all()}
    if one:
        counts[take.lines.first().pk] = Count(**one)
    return record_counts(take, counts, by=by)


def test_the_sheet_holds_every_valuable_of_the_desk_by_seal(take, phones, make_find, other_point, clerk, safe):
    assert take.number.startswith("PD-")
    assert [(line.item, line.seal_expected) for line in take.lines.all()] == [
        (phones[1], "F-001"), (phones[0], "F-002"),
    ]
    assert take.lines.first().place_expected == f"{safe} 王芳"


def test_ordinary_gone_and_foreign_things_are_not_counted(make_find, clerk, point, other_point):
    phone = make_find("手机")
    make_find("雨具")
    make_find("手机", state=ItemState.RETURNED)
    make_find("手机", at=other_point)
    assert [line.item for line in start_stock_take(by=clerk, point=point).lines.all()] == [phone]


def test_a_desk_without_valuables_has_nothing_to_count(make_find, clerk, point):
    make_find("雨具")
    with pytest.raises(NothingToCount):
        start_stock_take(by=clerk, point=point)


def test_a_desk_counts_once_at_a_time(take, clerk, second_clerk, point):
    with pytest.raises(CountRunning, match=take.number):
        start_stock_take(by=second_clerk, point=point)
    count_all(take, clerk)
    sign_stock_take(take, by=clerk, taken_over_by=second_clerk)
    assert start_stock_take(by=second_clerk, point=point).state == StockTakeState.COUNTING


def test_both_sign_what_was_counted(take, clerk, second_clerk):
    count_all(take, clerk)
    sign_stock_take(take, by=clerk, taken_over_by=second_clerk, note="夜班交早班")
    assert (take.state, take.counted_by, take.taken_over_by) == (StockTakeState.SIGNED, clerk, second_clerk)
    signatures = list(Signature.objects.of(take))
    assert [(s.role, s.signer) for s in signatures] == [("交班人", clerk), ("接班人", second_clerk)]
    assert {s.text for s in signatures} == {f"{take.number}:贵重物品应有 2 件,实见 2 件,差异已注明。"}
    with pytest.raises(NotPossibleNow):
        count_all(take, clerk)
    with pytest.raises(NotPossibleNow):
        sign_stock_take(take, by=clerk, taken_over_by=second_clerk)


def test_one_person_cannot_sign_for_both_nor_somebody_of_another_desk(take, clerk, outsider):
    count_all(take, clerk)
    with pytest.raises(SameHands):
        sign_stock_take(take, by=clerk, taken_over_by=clerk)
    with pytest.raises(NotOfThisPoint, match="赵强"):
        sign_stock_take(take, by=clerk, taken_over_by=outsider)
    take.refresh_from_db()
    assert take.state == StockTakeState.COUNTING


def test_an_uncounted_line_keeps_the_sheet_open(take, clerk, second_clerk):
    first, second = take.lines.select_related("item")
    record_counts(take, {first.pk: Count(result=PRESENT)}, by=clerk)
    with pytest.raises(NotCounted, match=second.item.number):
        sign_stock_take(take, by=clerk, taken_over_by=second_clerk)


def test_a_valuable_that_came_in_meanwhile_must_be_counted_too(take, clerk, second_clerk, make_find):
    count_all(take, clerk)
    late = make_find("手机", seal_number="F-009")
    with pytest.raises(NotCounted, match=late.number):
        sign_stock_take(take, by=clerk, taken_over_by=second_clerk)
    assert add_late_comers(take) == 1
    assert add_late_comers(take) == 0
    count_all(take, clerk)
    assert sign_stock_take(take, by=clerk, taken_over_by=second_clerk).lines.count() == 3


@pytest.mark.parametrize("result", [ABSENT, BROKEN])
def test_a_difference_needs_a_note(take, clerk, second_clerk, result):
    count_all(take, clerk, result=result)
    with pytest.raises(DifferenceUnexplained):
        sign_stock_take(take, by=clerk, taken_over_by=second_clerk)
    count_all(take, clerk, result=result, note="封条一角翘起,内装物清点无误")
    sign_stock_take(take, by=clerk, taken_over_by=second_clerk)
    assert [line.is_difference for line in take.lines.all()] == [True, False]


def test_another_seal_than_expected_is_no_present(take, clerk, second_clerk):
    count_all(take, clerk, result=PRESENT, seal_seen="F-777")
    with pytest.raises(SealDiffers, match="F-777"):
        sign_stock_take(take, by=clerk, taken_over_by=second_clerk)


def test_out_is_only_what_the_desk_has_given_out(take, clerk, second_clerk):
    item = take.lines.first().item
    count_all(take, clerk, result=OUT)
    with pytest.raises(StillHere):
        sign_stock_take(take, by=clerk, taken_over_by=second_clerk)
    FoundItem.objects.filter(pk=item.pk).update(state=ItemState.RETURNED)
    sign_stock_take(take, by=clerk, taken_over_by=second_clerk)


def test_what_was_given_out_during_the_count_is_not_present(take, clerk, second_clerk):
    count_all(take, clerk)
    FoundItem.objects.filter(pk=take.lines.first().item_id).update(state=ItemState.RETURNED)
    with pytest.raises(HasLeft):
        sign_stock_take(take, by=clerk, taken_over_by=second_clerk)


def test_of_two_who_count_the_same_sheet_the_second_is_told(take, clerk, second_clerk):
    version = take.version
    record_counts(take, {}, by=clerk, version=version)
    with pytest.raises(EditedMeanwhile, match="王芳"):
        record_counts(take, {}, by=second_clerk, version=version)


def test_a_line_of_another_sheet_is_not_touched(take, clerk, make_find, other_point):
    make_find("手机", at=other_point)
    foreign = start_stock_take(by=clerk, point=other_point).lines.get()
    record_counts(take, {foreign.pk: Count(result=ABSENT)}, by=clerk)
    foreign.refresh_from_db()
    assert foreign.result == ""


def test_a_missing_bag_is_told_to_supervisor_and_custodian_and_a_whole_count_to_nobody(
    take, clerk, second_clerk, supervisor, custodian, point
):
    sign_stock_take(count_all(take, clerk), by=clerk, taken_over_by=second_clerk)
    assert not Message.objects.exists()
    again = start_stock_take(by=clerk, point=point)
    count_all(again, clerk, result=ABSENT, note="柜中没有找到")
    sign_stock_take(again, by=clerk, taken_over_by=second_clerk)
    told = Message.objects.filter(sentence__contains=f"{again.lines.first().item.number} 不在", is_urgent=True)
    assert {message.person for message in told} == {supervisor, custodian}
