"""Headcounts, counted questions, calls and accidents of a closed day: sealed with it, and found when changed."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command

from dutylog.errors.days import DayLocked
from dutylog.models import (
    Accident,
    AccidentUpdate,
    DaySeal,
    Enquiry,
    EnquiryTally,
    HeadcountReport,
    HeadcountSend,
    InjuredPerson,
)
from dutylog.services.accidents import add_accident_update, close_accident, handle_accident
from dutylog.services.closing import close_day
from dutylog.services.days import duty_day
from dutylog.services.enquiries import EnquiryFacts, answer_enquiry, edit_enquiry
from dutylog.services.headcounts import HeadcountFacts, correct_headcount, file_headcount, note_sent
from dutylog.services.verifying import verify_all
from servicedesk.services.purging import purge
from tests.dutylog.closing.conftest import explain_all
from tests.dutylog.closing.test_verify import behind, history, said, table
from tests.dutylog.conftest import local

TOMORROW = dt.date(2026, 11, 25)


def test_a_changed_headcount_is_found_by_the_command(busy_closed_day):
    out = io.StringIO()
    call_command("verify", stdout=out)
    behind(f"UPDATE {table(HeadcountReport)} SET entered = 1281")
    out = io.StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("verify", stdout=out)
    assert ended.value.returncode == 1
    number = HeadcountReport.objects.get().number
    assert out.getvalue() == f"ZB-20261124 报送人数({number})的“入园累计”被改:原为「1280」,现为「1281」\n"


CHANGES = [
    ("在园", f"UPDATE {table(HeadcountReport)} SET inside = 1099"),
    ("报送对象", f"UPDATE {table(HeadcountSend)} SET to_whom = '值班领导'"),
    ("删去报送记录", f"DELETE FROM {table(HeadcountSend)}"),
    ("咨询计数", f"UPDATE {table(EnquiryTally)} SET direction = 'on_site'"),
    ("删去计数", f"DELETE FROM {table(EnquiryTally)}"),
    ("来电时间", f"UPDATE {table(Enquiry)} SET received_at = due_at"),
    ("来电内容", f"UPDATE {table(Enquiry)} SET summary = '散客票价格'"),
    ("来电历史", f"UPDATE {history(Enquiry)} SET kind = 'question'"),
    ("意外经过", f"UPDATE {table(Accident)} SET what = '一名游客坐下'"),
    ("意外历史", f"UPDATE {history(Accident)} SET told_at = created_at"),
    ("报警情况连同历史", f"UPDATE {table(Accident)} SET police = '已报警'; "
                  f"UPDATE {history(Accident)} SET police = '已报警'"),
    ("伤情", f"UPDATE {table(InjuredPerson)} SET injury = '左踝扭伤'"),
    ("伤情连同历史", f"UPDATE {table(InjuredPerson)} SET injury = '左踝扭伤'; "
                f"UPDATE {history(InjuredPerson)} SET injury = '左踝扭伤'"),
    ("伤情抹去", f"UPDATE {table(InjuredPerson)} SET injury = ''; UPDATE {history(InjuredPerson)} SET injury = ''"),
    ("伤者姓名", f"UPDATE {table(InjuredPerson)} SET name = '王女士'"),
    ("删去伤者", f"DELETE FROM {table(InjuredPerson)}"),
    ("跟踪", f"UPDATE {table(AccidentUpdate)} SET text = '已联系家人。'"),
    ("删去跟踪", f"DELETE FROM {table(AccidentUpdate)}"),
]


@pytest.mark.parametrize(("what", "sql"), CHANGES, ids=[what for what, _ in CHANGES])
def test_each_change_behind_the_programs_back_is_found(busy_closed_day, what, sql):
    assert verify_all() == []
    for statement in sql.split("; "):
        behind(statement)
    assert said().startswith("ZB-20261124 ")


def test_calls_and_accidents_go_on_after_the_closing(busy_closed_day, clock, clerk, supervisor):
    clock.move_to(local("09:00", TOMORROW))
    answer_enquiry(Enquiry.objects.get(), "二十人以上八折", by=clerk)
    accident = Accident.objects.get()
    handle_accident(accident, by=clerk, note="已送走")
    clock.move_to(local("10:00", TOMORROW))
    add_accident_update(accident, "已回访", by=clerk)
    close_accident(accident, "已康复", by=supervisor)
    assert verify_all() == []


def test_what_was_followed_on_a_later_day_is_sealed_with_that_day(
    busy_closed_day, clock, clerk, point, django_capture_on_commit_callbacks
):
    clock.move_to(local("09:00", TOMORROW))
    add_accident_update(Accident.objects.get(), "已回访", by=clerk)
    day = duty_day(TOMORROW, point, by=clerk)
    with django_capture_on_commit_callbacks(execute=True):
        close_day(day, by=clerk, texts=explain_all(day))
    assert verify_all() == []
    behind(f"UPDATE {table(AccidentUpdate)} SET text = '未回访' WHERE text = '已回访'")
    assert said() == f"ZB-20261125 意外跟踪({AccidentUpdate.objects.latest('pk').pk})的“跟踪”被改"


def test_the_seal_holds_no_name_and_no_phone_of_a_visitor(busy_closed_day):
    content = DaySeal.objects.get(kind="closing").content
    assert "团队票价格" in content
    for personal in ("13800000001", "张先生", "李女士"):
        assert personal not in content


def test_people_forgotten_after_their_term_change_no_seal(busy_closed_day, clock, clerk, manager):
    answer_enquiry(Enquiry.objects.get(), "张先生可享八折", by=clerk)
    clock.move_to(local("09:00", dt.date(2033, 1, 5)))
    purge(by=manager, reason="年度清理")
    assert Enquiry.objects.get().anonymised_at
    assert verify_all() == []


def test_headcounts_of_a_closed_day_are_neither_filed_nor_corrected_nor_told(busy_closed_day, clerk):
    report = HeadcountReport.objects.get()
    with pytest.raises(DayLocked, match="已闭班锁定"):
        file_headcount(busy_closed_day, HeadcountFacts(slot="12:00", entered=2000), by=clerk)
    with pytest.raises(DayLocked):
        correct_headcount(report, HeadcountFacts(slot="10:00", entered=1300), by=clerk, reason="漏计")
    with pytest.raises(DayLocked):
        note_sent(report, "值班领导", means="phone", by=clerk)


def changed(enquiry: Enquiry, **facts) -> EnquiryFacts:
    own = {name: getattr(enquiry, name) for name in (
        "direction", "received_at", "kind", "summary", "phone", "caller_name")}
    return EnquiryFacts(**{**own, **facts})


def test_what_was_asked_on_a_closed_day_stays(busy_closed_day, clerk):
    enquiry = Enquiry.objects.get()
    with pytest.raises(DayLocked):
        edit_enquiry(enquiry, changed(enquiry, summary="散客票价格"), by=clerk)


def test_a_wrong_number_is_put_right_after_the_closing(busy_closed_day, clerk):
    enquiry = Enquiry.objects.get()
    edit_enquiry(enquiry, changed(enquiry, phone="13800000002"), by=clerk)
    assert Enquiry.objects.get().phone == "13800000002"
    assert verify_all() == []
