"""来电、咨询: the line, its moment, missed calls, messages for colleagues, what became of it, what is forgotten."""

import datetime as dt

import pytest
from django.utils import timezone

from dutylog.choices import EnquiryState, EntryCategory
from dutylog.errors.enquiries import (
    AnsweredBeforeAsked,
    AnswerNeeded,
    BackdatedTooFar,
    EnquiryBecame,
    EnquiryIsVoid,
    MissedIsNotAnswered,
    MissedNeedsPhone,
    NumberInText,
    OnlyCallsAreMissed,
    ReceivedInFuture,
    RelayNeeds,
    SummaryNeeded,
)
from dutylog.models import Enquiry, LogEntry, NoticeStep
from dutylog.services.callers import earlier_records
from dutylog.services.enquiries import (
    EnquiryFacts,
    answer_enquiry,
    edit_enquiry,
    note_became,
    register_enquiry,
    relay_enquiry,
    void_enquiry,
)
from dutylog.services.figures import counts_of
from dutylog.today import enquiries
from servicedesk.errors import EditedMeanwhile, NotPossibleNow, ReasonNeeded, SomeoneWasFaster
from servicedesk.models import Message, SearchEntry
from servicedesk.services.purging import purge
from servicedesk.services.search import search
from servicedesk.services.today import answered

PHONE = "13812341234"


def waiting(user) -> list:
    return answered(enquiries.waiting(user))[0]


@pytest.fixture
def ask(clock, moment, clerk, point):
    """A call at 10:20: `ask("团队票价格", kind="price")`."""

    def make(summary="末班车几点", clock="10:20", *, by=clerk, at=point, **more) -> Enquiry:
        facts = {"direction": "incoming", "kind": "question", "received_at": moment(clock), **more}
        return register_enquiry(EnquiryFacts(summary=summary, **facts), by=by, point=at)

    return make


def facts_of(enquiry: Enquiry, **changes) -> EnquiryFacts:
    names = ("direction", "received_at", "kind", "summary", "is_missed", "phone", "caller_name")
    return EnquiryFacts(**{name: getattr(enquiry, name) for name in names} | changes)


def test_a_question_answered_at_once_is_a_line_of_the_day(ask, moment, clerk):
    enquiry = ask(answer="17:30 末班", phone=PHONE, caller_name="杨明静")
    assert enquiry.number == "ZX-20261124-001"
    assert (enquiry.state, enquiry.answered_by, enquiry.answered_at) == (EnquiryState.ANSWERED, clerk, moment("10:30"))
    line = LogEntry.objects.get()
    assert (line.category, line.text, line.handling) == (EntryCategory.ENQUIRY, "来电 咨询:末班车几点", "17:30 末班")
    assert (line.record_number, line.happened_at, line.result) == (enquiry.number, moment("10:20"), "已答复")


def test_the_line_names_neither_caller_nor_number(ask):
    ask(phone=PHONE, caller_name="杨明静", answer="17:30 末班")
    line = LogEntry.objects.get()
    assert "杨" not in line.text + line.handling
    assert "1234" not in line.text + line.handling


@pytest.mark.parametrize(("facts", "due"), [
    ({"direction": "incoming", "is_missed": True, "phone": PHONE}, "10:25"),
    ({"kind": "price"}, "18:20"),
    ({"kind": "question"}, "18:20"),
])
def test_what_is_left_open_has_its_moment_in_service_time(ask, moment, facts, due, choose):
    choose("dutylog.service_hours", ["08:00-20:00"])
    enquiry = ask("" if facts.get("is_missed") else "团队票价格", **facts)
    assert (enquiry.state, enquiry.due_at) == (EnquiryState.OPEN, moment(due))
    assert enquiry.due_steps[-1] == f"到 11-24 {due}"


def test_the_terms_are_settings(ask, moment, choose):
    choose("dutylog.missed_call_minutes", 10)
    choose("dutylog.price_answer_hours", 2)
    assert ask("", is_missed=True, phone=PHONE).due_at == moment("10:30")
    assert ask(kind="price").due_at == moment("12:20")


def test_late_is_judged_by_the_moments_alone(ask, clock, moment):
    call = ask("", is_missed=True, phone=PHONE)
    clock.move_to(moment("10:25"))
    assert not call.is_overdue
    assert not Enquiry.objects.overdue(timezone.now()).exists()
    clock.move_to(moment("10:25") + dt.timedelta(seconds=1))
    assert call.is_overdue
    assert Enquiry.objects.overdue(timezone.now()).get() == call


@pytest.mark.parametrize(("answered", "is_late"), [("10:25", False), ("10:26", True)])
def test_an_answer_keeps_whether_it_came_in_time(ask, clerk, moment, answered, is_late):
    call = answer_enquiry(
        ask("", is_missed=True, phone=PHONE), "已回电,问停车", by=clerk, answered_at=moment(answered)
    )
    assert (call.state, call.was_late) == (EnquiryState.ANSWERED, is_late)
    assert Enquiry.objects.answered_late().exists() is is_late


@pytest.mark.parametrize(("facts", "refusal"), [
    ({"summary": "  "}, SummaryNeeded),
    ({"is_missed": True, "summary": ""}, MissedNeedsPhone),
    ({"is_missed": True, "phone": PHONE, "direction": "on_site"}, OnlyCallsAreMissed),
    ({"is_missed": True, "phone": PHONE, "answer": "好的"}, MissedIsNotAnswered),
    ({"summary": "请回电 13812341234"}, NumberInText),
    ({"answer": "已告诉 13812341234"}, NumberInText),
    ({"relay_text": "请回电"}, RelayNeeds),
])
def test_a_slip_of_the_hand_is_refused(ask, facts, refusal):
    with pytest.raises(refusal):
        ask(**facts)
    assert not Enquiry.objects.exists()
    assert not LogEntry.objects.exists()


def test_neither_the_future_nor_an_answer_before_the_question(ask, moment, clerk):
    with pytest.raises(ReceivedInFuture):
        ask(clock="10:32")
    with pytest.raises(AnsweredBeforeAsked):
        ask(answer="好的", answered_at=moment("10:19"))
    enquiry = ask()
    with pytest.raises(AnsweredBeforeAsked):
        answer_enquiry(enquiry, "好的", by=clerk, answered_at=moment("10:19"))
    with pytest.raises(ReceivedInFuture):
        answer_enquiry(enquiry, "好的", by=clerk, answered_at=moment("10:32"))
    with pytest.raises(AnswerNeeded):
        answer_enquiry(enquiry, " ", by=clerk)
    assert answer_enquiry(enquiry, "好的", by=clerk, answered_at=moment("10:20")).answer == "好的"


def test_what_was_asked_more_than_a_day_ago_is_the_supervisors_to_write(ask, moment, clerk, supervisor):
    yesterday, minute = moment("10:30", dt.date(2026, 11, 23)), dt.timedelta(minutes=1)
    assert ask(received_at=yesterday).received_at == yesterday
    with pytest.raises(BackdatedTooFar, match="11-23 10:29"):
        ask(received_at=yesterday - minute)
    enquiry = ask()
    with pytest.raises(BackdatedTooFar):
        edit_enquiry(enquiry, facts_of(enquiry, received_at=yesterday - minute), by=clerk)
    assert ask(received_at=yesterday - minute, by=supervisor).due_at < yesterday + dt.timedelta(days=1)


def test_it_is_answered_once(ask, clerk, second_clerk):
    enquiry = ask()
    stale = Enquiry.objects.get(pk=enquiry.pk)
    answer_enquiry(enquiry, "17:30", by=clerk)
    with pytest.raises(SomeoneWasFaster):
        answer_enquiry(stale, "18:00", by=second_clerk)
    with pytest.raises(NotPossibleNow):
        answer_enquiry(enquiry, "18:00", by=second_clerk)
    assert Enquiry.objects.get().answer == "17:30"


def test_a_message_for_a_colleague_lands_in_their_inbox(ask, second_clerk, clerk):
    enquiry = ask(relay_to=second_clerk, relay_text="旅行社李经理请你回电")
    assert (enquiry.relay_to, enquiry.relayed_at) == (second_clerk, timezone.now())
    message = Message.objects.get(person=second_clerk)
    assert message.sentence == f"转告 {enquiry.number}:旅行社李经理请你回电"
    assert message.url == f"/duty/enquiries/{enquiry.pk}/"
    with pytest.raises(RelayNeeds):
        relay_enquiry(enquiry, second_clerk, " ", by=clerk)
    with pytest.raises(NumberInText):
        relay_enquiry(enquiry, second_clerk, "回电 13812341234", by=clerk)


def test_a_complaint_by_phone_is_told_to_the_supervisor_at_once(ask, supervisor, clerk):
    ask("排队太久", kind="complaint")
    step = NoticeStep.objects.get()
    assert (step.role, step.person, step.record) == ("supervisor", supervisor, LogEntry.objects.get())
    assert Message.objects.get(person=supervisor).is_urgent
    ask("末班车")
    assert NoticeStep.objects.count() == 1


def test_editing_reckons_the_moment_anew_while_it_is_open(ask, moment, clerk):
    enquiry = ask(kind="price")
    facts = facts_of(enquiry, received_at=moment("09:20"), phone=PHONE)
    edit_enquiry(enquiry, facts, by=clerk, version=enquiry.version)
    assert (enquiry.due_at, enquiry.phone_tail) == (moment("17:20"), "1234")
    answer_enquiry(enquiry, "八折", by=clerk)
    edit_enquiry(enquiry, facts_of(enquiry, received_at=moment("09:10")), by=clerk)
    assert enquiry.due_at == moment("17:20")


def test_two_who_edit_at_once_are_told(ask, clerk, second_clerk):
    enquiry = ask()
    version = enquiry.version
    edit_enquiry(enquiry, facts_of(enquiry, summary="末班车时间"), by=clerk, version=version)
    with pytest.raises(EditedMeanwhile):
        edit_enquiry(enquiry, facts_of(enquiry, summary="首班车"), by=second_clerk, version=version)
    assert Enquiry.objects.get().summary == "末班车时间"


def test_void_needs_a_reason_keeps_the_number_and_strikes_the_line(ask, supervisor, day):
    enquiry = ask(answer="17:30")
    with pytest.raises(ReasonNeeded):
        void_enquiry(enquiry, by=supervisor, reason=" ")
    void_enquiry(enquiry, by=supervisor, reason="误登")
    assert enquiry.state == EnquiryState.VOID
    assert LogEntry.objects.get().is_struck
    assert {c.key: c.number for c in counts_of(day)}["phone"] == 0
    with pytest.raises(EnquiryIsVoid):
        edit_enquiry(enquiry, facts_of(enquiry), by=supervisor)


def test_a_known_number_shows_what_the_desk_has_of_it(ask, clerk, outsider):
    first = ask("丢了雨伞", phone=PHONE, kind="lost")
    second = ask("雨伞找到没有", phone="138 1234 1234")
    ask("停车", phone="13899991234")
    assert [each.number for each in earlier_records(PHONE, clerk)] == [second.number, first.number]
    assert [each.number for each in earlier_records("138-1234-1234", clerk, besides=second)] == [first.number]
    assert earlier_records(PHONE, outsider) == []
    assert earlier_records("1234", clerk) == []


def test_it_is_found_by_words_pinyin_tail_and_whole_number(ask, clerk):
    enquiry = ask("团队票价格", phone=PHONE, caller_name="杨明静", kind="price")
    for words in ("团队票", "yangmingjing", "ymj", "1234", PHONE, enquiry.number):
        assert [found.number for found in search(words, clerk)] == [enquiry.number], words
    assert "杨明静" not in SearchEntry.objects.get(number=enquiry.number).title


def test_it_becomes_another_record_once(ask, clerk):
    enquiry, other, third = ask("丢了雨伞", kind="lost"), ask(), ask()
    enquiry = note_became(enquiry, other, by=clerk)
    assert (enquiry.state, enquiry.became, enquiry.became_number) == (EnquiryState.ANSWERED, other, other.number)
    with pytest.raises(EnquiryBecame):
        note_became(enquiry, third, by=clerk)
    assert Enquiry.objects.get(pk=enquiry.pk).became == other


def test_business_of_the_day_counts_each_once_by_its_way(ask, day, write):
    ask(answer="17:30")
    ask("票价", direction="outgoing", answer="八折")
    ask("怎么走", direction="on_site", answer="直走")
    ask("有人晕倒", kind="help", direction="on_site")
    write("询问班车")
    figures = {count.key: count.number for count in counts_of(day)}
    assert (figures["phone"], figures["enquiry"], figures["rescue"]) == (2, 2, 1)


def test_the_start_page_names_missed_calls_and_counts_the_late(ask, clerk, clock, moment, duty_manager):
    call = ask("", is_missed=True, phone=PHONE)
    ask(kind="price")
    clock.move_to(moment("10:26"))
    assert [line.sentence for line in waiting(clerk)] == [
        f"未接来电 {call.number} 应在 10:25 前回电,已超时", "1 件来电咨询待答复",
    ]
    clock.move_to(moment("09:00", dt.date(2026, 11, 25)))
    assert waiting(clerk)[1].sentence == "1 件来电咨询待答复,其中 1 件已过期限"
    assert waiting(duty_manager) == []


def test_old_callers_are_forgotten_and_open_calls_are_not(ask, clock, moment, manager, clerk):
    done = ask("杨明静丢了雨伞", phone=PHONE, caller_name="杨明静", answer="请来登记")
    still_open = ask(phone=PHONE, caller_name="杨明静")
    clock.move_to(moment("10:30", dt.date(2027, 11, 25)))
    purge(by=manager, reason="年度清除")
    done.refresh_from_db()
    still_open.refresh_from_db()
    assert (done.caller_name, done.phone, done.phone_digest, done.summary) == (
        "(已清除)", "", "", "(已清除)丢了雨伞",
    )
    assert not done.history.filter(caller_name="杨明静").exists()
    assert still_open.caller_name == "杨明静"
    assert [found.number for found in search(PHONE, clerk)] == [still_open.number]


def test_the_rail_counts_a_question_from_the_minute_after_its_moment_on(ask, clock, clerk, as_user):
    def badge() -> str:
        frame = as_user(clerk).get("/").context["desk"]
        return next(item["badge"] for group in frame.rail for item in group["items"] if item["label"] == "来电咨询")

    due_at = ask().due_at
    clock.move_to(due_at)
    assert badge() == ""
    clock.move_to(due_at + dt.timedelta(minutes=1))
    assert badge() == "1"
