"""What is missing in a month, as each app declares it."""

import datetime as dt

import pytest

from checklists.models import RoundTemplate
from dutylog.services.followups import FollowUpFacts, make_follow_up
from lostfound.choices import IntakeKind
from servicedesk.monthgaps import gaps_of, month_gaps
from tests.reports.conftest import OCTOBER, local

pytestmark = pytest.mark.django_db


def sentences() -> dict[str, list[str]]:
    return {found.label: [gap.sentence for gap in found.gaps] for found in gaps_of(OCTOBER)}


def test_a_day_without_a_sheet_is_missing(october, point, other_point):
    other_point.opened_on = dt.date(2026, 10, 31)
    other_point.save()
    missing = sentences()["缺的值班日"]
    assert len(missing) == 30 + 1
    assert f"10月20日 周二 {point} 没有值班表" not in missing
    assert [said for said in missing if str(other_point) in said] == [f"10月31日 周六 {other_point} 没有值班表"]


def test_a_day_that_is_not_closed_is_named(october, day):
    assert sentences()["没有闭班的值班日"] == [f"{day.number} 还没有闭班(值班中)"]


def test_a_complaint_that_still_runs_is_named(october, case):
    assert sentences()["没有办结的投诉"] == [f"投诉 {case.number} 已登记"]


def test_a_thing_without_a_notice_is_named(october, find):
    assert sentences()["没有公告的物品"] == [f"{find.number} 黑色 雨伞 1件 没有公告"]


def test_a_field_find_that_was_not_filed_is_named(october, find):
    find.intake_kind = IntakeKind.ON_SPOT
    find.save()
    assert sentences()["没有备案的现场拾物"] == [f"{find.number} 黑色 雨伞 1件 没有备案"]


def test_a_missed_round_is_named(october, point):
    RoundTemplate.objects.update(valid_from=dt.date(2026, 1, 1))
    missed = sentences()["漏查没有批准的检查"]
    assert [said for said in missed if said.startswith("10月20日 周二")]
    assert all(str(point) in said and said.endswith("漏查") for said in missed)


def test_a_follow_up_that_is_open_at_the_end_of_the_month_is_named(october, clock, point, clerk):
    clock.move_to(local("11:00"))
    facts = FollowUpFacts(kind="hazard", problem="地砖松动", subject_key="tile")
    made = make_follow_up(facts, by=clerk, point=point)
    assert sentences()["还没有销号的整改"] == [f"{made.number} 待整改:地砖松动"]


def test_another_month_has_gaps_of_its_own(october, clock):
    clock.move_to(local("09:00", dt.date(2026, 12, 2)))
    found = {kind.key: kind.gaps for kind in gaps_of(type(OCTOBER)(dt.date(2026, 11, 1)))}
    assert found["complaints.open"] == []
    assert found["lostfound.notices"] == []


def test_all_kinds_are_asked_by_one_query(october, django_assert_max_num_queries):
    assert len(month_gaps()) >= 10
    # One for the lists of all kinds; the templates of the rounds are small tables.
    with django_assert_max_num_queries(4):
        gaps_of(OCTOBER)


