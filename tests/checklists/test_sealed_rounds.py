"""Rounds of a closed day: sealed with it, and found by `verify` when a byte of them is another."""

import datetime as dt

import pytest

from checklists.choices import RoundKind
from checklists.models import Round, RoundLine
from checklists.services.answers import Given, answer_line, lines_of
from checklists.services.rounds import review_round
from dutylog.models import DaySeal
from dutylog.sealedparts import sealed_parts
from dutylog.services.closing import close_day
from dutylog.services.days import duty_day
from dutylog.services.verifying import verify_all
from servicedesk.models import Signature
from tests.checklists.conftest import TODAY, local
from tests.dutylog.closing.conftest import explain_all
from tests.dutylog.closing.test_verify import behind, history, said, table


@pytest.fixture
def close(clock, clerk, point, django_capture_on_commit_callbacks):
    """`close(on, "18:00")`: close the sheet of a date at that time."""

    def do(on=TODAY, at="18:00"):
        clock.move_to(local(at, on))
        day = duty_day(on, point, by=clerk)
        with django_capture_on_commit_callbacks(execute=True):
            return close_day(day, by=clerk, texts=explain_all(day))

    return do


@pytest.fixture
def failed_round(start, walk, clerk) -> Round:
    """The equipment round of today with one failure, walked to its end."""
    round_ = start(RoundKind.EQUIPMENT)
    line = next(line for line in lines_of(round_) if not line.is_counted and not line.needs_photo)
    answer_line(line, Given(answer="failed", remark="插座发热"), by=clerk)
    return walk(round_)


CHANGES = [
    ("结果", f"UPDATE {table(RoundLine)} SET answer = 'ok' WHERE answer = 'failed'"),
    ("说明", f"UPDATE {table(RoundLine)} SET remark = '插座发烫' WHERE remark <> ''"),
    ("检查人", f"UPDATE {table(RoundLine)} SET answered_by_id = NULL WHERE answer = 'failed'"),
    ("删去结果", f"DELETE FROM {table(RoundLine)} WHERE answer = 'failed'"),
    ("异常数", f"UPDATE {table(Round)} SET failures = 0"),
    ("检查历史", f"UPDATE {history(Round)} SET failures = 0"),
    ("签字", f"UPDATE {table(Signature)} SET text = text || '。' WHERE role = '检查人'"),
]


@pytest.mark.parametrize(("what", "sql"), CHANGES, ids=[what for what, _ in CHANGES])
def test_a_changed_byte_of_a_round_is_found_and_names_the_day(failed_round, close, what, sql):
    close()
    assert verify_all() == []
    behind(sql)
    assert said().startswith("ZB-20261124 ")


def test_a_line_put_into_a_settled_round_is_found(failed_round, close):
    close()
    line = failed_round.lines.last()
    line.pk, line.order, line.text = None, 900, "后来塞进去的一项"
    line.save(force_insert=True)
    assert said() == "ZB-20261124 锁定以后多出检查结果(后来塞进去的一项)"


def test_a_review_after_the_closing_is_in_order(failed_round, close, second_clerk):
    close()
    review_round(failed_round, by=second_clerk)
    assert verify_all() == []


def test_a_round_walked_late_is_sealed_with_the_day_on_which_it_was_written(start, walk, close, clock):
    start(RoundKind.EQUIPMENT)
    close()
    tomorrow = TODAY + dt.timedelta(days=1)
    clock.move_to(local("09:00", tomorrow))
    walk(Round.objects.get())
    assert verify_all() == []
    close(tomorrow)
    assert verify_all() == []
    behind(f"UPDATE {table(RoundLine)} SET remark = '补写'")
    assert said().startswith("ZB-20261125 检查结果(")


def test_a_day_sealed_before_rounds_were_part_of_it_is_still_in_order(failed_round, close, monkeypatch):
    older = [part for part in sealed_parts() if not part.key.startswith("round")]
    with monkeypatch.context() as patch:
        patch.setattr("dutylog.services.sealed_content.sealed_parts", lambda: older)
        patch.setattr("dutylog.services.sealed_content.FORMAT", 1)
        close()
    assert "插座发热" not in DaySeal.objects.get().content
    assert verify_all() == []


def test_a_day_sealed_by_a_newer_program_is_not_passed_over(failed_round, close, monkeypatch):
    close()
    monkeypatch.setattr("dutylog.services.verifying.FORMAT", 1)
    monkeypatch.setattr(
        "dutylog.services.verifying.sealed_parts",
        lambda: [part for part in sealed_parts() if part.key != "round_lines"],
    )
    assert said() == (
        "ZB-20261124 是由更新版本的程序锁定的,请用那个版本核对\n"
        "ZB-20261124 锁定内容里的“round_lines”本程序不认识,没有核对"
    )
