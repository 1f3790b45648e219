"""打电话 on screen: the next person, the number, the outcome, and what the start page asks for."""

import io
from dataclasses import replace

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from complaints.appointing import read_appointment
from complaints.callbacks_today import waiting
from complaints.models import CallbackPlan
from complaints.registers.callbacks import CALLBACKS, last_said
from complaints.services.callback_checks import check_callback
from complaints.services.callback_plans import VisitFacts, plan_visit
from complaints.services.callback_queue import appointments, next_after, queue
from complaints.services.callbacks import ask_end, sign_end
from complaints.services.complaints import accept_complaint, begin_complaint, edit_complaint
from complaints.services.solutions import accept_solution, offer_solution
from reports.services.contents import digest_of
from servicedesk.models import Disclosure
from servicedesk.services.search import search
from servicedesk.services.today import answered
from tests.complaints.conftest import PHONE, TODAY, call

pytestmark = pytest.mark.one_database


def url(name: str, *args) -> str:
    return reverse(f"complaints:callback_{name}", args=args)


@pytest.fixture
def solve(hear, clerk, supervisor):
    """A case solved now: `solve(visitor_name="张三")`; its callback."""

    def make(**more) -> CallbackPlan:
        case = begin_complaint(accept_complaint(hear(**more), by=supervisor), by=supervisor)
        accept_solution(offer_solution(case, "退票款", by=clerk), "已退票款", by=clerk)
        return case.callbacks.get(source_kind="complaint")

    return make


def waits(user) -> list[int]:
    return [plan.pk for plan in queue(user, timezone.now())]


def sentences(user) -> list[str]:
    return [line.sentence for line in answered(waiting(user))[0]]


# ---- the queue ---------------------------------------------------------------------------
def test_who_was_just_tried_comes_again_after_the_minutes_of_the_setting(solve, clerk, clock, moment):
    one, other = solve(), solve()
    assert waits(clerk) == [one.pk, other.pk]
    call(one, by=clerk, outcome="busy")
    assert waits(clerk) == [other.pk]
    clock.move_to(moment("11:29"))
    assert waits(clerk) == [other.pk]
    clock.move_to(moment("11:30"))
    assert waits(clerk) == [one.pk, other.pk]


def test_an_appointment_waits_for_its_time_and_then_comes_first(solve, clerk, clock, moment):
    one, other = solve(), solve()
    call(other, by=clerk, outcome="later", next_at=moment("14:00"))
    clock.move_to(moment("13:59"))
    assert (waits(clerk), list(appointments(clerk, timezone.now()))) == ([one.pk], [other])
    clock.move_to(moment("14:00"))
    assert (waits(clerk), list(appointments(clerk, timezone.now()))) == ([other.pk, one.pk], [])


def test_nobody_is_offered_whom_they_may_not_call(solve, clerk, second_clerk, supervisor, manager, outsider):
    about, major = solve(respondent_person=second_clerk), solve(severity="major", major_reasons=("群体",))
    assert waits(clerk) == [about.pk]
    assert waits(second_clerk) == []
    assert waits(manager) == [about.pk, major.pk]
    assert waits(outsider) == []


def test_what_waits_for_the_supervisor_and_visits_are_not_rung(solve, clerk, supervisor, point):
    one = solve()
    plan_visit(VisitFacts(visitor_name="旅行社", words="走访", due_on=TODAY), by=clerk, point=point)
    ask_end(one, "excused", "已当面感谢", by=clerk)
    assert waits(clerk) == []


def test_the_next_is_whoever_comes_behind_and_then_the_first(solve, clerk):
    rows = [solve(), solve(), solve()]
    assert next_after(rows, None) == rows[0]
    assert next_after(rows, rows[0]) == rows[1]
    assert next_after(rows, rows[2]) == rows[0]
    assert next_after(rows[:1], rows[0]) is None


@pytest.mark.parametrize(("typed", "meant"), [
    ("1430", (24, "14:30")), ("明1000", (25, "10:00")), ("后天9:05", (26, "09:05")), ("12-03 1500", (3, "15:00")),
    ("2026-12-03 15:00", (3, "15:00")), ("+60", (24, "11:30")), ("下周", None), ("2560", None), ("02-30 1000", None),
    ("明 1000", (25, "10:00")),
])
def test_an_appointment_is_read_as_it_is_said(clock, typed, meant):
    found = read_appointment(typed, timezone.localtime())
    assert (found and (found.day, f"{found:%H:%M}")) == meant


def test_a_day_without_a_year_is_the_next_of_that_date(clock):
    assert read_appointment("01-05 0900", timezone.localtime()).year == 2027


# ---- the page ----------------------------------------------------------------------------
def test_the_first_one_opens_and_after_it_the_next(as_user, clerk, solve):
    one, other = solve(), solve()
    browser = as_user(clerk)
    assert browser.get(url("work")).url == url("call", one.pk)
    answer = browser.post(url("call", one.pk), {"outcome": "no_answer", "channel": "phone"})
    assert answer.url == f"{url('work')}?after={one.pk}"
    page = browser.get(answer.url, follow=True)
    assert page.redirect_chain[0][0] == url("call", other.pk)
    assert f"{one} 无人接听,已记" in page.content.decode()
    browser.post(url("call", other.pk), {"outcome": "busy", "channel": "phone"})
    page = browser.get(url("work"), follow=True)
    assert page.redirect_chain[0][0] == f"{url('list')}?wait=appointed"
    assert "现在没有要打的回访" in page.content.decode()


def test_an_answer_is_typed_and_the_case_passes(as_user, clerk, solve):
    plan = solve()
    answer = as_user(clerk).post(url("call", plan.pk), {
        "outcome": "reached", "channel": "phone", "is_solved": "yes", "satisfaction": "4", "comment": "谢谢",
    })
    assert answer.status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.attempts.get().satisfaction) == ("passed", 4)


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(as_user, clerk, solve):
    plan = solve()
    answer = as_user(clerk).post(url("call", plan.pk), {
        "outcome": "reached", "channel": "phone", "is_solved": "no", "satisfaction": "4", "comment": "退款没到",
    })
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "这次回访不合格,请选原因。" in page
    assert 'value="退款没到"' in page
    assert not plan.attempts.exists()


def test_a_form_sent_twice_is_one_try(as_user, clerk, solve):
    plan, browser = solve(), as_user(clerk)
    data = {"outcome": "busy", "channel": "phone", "submission_key": "3f0e1c9e-6f0e-4b7e-9d5e-0f5a4d1c2b3a"}
    for _ in range(2):
        browser.post(url("call", plan.pk), data)
    assert plan.attempts.count() == 1


def test_who_calls_opens_the_number_with_a_reason_that_is_kept(as_user, clerk, second_clerk, solve):
    plan, browser = solve(), as_user(clerk)
    assert PHONE not in browser.get(url("call", plan.pk)).content.decode()
    assert browser.post(url("number_reveal", plan.pk), {"reason": ""}).status_code == 400
    opened = browser.post(url("number_reveal", plan.pk), {"reason": "回访"}, headers={"HX-Request": "true"})
    assert PHONE in opened.content.decode()
    seen = Disclosure.objects.of(plan).get()
    assert (seen.user, seen.field, seen.reason) == (clerk, "电话", "回访")
    assert "打开过这个号码" in as_user(second_clerk).get(url("call", plan.pk)).content.decode()


def test_nobody_opens_the_number_of_who_complains_about_them(as_user, clerk, second_clerk, solve):
    plan = solve(respondent_person=second_clerk)
    browser = as_user(second_clerk)
    assert browser.post(url("number_reveal", plan.pk), {"reason": "回访"}).status_code == 403
    assert browser.get(url("call", plan.pk)).status_code == 403
    assert not Disclosure.objects.exists()


def test_what_has_ended_leads_to_its_page(as_user, clerk, solve):
    plan = solve()
    call(plan, by=clerk)
    assert as_user(clerk).get(url("call", plan.pk)).url == url("detail", plan.pk)
    closed = as_user(clerk).post(url("number_reveal", plan.pk), {"reason": "回访"})
    assert (closed.status_code, PHONE in closed.content.decode(), Disclosure.objects.exists()) == (409, False, False)


def test_the_book_its_page_and_its_workbook_show_no_whole_number(as_user, clerk, solve):
    plan = solve()
    call(plan, by=clerk, comment="很好")
    browser = as_user(clerk)
    for address in (url("list"), url("detail", plan.pk)):
        page = browser.get(address, follow=True).content.decode()
        assert plan.number in page
        assert PHONE not in page
    rows = openpyxl.load_workbook(io.BytesIO(browser.get(url("export")).content)).active.values
    cells = [str(cell) for row in rows for cell in row]
    assert "138****1234" in cells
    assert PHONE not in cells


def test_the_book_says_how_it_ended_also_where_that_was_typed_late(solve, clerk, moment):
    plan = solve()
    call(plan, by=clerk, outcome="no_answer")
    call(plan, by=clerk, at=moment("10:25"))
    assert last_said(plan) == "已解决,很满意"


def test_the_month_archive_takes_a_finished_one_as_final_and_seals_its_tries(solve, clerk):
    done, _ = solve(), solve()
    call(done, by=clerk)
    assert list(CALLBACKS.finals(CallbackPlan.objects.all())) == [done]
    assert digest_of(CALLBACKS, done) != digest_of(replace(CALLBACKS, parts=()), done)


def test_it_is_found_by_its_number_the_cases_and_the_visitor(solve, clerk):
    plan = solve(visitor_name="杨明静")
    for words in (plan.number, plan.complaint.number, "杨明静", "ymj", "1234"):
        assert plan.number in [hit.number for hit in search(words, clerk)], words


def test_a_corrected_name_finds_the_callback_too(solve, facts, clerk):
    plan = solve()
    edit_complaint(plan.complaint, facts(visitor_name="欧阳雪"), by=clerk)
    assert plan.number in [hit.number for hit in search("欧阳雪", clerk)]


def test_the_case_shows_its_callbacks_and_asks_for_the_one_that_is_due(as_user, clerk, solve):
    plan = solve()
    page = as_user(clerk).get(reverse("complaints:complaint_detail", args=[plan.complaint.pk])).content.decode()
    assert f"请在 11月26日 周四前回访游客({plan})" in page
    assert page.count(plan.number) >= 2


# ---- the start page ----------------------------------------------------------------------
def test_the_start_page_says_what_is_due_by_the_day_and_what_was_promised(solve, clerk, clock, moment, choose):
    choose("complaints.callback_visits", 0)
    one, _ = solve(), solve()
    assert sentences(clerk) == []
    clock.move_to(moment("00:00", TODAY.replace(day=26)))
    assert sentences(clerk) == ["2 个回访今天到期"]
    call(one, by=clerk, outcome="later", next_at=moment("10:00", TODAY.replace(day=26)))
    clock.move_to(moment("10:00", TODAY.replace(day=26)))
    assert sentences(clerk) == ["1 位游客约的回访时间到了", "2 个回访今天到期"]
    clock.move_to(moment("00:00", TODAY.replace(day=27)))
    assert "2 个回访已逾期" in sentences(clerk)


def test_the_start_page_asks_the_supervisor_to_sign_and_to_look_again(solve, clerk, supervisor, manager, choose):
    choose("complaints.callback_visits", 0)
    choose("complaints.callback_check_percent", 100)
    one, other = solve(), solve()
    ask_end(one, "excused", "已当面感谢", by=clerk)
    call(other, by=supervisor)
    assert sentences(supervisor) == ["1 个回访等您签批"]
    assert sentences(manager) == ["1 个回访等您签批", "1 个回访抽中质检,等您复核"]
    check_callback(other, "call", True, "", by=manager)
    assert sentences(manager) == ["1 个回访等您签批"]


def test_what_the_start_page_counts_is_what_its_list_shows(
    solve, as_user, clerk, second_clerk, supervisor, manager, clock, moment, choose
):
    choose("complaints.callback_visits", 0)
    choose("complaints.callback_check_percent", 100)
    solve()
    solve(respondent_person=second_clerk)
    ask_end(solve(), "excused", "已当面感谢", by=clerk)
    call(solve(), by=supervisor)
    clock.move_to(moment("00:00", TODAY.replace(day=27)))
    said = {person: answered(waiting(person))[0] for person in (second_clerk, supervisor, manager)}
    assert [line.sentence for line in said[second_clerk]] == ["1 个回访已逾期"]
    assert [line.sentence for line in said[manager]][0] == "2 个回访已逾期"
    for person, lines in said.items():
        for line in lines:
            shown = as_user(person).get(line.url).context["filter"].qs.count()
            assert line.sentence.startswith(f"{shown} 个"), (person, line)
    assert not as_user(supervisor).get(f"{url('list')}?wait=recheck").context["filter"].qs.exists()


def test_the_visits_of_the_month_are_counted_until_they_are_enough(
    as_user, clerk, point, day, clock, moment, choose
):
    choose("complaints.callback_visits", 1)
    assert sentences(clerk) == ["本月上门拜访 0 / 1 次"]
    plan = plan_visit(VisitFacts(visitor_name="旅行社", words="走访", due_on=TODAY), by=clerk, point=point)
    call(plan, by=clerk, channel="visit")
    assert sentences(clerk) == []
    assert "<b>1 / 1</b>" in as_user(clerk).get(f"{url('list')}?all=1").content.decode()
    clock.move_to(moment("00:00", TODAY.replace(month=12, day=1)))
    assert sentences(clerk) == ["本月上门拜访 0 / 1 次"]


def test_a_visit_is_typed_with_its_day(as_user, clerk, day):
    answer = as_user(clerk).post(url("visit"), {
        "visitor_name": "枫林旅行社", "words": "听取意见", "due_on": "2026-11-26", "address": "外环路",
    })
    assert answer.status_code == 302
    assert CallbackPlan.objects.get().due_on == TODAY.replace(day=26)


# ---- what was typed wrongly ---------------------------------------------------------------
def test_a_wrong_try_is_struck_from_its_page_and_no_try_of_another_callback(solve, clerk, as_user):
    one, other = solve(), solve()
    wrong, elsewhere = call(one, by=clerk, outcome="busy"), call(other, by=clerk, outcome="busy")
    client = as_user(clerk)
    link = url("strike", one.pk, wrong.pk)
    page = client.get(url("call", one.pk)).content.decode()
    assert link in page
    assert "已打 1 次" in page
    assert client.post(url("strike", one.pk, elsewhere.pk), {"reason": "按错了"}).status_code == 404
    assert client.post(link, {"reason": "按错了"}).url == url("call", one.pk)
    assert "已打" not in client.get(url("call", one.pk)).content.decode()
    page = client.get(url("detail", one.pk)).content.decode()
    assert "<del>" in page
    assert link not in page
    assert len(other.tries) == 1


def test_what_was_signed_waits_for_no_signature(solve, clerk, supervisor, as_user):
    plan = solve()
    ask_end(plan, "excused", "已当面感谢", by=clerk)
    client = as_user(clerk)
    assert "等督导签批" in client.get(url("detail", plan.pk)).content.decode()
    sign_end(plan, "excused", "同意", by=supervisor)
    assert "等督导签批" not in client.get(url("detail", plan.pk)).content.decode()
