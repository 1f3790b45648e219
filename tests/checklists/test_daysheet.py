"""班后检查 on the sheet of the day: a tick for what was walked, words for what was found or missed."""

import pytest

from checklists.choices import RoundKind
from checklists.papers.daysheet import rounds_part
from checklists.services.answers import Given, answer_line, lines_of
from checklists.services.rounds import excuse_round
from dutylog.papers.days import day_context
from dutylog.services.closing import close_day, gates_of
from dutylog.services.days import duty_day
from tests.checklists.conftest import TODAY, local


@pytest.fixture
def day(templates, point, clerk):
    return duty_day(TODAY, point, by=clerk)


def test_nothing_is_ticked_before_anybody_has_walked(day, start):
    start(RoundKind.EQUIPMENT)
    assert rounds_part(day) == {"assets": False, "equipment": False, "note": ""}


def test_what_was_walked_to_its_end_is_ticked(day, start, walk):
    walk(start(RoundKind.EQUIPMENT))
    assert rounds_part(day) == {"assets": False, "equipment": True, "note": ""}


def test_both_ticks_stand_on_the_paper(day, start, walk, make_asset):
    make_asset()
    walk(start(RoundKind.ASSETS))
    walk(start(RoundKind.EQUIPMENT))
    assert day_context(day)["rounds"] == {"assets": True, "equipment": True, "note": ""}


def test_failures_are_counted_beside_the_tick(day, start, walk, clerk):
    round_ = start(RoundKind.EQUIPMENT)
    line = next(line for line in lines_of(round_) if not line.is_counted and not line.needs_photo)
    answer_line(line, Given(answer="failed", remark="插座发热"), by=clerk)
    walk(round_)
    assert rounds_part(day) == {"assets": False, "equipment": True, "note": "设备异常 1"}


def test_an_approved_miss_has_no_tick_and_says_so(day, equipment, supervisor, point):
    excuse_round(equipment, TODAY, by=supervisor, point=point, reason="停电")
    assert rounds_part(day) == {"assets": False, "equipment": False, "note": "设备批准漏查"}


def test_a_round_walked_after_the_closing_is_not_ticked(day, start, walk, clerk, clock):
    clock.move_to(local("18:05"))
    texts = {miss.key: "停电" for gate in gates_of(day) for miss in gate.misses}
    closed = close_day(day, by=clerk, texts=texts)
    clock.move_to(local("18:30"))
    walk(start(RoundKind.EQUIPMENT))
    assert rounds_part(closed) == {"assets": False, "equipment": False, "note": ""}
