"""意外伤害及突发事件: written and told at once, its people masked, followed until it is closed with its result."""

import datetime as dt
import io

import openpyxl
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from dutylog.choices import AccidentState, EntryCategory, FollowUpKind
from dutylog.errors.accidents import (
    AccidentEnded,
    AgeCannotBe,
    InjuryNeeded,
    NameInText,
    NoSuchKind,
    NotFollowedYet,
    ResultNeeded,
    TimeInFuture,
    TimesCrossed,
    UpdateNeeded,
    WhatNeeded,
)
from dutylog.errors.enquiries import NumberInText
from dutylog.errors.followups import ProblemNeeded
from dutylog.models import Accident, AccidentUpdate, FollowUp, InjuredPerson, LogEntry, NoticeStep
from dutylog.papers.accidents import ACCIDENT_SHEET
from dutylog.services.accidents import (
    AccidentFacts,
    InjuredFacts,
    add_accident_update,
    add_injured,
    close_accident,
    edit_accident,
    edit_injured,
    follow_up_accident,
    handle_accident,
    register_accident,
    reopen_accident,
    void_accident,
)
from dutylog.services.chain import note_answer
from dutylog.today import accidents
from servicedesk.errors import EditedMeanwhile, NotPossibleNow, ReasonNeeded, SomeoneWasFaster
from servicedesk.models import Disclosure, Message
from servicedesk.services.printing.sheets import sheet_html
from servicedesk.services.purging import purge
from servicedesk.services.search import search
from servicedesk.services.today import answered

PHONE = "13812341234"


def url(name: str, *args) -> str:
    return reverse(f"dutylog:accident_{name}", args=args)


def waiting(user) -> list:
    return answered(accidents.waiting(user))[0]


@pytest.fixture
def facts(clock, moment, zone):
    def make(**more) -> AccidentFacts:
        known = {
            "kind": "摔伤跌倒", "happened_at": moment("10:00"), "told_at": moment("10:02"), "zone": zone,
            "what": "一名老年游客踩空摔倒", **more,
        }
        return AccidentFacts(**known)

    return make


@pytest.fixture
def happen(facts, clerk, point):
    """An accident with one who was hurt: `happen(kind="火情", injured=[])`."""

    def make(injured=None, **more) -> Accident:
        hurt = [InjuredFacts(name="杨明静", phone=PHONE, age=67, injury="右脚踝扭伤", hospital="市一医院")]
        return register_accident(facts(**more), by=clerk, point=point, injured=hurt if injured is None else injured)

    return make


def test_it_is_a_line_of_the_day_and_the_supervisor_is_told_at_once(happen, supervisor, moment):
    accident = happen(first_aid="冰敷")
    assert (accident.number, accident.state) == ("YW-20261124-001", AccidentState.OPEN)
    line = LogEntry.objects.get()
    assert (line.category, line.text) == (EntryCategory.ACCIDENT, "摔伤跌倒,伤者 1 人:一名老年游客踩空摔倒")
    assert (line.record_number, line.happened_at, line.handling) == (accident.number, moment("10:00"), "冰敷")
    step = NoticeStep.objects.get()
    assert (step.record, step.role, step.person, step.told_at) == (line, "supervisor", supervisor, timezone.now())
    message = Message.objects.get(person=supervisor)
    assert message.is_urgent
    assert message.sentence == f"{accident.number} 摔伤跌倒(观景台),请立即应答"
    assert "杨" not in line.text + message.sentence


def test_without_a_supervisor_the_line_says_that_telling_is_due(happen, as_user, clerk):
    happen()
    assert not NoticeStep.objects.exists()
    page = as_user(clerk).get(reverse("dutylog:logentry_detail", args=[LogEntry.objects.get().pk]))
    assert page.context["next"].role == "supervisor"


@pytest.mark.parametrize(("more", "refusal"), [
    ({"what": " "}, WhatNeeded),
    ({"kind": "外星人"}, NoSuchKind),
    ({"what": "杨明静踩空摔倒"}, NameInText),
    ({"what": "家属电话 13812341234"}, NumberInText),
    ({"injured": [InjuredFacts(injury=" ")]}, InjuryNeeded),
    ({"injured": [InjuredFacts(injury="擦伤", age=121)]}, AgeCannotBe),
])
def test_a_slip_of_the_hand_is_refused_and_nothing_is_written(happen, more, refusal):
    with pytest.raises(refusal):
        happen(**more)
    assert not Accident.objects.exists()
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(("earlier", "later"), [
    ("happened_at", "told_at"), ("told_at", "answered_at"), ("told_at", "arrived_at"),
    ("happened_at", "ambulance_called_at"), ("ambulance_called_at", "ambulance_arrived_at"),
    ("ambulance_arrived_at", "ambulance_left_at"),
])
def test_times_stand_in_their_order_and_equal_is_well(happen, moment, earlier, later):
    base = {"happened_at": moment("09:00"), "told_at": moment("09:00")}
    with pytest.raises(TimesCrossed):
        happen(**base | {earlier: moment("10:10"), later: moment("10:09")})
    told = {"told_at": moment("10:10")} if earlier == "happened_at" and later != "told_at" else {}
    assert happen(**base | told | {earlier: moment("10:10"), later: moment("10:10")}).number


def test_what_has_not_happened_yet_is_refused(happen, moment):
    with pytest.raises(TimeInFuture):
        happen(arrived_at=moment("10:32"))


def test_several_people_are_hurt_and_put_right_one_by_one(happen, clerk, second_clerk):
    accident = happen()
    add_injured(accident, InjuredFacts(injury="擦伤"), by=clerk)
    with pytest.raises(InjuryNeeded):
        add_injured(accident, InjuredFacts(injury=""), by=clerk)
    person = accident.injured.first()
    version = person.version
    edit_injured(person, InjuredFacts(name="杨民敬", injury="骨裂"), by=clerk, version=version)
    stale = InjuredPerson.objects.get(pk=person.pk)
    with pytest.raises(EditedMeanwhile):
        edit_injured(stale, InjuredFacts(injury="扭伤"), by=second_clerk, version=version)
    assert [(p.name, p.injury) for p in accident.injured.all()] == [("杨民敬", "骨裂"), ("", "擦伤")]
    assert person.history.count() == 2


def test_it_is_completed_while_it_runs_and_two_are_told(happen, facts, clerk, second_clerk, moment):
    accident = happen()
    version = accident.version
    edit_accident(accident, facts(ambulance_called_at=moment("10:05")), by=clerk, version=version)
    assert accident.ambulance_called_at == moment("10:05")
    with pytest.raises(EditedMeanwhile):
        edit_accident(accident, facts(), by=second_clerk, version=version)
    with pytest.raises(NameInText):
        edit_accident(accident, facts(what="杨明静摔倒"), by=clerk)


def test_it_is_followed_until_it_is_closed_with_its_result(happen, clerk, supervisor, clock, moment):
    accident = happen()
    with pytest.raises(NotPossibleNow):
        close_accident(accident, "已康复", by=supervisor)
    with pytest.raises(UpdateNeeded):
        handle_accident(accident, by=clerk, note=" ")
    handle_accident(accident, by=clerk, note="已送医")
    with pytest.raises(NotFollowedYet):
        close_accident(accident, "已康复", by=supervisor)
    clock.move_to(moment("16:00"))
    with pytest.raises(NumberInText):
        add_accident_update(accident, "电话 13812341234", by=clerk)
    add_accident_update(accident, "家属称无骨折", by=clerk)
    with pytest.raises(ResultNeeded):
        close_accident(accident, " ", by=supervisor)
    close_accident(accident, "已康复", by=supervisor)
    assert (accident.state, accident.closed_by, accident.result) == (AccidentState.CLOSED, supervisor, "已康复")
    with pytest.raises(AccidentEnded):
        add_accident_update(accident, "又疼了", by=clerk)
    with pytest.raises(ReasonNeeded):
        reopen_accident(accident, by=supervisor, reason="")
    reopen_accident(accident, by=supervisor, reason="家属再次来电")
    assert (accident.state, accident.closed_at) == (AccidentState.HANDLED, None)


def test_of_two_who_close_at_once_one_is_told(happen, clerk, supervisor, manager):
    accident = happen(injured=[])
    handle_accident(accident, by=clerk, note="火已扑灭")
    stale = Accident.objects.get(pk=accident.pk)
    close_accident(accident, "无人受伤", by=supervisor)
    with pytest.raises(SomeoneWasFaster):
        close_accident(stale, "无人伤亡", by=manager)


def test_a_line_of_follow_up_is_neither_changed_nor_deleted(happen, clerk):
    row = add_accident_update(happen(), "已送医", by=clerk)
    for act in (lambda rows: rows.update(text="x"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act(AccidentUpdate.objects.filter(pk=row.pk))


def test_void_needs_a_reason_and_strikes_the_line(happen, supervisor):
    accident = happen()
    with pytest.raises(ReasonNeeded):
        void_accident(accident, by=supervisor, reason=" ")
    void_accident(accident, by=supervisor, reason="演练误登")
    assert accident.state == AccidentState.VOID
    assert LogEntry.objects.get().is_struck


def test_what_must_be_mended_becomes_a_follow_up(happen, clerk, zone, safety_officer):
    accident = happen()
    with pytest.raises(ProblemNeeded):
        follow_up_accident(accident, " ", by=clerk)
    row = follow_up_accident(accident, "台阶防滑条脱落", by=clerk, owner=safety_officer)
    assert (row.kind, row.source, row.zone, row.owner) == (FollowUpKind.HAZARD, accident, zone, safety_officer)
    assert FollowUp.objects.get().source_text == f"意外事件 {accident.number}"


def test_the_start_page_names_what_runs_and_counts_what_is_followed(happen, clerk, duty_manager):
    accident = happen()
    assert [line.sentence for line in waiting(clerk)] == [f"{accident.number} 摔伤跌倒(观景台)正在处置"]
    handle_accident(accident, by=clerk, note="已送医")
    assert [line.sentence for line in waiting(clerk)] == ["1 件意外突发还没有结案,请跟踪伤者"]
    assert waiting(duty_manager) == []


def test_a_clerk_writes_one_with_the_first_who_was_hurt(as_user, clerk, supervisor, zone, day):
    answer = as_user(clerk).post(url("create"), {
        "kind": "摔伤跌倒", "happened_at": "1000", "told_at": "1002", "zone": zone.pk, "what": "一名游客踩空",
        "name": "杨明静", "age": "67", "phone": PHONE, "injury": "扭伤",
    })
    accident = Accident.objects.get()
    assert answer.headers["Location"] == url("detail", accident.pk)
    assert accident.injured.get().phone == PHONE
    page = as_user(clerk).get(url("detail", accident.pk)).content.decode()
    assert "杨明静" in page
    assert "138****1234" in page
    assert PHONE not in page


def test_who_only_reads_sees_masked_people(as_user, happen, safety_officer, duty_manager):
    accident = happen()
    for person in (safety_officer, duty_manager):
        page = as_user(person).get(url("detail", accident.pk)).content.decode()
        assert "杨**" in page
        assert "杨明静" not in page
        assert PHONE not in page


def test_a_phone_is_shown_for_a_reason_that_is_kept(as_user, happen, supervisor):
    accident = happen()
    where = reverse("dutylog:injuredperson_reveal", args=[accident.pk, accident.injured.get().pk])
    assert PHONE in as_user(supervisor).post(where, {"reason": "回访伤者"}).content.decode()
    assert (Disclosure.objects.get().record, Disclosure.objects.get().reason) == (accident, "回访伤者")


def test_somebody_of_another_accident_is_not_reached_through_this_one(as_user, happen, clerk):
    first, second = happen(), happen()
    where = reverse("dutylog:injuredperson_edit", args=[first.pk, second.injured.get().pk])
    assert as_user(clerk).get(where).status_code == 404


def test_the_steps_fit_the_state_and_the_person(as_user, happen, clerk, supervisor, clock, moment):
    accident = happen()

    def labels(person) -> list[str]:
        return [each["label"] for each in as_user(person).get(url("detail", accident.pk)).context["steps"]]

    assert labels(clerk) == ["处置完毕", "记跟踪", "登记伤者", "补充", "转整改跟进"]
    as_user(clerk).post(url("handle", accident.pk), {"text": "已送医"})
    assert labels(supervisor) == ["记跟踪", "结案", "登记伤者", "补充", "转整改跟进", "作废"]
    clock.move_to(moment("11:00"))
    as_user(clerk).post(url("update", accident.pk), {"text": "无骨折"})
    as_user(supervisor).post(url("close", accident.pk), {"result": "已康复"})
    assert labels(supervisor) == ["重新打开"]
    assert labels(clerk) == []


def test_list_search_and_workbook_mask_the_people(as_user, happen, supervisor, clerk, django_assert_max_num_queries):
    accident = happen()
    browser = as_user(supervisor)

    def cost() -> int:
        with django_assert_max_num_queries(30) as counted:
            assert browser.get(f"{url('list')}?all=1").status_code == 200
        return len(counted.captured_queries)

    cost()
    alone = cost()
    others = [happen(injured=[]), happen(injured=[])]
    assert cost() == alone
    for query, expected in (("live=true", 3), ("state=handled", 0), ("kind=摔伤", 3), ("q=yangmingjing", 1)):
        rows = browser.get(f"{url('list')}?{query}").context["table"].paginated_rows
        assert len(list(rows)) == expected, query
    assert [found.number for found in search(PHONE, clerk)] == [accident.number]
    content = browser.get(f"{url('export')}?all=1&columns=number&columns=names&columns=count").content
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(content)).active.rows for cell in row]
    assert "杨**" in cells
    assert "杨明静" not in cells
    assert len(others) == 2


def test_the_sheet_prints_filled_and_blank(as_user, happen, clerk, supervisor, moment):
    accident = happen(ambulance_called_at=moment("10:05"), police="已报警", insurance="已报案")
    note_answer(NoticeStep.objects.get(), timezone.now(), by=clerk)
    add_accident_update(accident, "家属称无骨折", by=clerk)
    html = sheet_html(ACCIDENT_SHEET, Accident.objects.get())
    for part in (accident.number, "☑摔伤跌倒", "杨明静", PHONE, "右脚踝扭伤", "市一医院", "督导", "周敏",
                 "家属称无骨折", "2026-11-24 10:05", "已报警", "ZB-20261124", "未结案"):
        assert part in html, part
    blank = sheet_html(ACCIDENT_SHEET, None)
    assert "□摔伤跌倒" in blank
    assert "None" not in blank
    for query in (f"id={accident.pk}", ""):
        assert as_user(clerk).get(f"{reverse('paper_pdf', args=[ACCIDENT_SHEET.key])}?{query}").status_code == 200


def test_people_of_old_accidents_are_forgotten(happen, clerk, supervisor, manager, clock, moment):
    accident, running = happen(witnesses="岗点同事孙某"), happen()
    handle_accident(accident, by=clerk, note="已送医")
    clock.move_to(moment("16:00"))
    add_accident_update(accident, "杨明静家属来电", by=clerk)
    close_accident(accident, "杨明静已康复", by=supervisor)
    clock.move_to(moment("10:00", dt.date(2029, 11, 25)))
    purge(by=manager, reason="年度清除")
    accident.refresh_from_db()
    person = accident.injured.get()
    assert (person.name, person.phone, person.age, person.injury) == ("(已清除)", "", None, "(已清除)")
    assert {row.name for row in person.history.all()} == {"(已清除)"}
    assert (accident.result, accident.witnesses) == ("(已清除)", "(已清除)")
    assert {row.text for row in accident.updates.all()} == {"(已清除)"}
    assert running.injured.get().name == "杨明静"
    assert [found.number for found in search(PHONE, clerk)] == [running.number]
