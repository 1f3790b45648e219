"""The hand-over: what is counted, the freeze point, the two people."""

from decimal import Decimal

import pytest
from django.urls import reverse

from dutylog.choices import DayState, HandOverState
from dutylog.countedlist import CountedKind, is_counted_list, read_counted
from dutylog.errors.days import FreezeOutsideShift
from dutylog.errors.handovers import (
    DifferenceNeedsRemark,
    HandOverFixed,
    HandOverThere,
    NotSignedYet,
    SameHandsOver,
    ShiftNotBegun,
    TakerOfAnotherDesk,
    ThingsNotCounted,
)
from dutylog.models import HandOver
from dutylog.papers.handovers import handover_part
from dutylog.services.handovers import (
    Count,
    counted_said,
    record_counts,
    sign_hand_over,
    start_hand_over,
    take_hand_over,
)
from servicedesk.errors import EditedMeanwhile, NotPossibleNow
from servicedesk.models import Signature
from tests.conftest import PASSWORD
from tests.dutylog.conftest import local


@pytest.fixture
def drafted(early, clerk) -> HandOver:
    return start_hand_over(early, by=clerk)


@pytest.fixture
def ready(drafted, counted, clerk) -> HandOver:
    return counted(drafted, clerk)


@pytest.fixture
def signed(ready, clerk) -> HandOver:
    return sign_hand_over(ready, by=clerk)


def test_the_list_holds_the_things_of_the_setting(drafted):
    rows = [(line.label, line.expected, line.unit) for line in drafted.lines.all()]
    assert rows == [
        ("对讲机", 8, "部"), ("钥匙", 12, "把"), ("备用金", 500, "元"), ("充电宝", 12, "个"), ("轮椅", 5, "辆"),
    ]


@pytest.mark.parametrize(("line", "kind"), [
    ("对讲机 8 部", CountedKind("对讲机", Decimal(8), "部")),
    ("备用金 500.50 元", CountedKind("备用金", Decimal("500.50"), "元")),
    ("钥匙 把", CountedKind("钥匙", None, "把")), ("公章", CountedKind("公章", None, "")),
    ("雨伞 30", CountedKind("雨伞", Decimal(30), "")),
    ("", None), ("一 二 三 四", None),
])
def test_a_line_of_the_setting_is_understood(line, kind):
    assert read_counted(line) == kind


def test_a_thing_twice_in_the_setting_is_refused():
    assert is_counted_list(["对讲机 8 部", "钥匙 12 把"])
    assert not is_counted_list(["对讲机 8 部", "对讲机 9 部"])
    assert not is_counted_list([""])


def test_without_a_number_the_last_count_is_expected(choose, early, late, clerk, second_clerk, handed_over, clock):
    choose("dutylog.counted_things", ["钥匙 把"])
    first = start_hand_over(early, by=clerk)
    line = first.lines.get()
    assert line.expected is None
    record_counts(first, {line.pk: Count(counted=Decimal(11))}, by=clerk)
    sign_hand_over(first, by=clerk)
    take_hand_over(first, second_clerk, by=clerk)
    clock.move_to(local("17:00"))
    assert start_hand_over(late, by=second_clerk).lines.get().expected == 11


def test_a_shift_has_one_list(drafted, early, second_clerk):
    with pytest.raises(HandOverThere, match=drafted.number):
        start_hand_over(early, by=second_clerk)


def test_a_shift_that_has_not_begun_hands_nothing_over(late, clerk):
    with pytest.raises(ShiftNotBegun):
        start_hand_over(late, by=clerk)


def test_signing_is_refused_while_something_is_not_counted(drafted, clerk):
    with pytest.raises(ThingsNotCounted, match="还有 5 样没有清点:对讲机、钥匙、备用金等"):
        sign_hand_over(drafted, by=clerk)


def test_a_difference_needs_its_remark(drafted, counted, clerk):
    counted(drafted, clerk, 备用金="480")
    drafted.lines.filter(label="备用金").update(remark="")
    with pytest.raises(DifferenceNeedsRemark, match="备用金应有 500,实点 480"):
        sign_hand_over(drafted, by=clerk)
    counted(drafted, clerk, 备用金="480")
    sign_hand_over(drafted, by=clerk)
    assert "备用金 ¥480(应有 500,点数少了,已查找)" in counted_said(list(drafted.lines.all()))
    drafted.lines.update(remark="")
    assert "备用金 ¥480(应有 500)" in counted_said(list(drafted.lines.all()))


def test_two_who_count_at_once_are_told(drafted, clerk, second_clerk):
    version = drafted.version
    record_counts(drafted, {}, by=clerk, version=version)
    with pytest.raises(EditedMeanwhile, match="王芳"):
        record_counts(HandOver.objects.get(), {}, by=second_clerk, version=version)


def test_the_counts_are_fixed_once_who_goes_has_signed(signed, clerk, counted):
    assert signed.state == HandOverState.SIGNED
    with pytest.raises(HandOverFixed):
        counted(signed, clerk)


def test_who_comes_is_never_who_goes(signed, clerk):
    with pytest.raises(SameHandsOver, match="王芳"):
        take_hand_over(signed, clerk, by=clerk)


def test_who_comes_works_at_the_desk(signed, clerk, outsider):
    with pytest.raises(TakerOfAnotherDesk, match="赵强"):
        take_hand_over(signed, outsider, by=clerk)


def test_who_comes_signs_after_who_goes(ready, clerk, second_clerk):
    with pytest.raises(NotSignedYet):
        take_hand_over(ready, second_clerk, by=clerk)


def test_both_sign_the_same_words(signed, clerk, second_clerk):
    take_hand_over(signed, second_clerk, by=clerk)
    rows = Signature.objects.order_by("pk").values_list("role", "signer_name", "text")
    words = f"{signed.number} 早班 2026-11-24 10:30 交班:对讲机 8 部 钥匙 12 把 备用金 ¥500 充电宝 12 个 轮椅 5 辆"
    assert list(rows) == [("交班人", "王芳", words), ("接班人", "李娜", words)]


def test_it_is_taken_once(signed, clerk, second_clerk, supervisor):
    take_hand_over(signed, second_clerk, by=clerk)
    with pytest.raises(NotPossibleNow):
        take_hand_over(signed, supervisor, by=clerk)


def test_a_line_one_minute_after_the_freeze_point_is_the_next_shifts(early, late, ready, write, clerk, clock):
    clock.move_to(local("12:55"))
    before, at, after = write(clock="12:49"), write(clock="12:50"), write(clock="12:51")
    sign_hand_over(ready, by=clerk, at=local("12:50"))
    assert [type(line).objects.get(pk=line.pk).shift for line in (before, at, after)] == [early, early, late]
    assert early.entries.count() + late.entries.count() == 3


def test_a_freeze_point_in_the_future_is_refused(ready, clerk):
    with pytest.raises(FreezeOutsideShift):
        sign_hand_over(ready, by=clerk, at=local("11:00"))


def test_the_day_waits_to_be_closed_when_the_last_shift_is_taken(full_day):
    assert full_day.state == DayState.CLOSING


def test_the_sheet_prints_a_pair_of_names_per_shift(full_day):
    rows = handover_part(full_day)["rows"]
    assert [(row["shift"], row["giver"]["name"], row["taker"]["name"]) for row in rows] == [
        ("早班", "王芳", "李娜"), ("晚班", "李娜", "周敏"),
    ]


def test_both_sign_on_one_screen(as_user, ready, clerk, second_clerk):
    page = as_user(clerk).post(
        reverse("dutylog:handover_sign", args=[ready.pk]), {"staff_no": second_clerk.staff_no, "password": PASSWORD}
    )
    ready.refresh_from_db()
    assert (page.status_code, ready.state, ready.outgoing, ready.incoming) == (302, "taken", clerk, second_clerk)


@pytest.mark.parametrize(("who", "password", "said"), [
    ("1002", "wrong-Pass-2026", "工号或密码不对"), ("1001", PASSWORD, "王芳"), ("1002", "", "一起填"),
])
def test_a_wrong_second_person_signs_nothing(as_user, ready, clerk, second_clerk, who, password, said):
    page = as_user(clerk).post(
        reverse("dutylog:handover_sign", args=[ready.pk]), {"staff_no": who, "password": password}
    )
    ready.refresh_from_db()
    assert (page.status_code, ready.state) == (422, "drafted")
    assert said in page.content.decode()


def test_who_comes_may_sign_later(as_user, signed, clerk, second_clerk):
    url = reverse("dutylog:handover_take", args=[signed.pk])
    assert "双方所签" in as_user(clerk).get(url).content.decode()
    as_user(clerk).post(url, {"staff_no": second_clerk.staff_no, "password": PASSWORD})
    signed.refresh_from_db()
    assert (signed.state, signed.incoming) == ("taken", second_clerk)
