"""Rounds: one per day, template and desk; answered, reported, finished, reviewed, or approved as missed."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from checklists.choices import Answer, Fault, RoundKind, RoundState
from checklists.errors.rounds import (
    CheckedAlready,
    CheckedByOneself,
    DayNotCome,
    LinesLeft,
    NobodyToJoin,
    NotAnAnswer,
    NothingToCheck,
    NotMissed,
    PhotoNeeded,
    PhotosLeft,
    QuantityNeeded,
    RemarkNeeded,
    ReportedAlready,
    RoundClosed,
    TemplateNotHere,
    TooLateToWalk,
)
from checklists.models import Round, RoundTemplate
from checklists.services.answers import Given, answer_line, fill_area, lines_of, progress
from checklists.services.joining import add_person, not_yet_in
from checklists.services.owed import missed, owed_on
from checklists.services.rounds import excuse_round, finish_round, review_round, start_round
from checklists.services.templates import (
    ItemFacts,
    TemplateFacts,
    VersionFacts,
    edit_template,
    make_template,
)
from dutylog.choices import FollowUpKind
from dutylog.models import FollowUp, LogEntry, Shift, ShiftPost
from dutylog.services.days import duty_day
from servicedesk.errors import NotPossibleNow, ReasonNeeded
from servicedesk.models import Message, Photo, Signature
from servicedesk.services.photos import prepare_photo
from tests.checklists.conftest import TODAY, local, photo

YESTERDAY = TODAY - dt.timedelta(days=1)


def line(round_, text):
    return next(each for each in lines_of(round_) if each.text == text)


def test_an_equipment_round_asks_the_eleven_lines_of_its_version(start, equipment):
    round_ = start()
    assert round_.number == "SB-20261124-001"
    assert round_.template_version == equipment.current()
    assert [each.text for each in lines_of(round_)][:2] == ["照明(留应急灯)", "空调/新风/电暖"]
    assert round_.lines.count() == 11


def test_a_round_begun_twice_is_the_same_round(start, second_clerk):
    assert start() == start(by=second_clerk)
    assert Round.objects.count() == 1


def test_the_database_holds_one_round_per_day_and_template(start):
    round_ = start()
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=round_.pk).update(number="x")
        Round.objects.create(
            number="SB-2", service_point=round_.service_point, created_at=round_.created_at, on=round_.on,
            created_by=round_.created_by, kind=round_.kind, template=round_.template, day=round_.day,
            template_version=round_.template_version,
        )


def test_an_asset_round_lists_what_the_desk_owns_and_no_other_desks(start, make_asset, other_point):
    ours = make_asset("轮椅", 5)
    make_asset("广播主机", at=other_point)
    round_ = start(RoundKind.ASSETS)
    assert [(each.asset, each.expected_quantity) for each in lines_of(round_)] == [(ours, 5)]


def test_an_asset_round_without_assets_is_refused(start):
    with pytest.raises(NothingToCheck):
        start(RoundKind.ASSETS)
    assert Round.objects.count() == 0


@pytest.fixture
def rostered(point, clerk, clock):
    """`rostered(foreman, clerk)`: further people on today's roster, in this order; nobody else stands on it."""
    day = duty_day(TODAY, point, by=clerk)
    ShiftPost.objects.all().delete()
    shift = day.shifts.first() or Shift.objects.create(
        day=day, kind="whole", starts_at=local("08:00"), ends_at=local("18:00")
    )

    def put(*people) -> None:
        for person in people:
            ShiftPost.objects.create(shift=shift, person=person, due_at=local("07:30"))

    return put


def test_a_pre_shift_check_asks_each_person_of_the_roster(start, rostered, second_clerk, foreman):
    rostered(foreman, second_clerk)
    round_ = start(RoundKind.PRE_SHIFT)
    assert [each.person for each in lines_of(round_)][::5] == [foreman, second_clerk]
    assert round_.lines.count() == 10


def test_a_pre_shift_check_without_a_roster_asks_the_clerks_of_the_desk(start, point, clerk, outsider):
    duty_day(TODAY, point, by=clerk)
    ShiftPost.objects.all().delete()
    assert {each.person for each in lines_of(start(RoundKind.PRE_SHIFT))} == {clerk}


@pytest.mark.parametrize(("ahead", "refusal"), [(1, DayNotCome), (-8, TooLateToWalk)])
def test_a_day_that_has_not_come_or_is_too_old_is_refused(start, ahead, refusal):
    with pytest.raises(refusal):
        start(on=TODAY + dt.timedelta(days=ahead))
    assert start(on=TODAY - dt.timedelta(days=7)).on == TODAY - dt.timedelta(days=7)


def test_a_template_out_of_use_is_refused(start, equipment):
    RoundTemplate.objects.filter(pk=equipment.pk).update(is_active=False)
    with pytest.raises(TemplateNotHere):
        start()


def test_a_failure_makes_one_follow_up_and_tells_the_safety_officer(start, clerk, safety_officer):
    round_ = start()
    given = Given(answer="failed", remark="插排发烫")
    for _ in range(3):
        answer_line(line(round_, "饮水机/充电设备/插排"), given, by=clerk)
    follow_up = FollowUp.objects.get()
    assert (follow_up.kind, follow_up.owner, follow_up.source) == (FollowUpKind.HAZARD, safety_officer, round_)
    assert follow_up.problem == "饮水机/充电设备/插排:插排发烫"
    assert follow_up.told_at == local("17:40")
    assert Message.objects.filter(person=safety_officer).count() == 1
    assert line(round_, "饮水机/充电设备/插排").follow_up == follow_up


def test_the_same_failure_next_day_is_noted_under_the_first(start, clerk, safety_officer, walk, clock):
    given = Given(answer="failed", remark="插排发烫")
    answer_line(line(start(), "饮水机/充电设备/插排"), given, by=clerk)
    clock.move_to(local("17:40", TODAY + dt.timedelta(days=1)))
    answer_line(line(start(on=TODAY + dt.timedelta(days=1)), "饮水机/充电设备/插排"), given, by=clerk)
    follow_up = FollowUp.objects.get()
    assert [u.text for u in follow_up.updates.all()] == ["再次发现:班后设施设备 SB-20261125-001"]


@pytest.mark.parametrize("remark", ["", "  "])
def test_a_failure_without_words_is_refused(start, clerk, remark):
    with pytest.raises(RemarkNeeded):
        answer_line(lines_of(start())[0], Given(answer="failed", remark=remark), by=clerk)
    assert FollowUp.objects.count() == 0


def test_a_reported_line_is_not_good_again_by_a_tap(start, clerk):
    first = lines_of(start())[0]
    answer_line(first, Given(answer="failed", remark="灯没关"), by=clerk)
    with pytest.raises(ReportedAlready):
        answer_line(first, Given(answer="ok"), by=clerk)
    first.refresh_from_db()
    assert first.answer == Answer.FAILED


def test_a_good_answer_may_be_corrected_while_the_round_runs(start, clerk):
    first = lines_of(start())[0]
    answer_line(first, Given(answer="ok"), by=clerk)
    answer_line(first, Given(answer="open"), by=clerk)
    first.refresh_from_db()
    assert first.sign == "●"


@pytest.mark.parametrize("answer", ["away", "damaged", "nonsense", ""])
def test_an_answer_that_the_line_does_not_offer_is_refused(start, clerk, answer):
    with pytest.raises(NotAnAnswer):
        answer_line(line(start(), "钥匙/备用金/门禁"), Given(answer=answer), by=clerk)


@pytest.mark.parametrize(("found", "fault", "words"), [
    (5, "", ""), (4, Fault.MISSING, "缺失 1:在找"), (7, Fault.SURPLUS, "多出 2:在找"),
    (0, Fault.MISSING, "缺失 5:在找"),
])
def test_a_count_is_set_against_what_must_be_there(start, make_asset, clerk, asset_manager, found, fault, words):
    chairs = make_asset("轮椅", 5)
    answered = answer_line(lines_of(start(RoundKind.ASSETS))[0], Given(quantity=found, remark="在找"), by=clerk)
    assert (answered.fault, answered.sign) == (fault, str(found))
    problems = [f.problem for f in FollowUp.objects.filter(owner=asset_manager, kind=FollowUpKind.ASSET)]
    assert problems == ([f"轮椅({chairs.number}){words}"] if words else [])


def test_a_counted_line_needs_its_number(start, make_asset, clerk):
    make_asset("轮椅", 5)
    with pytest.raises(QuantityNeeded):
        answer_line(lines_of(start(RoundKind.ASSETS))[0], Given(answer="ok"), by=clerk)


@pytest.fixture
def photo_round(supervisor, clerk, point, clock):
    template = make_template(
        TemplateFacts(name="贵重柜", kind=RoundKind.EQUIPMENT, due_at=dt.time(18)),
        VersionFacts(items=[ItemFacts(text="贵重柜锁闭", photo_required=True)], told_role="督导"), by=supervisor,
    )
    return start_round(template, TODAY, by=clerk, point=point)


def test_a_line_that_wants_a_photo_is_refused_without(photo_round, clerk):
    first = lines_of(photo_round)[0]
    with pytest.raises(PhotoNeeded):
        answer_line(first, Given(answer="ok"), by=clerk)
    answer_line(first, Given(answer="ok", photo=prepare_photo(photo())), by=clerk)
    assert Photo.objects.of(photo_round).count() == 1
    assert progress(photo_round) == (1, 1)


def test_a_failure_is_reported_before_its_photo_and_the_round_is_signed_after(photo_round, clerk, supervisor):
    first = lines_of(photo_round)[0]
    failed = Given(answer="failed", remark="锁坏了")
    answer_line(first, failed, by=clerk)
    follow_up = FollowUp.objects.get(owner=supervisor)
    with pytest.raises(PhotosLeft) as refusal:
        finish_round(photo_round, by=clerk)
    assert refusal.value.sentence == "还差照片:贵重柜锁闭。拍好再签字。"
    answer_line(first, replace(failed, photo=prepare_photo(photo())), by=clerk)
    assert finish_round(photo_round, by=clerk).state == RoundState.DONE
    assert [p.caption for p in Photo.objects.of(follow_up)] == ["整改前"]


def test_the_house_begins_with_photos_of_sockets_and_fire_gear(equipment):
    wanted = [item.text for item in equipment.current().items.filter(photo_required=True)]
    assert wanted == ["饮水机/充电设备/插排", "灭火器/通道/应急灯"]
    assert equipment.versions.get(number=1).items.filter(photo_required=True).count() == 0


def test_a_person_comes_into_a_check_that_has_begun_once(start, walk, clerk, second_clerk, rostered):
    rostered(clerk)
    round_ = start(RoundKind.PRE_SHIFT)
    answer_line(lines_of(round_)[0], Given(answer="ok"), by=clerk)
    rostered(second_clerk)
    assert not_yet_in(round_) == [second_clerk]
    add_person(round_, second_clerk, by=clerk)
    assert [(each.order, each.person) for each in lines_of(round_)][5:] == [(n, second_clerk) for n in range(6, 11)]
    assert round_.history.first().history_change_reason == f"加入 {second_clerk.name}"
    with pytest.raises(CheckedAlready):
        add_person(round_, second_clerk, by=clerk)
    walk(round_)
    with pytest.raises(RoundClosed):
        add_person(round_, clerk, by=clerk)


def test_nobody_comes_into_a_round_of_things(start, clerk):
    with pytest.raises(NobodyToJoin):
        add_person(start(), clerk, by=clerk)


def test_a_photo_of_a_failure_lies_with_the_follow_up_too(photo_round, clerk, supervisor):
    first = lines_of(photo_round)[0]
    answer_line(first, Given(answer="failed", remark="锁坏了", photo=prepare_photo(photo())), by=clerk)
    follow_up = FollowUp.objects.get()
    assert follow_up.owner == supervisor
    assert [p.caption for p in Photo.objects.of(follow_up)] == ["整改前"]


def test_the_rest_of_an_area_is_filled_and_what_wants_a_photo_is_left(photo_round, start, clerk):
    assert fill_area(photo_round, "", by=clerk) == (0, 1)
    round_ = start()
    answer_line(lines_of(round_)[0], Given(answer="failed", remark="灯没关"), by=clerk)
    assert fill_area(round_, "大厅", by=clerk) == (3, 1)
    assert progress(round_) == (4, 11)
    assert FollowUp.objects.count() == 1


def test_an_area_is_filled_with_as_few_queries_as_a_line(start, clerk, django_assert_max_num_queries):
    round_ = start()
    with django_assert_max_num_queries(6):
        assert fill_area(round_, "大厅", by=clerk) == (5, 0)
    line = lines_of(round_)[0]
    assert (line.answer, line.answered_by) == ("ok", clerk)


def test_a_finished_round_is_filled_no_more(start, walk, clerk):
    round_ = start()
    walk(round_)
    with pytest.raises(RoundClosed):
        fill_area(round_, "大厅", by=clerk)


def test_finishing_says_what_is_left_and_signs_when_nothing_is(start, walk, clerk):
    round_ = start()
    with pytest.raises(LinesLeft) as refusal:
        finish_round(round_, by=clerk)
    assert "还有 11 项没有查" in refusal.value.sentence
    walk(round_)
    assert (round_.state, round_.checked_by, round_.checked_at) == (RoundState.DONE, clerk, local("17:40"))
    signature = Signature.objects.of(round_).get()
    assert (signature.signer, signature.text) == (clerk, "班后设施设备安全检查 11-24 检查完成:11 项,异常 0 项")
    assert LogEntry.objects.get(record_number=round_.number).result == "全部正常"


def test_a_finished_round_takes_no_answer_and_no_second_name(start, walk, clerk, second_clerk):
    round_ = walk(start())
    with pytest.raises(RoundClosed):
        answer_line(lines_of(round_)[0], Given(answer="open"), by=clerk)
    with pytest.raises(RoundClosed):
        finish_round(round_, by=second_clerk)
    assert Signature.objects.of(round_).count() == 1


@pytest.mark.parametrize(("clock_at", "on", "is_late"), [
    ("23:59", TODAY, False), ("00:01", TODAY + dt.timedelta(days=1), True),
])
def test_a_round_finished_after_its_day_is_marked_late(start, walk, clock, clock_at, on, is_late):
    round_ = start()
    clock.move_to(local(clock_at, on))
    assert walk(round_).is_late is is_late


def test_a_night_shift_finishes_its_own_day_after_midnight(start, walk, clock, point, clerk):
    day = duty_day(TODAY, point, by=clerk)
    day.shifts.all().delete()
    Shift.objects.create(
        day=day, kind="late", starts_at=local("22:00"), ends_at=local("06:00", TODAY + dt.timedelta(days=1))
    )
    round_ = start()
    clock.move_to(local("00:30", TODAY + dt.timedelta(days=1)))
    assert walk(round_).is_late is False


def test_a_second_person_reviews_and_the_walker_may_not(start, walk, clerk, supervisor):
    round_ = start()
    with pytest.raises(NotPossibleNow):
        review_round(round_, by=supervisor)
    walk(round_)
    with pytest.raises(CheckedByOneself):
        review_round(round_, by=clerk)
    review_round(round_, by=supervisor)
    assert (round_.state, round_.reviewed_by) == (RoundState.REVIEWED, supervisor)


def test_a_missed_round_stays_until_it_is_walked_late(start, walk, point, make_asset, equipment):
    RoundTemplate.objects.exclude(pk=equipment.pk).update(is_active=False)
    RoundTemplate.objects.update(valid_from=YESTERDAY)
    assert [owed.on for owed in missed(point)] == [YESTERDAY]
    round_ = start(on=YESTERDAY)
    assert [owed.on for owed in missed(point)] == [YESTERDAY]
    assert walk(round_).is_late is True
    assert missed(point) == []


def test_a_new_desk_has_missed_nothing_before_it_was_opened(point, equipment):
    RoundTemplate.objects.exclude(pk=equipment.pk).update(is_active=False)
    RoundTemplate.objects.update(valid_from=YESTERDAY)
    point.opened_on = YESTERDAY
    assert [owed.on for owed in missed(point)] == [YESTERDAY]
    point.opened_on = TODAY
    assert missed(point) == []


def test_a_missed_round_is_approved_with_a_reason_only(equipment, supervisor, point):
    RoundTemplate.objects.exclude(pk=equipment.pk).update(is_active=False)
    RoundTemplate.objects.update(valid_from=YESTERDAY)
    with pytest.raises(ReasonNeeded):
        excuse_round(equipment, YESTERDAY, by=supervisor, point=point, reason=" ")
    round_ = excuse_round(equipment, YESTERDAY, by=supervisor, point=point, reason="台风停园")
    assert (round_.state, round_.excuse, round_.approved_by) == (RoundState.EXCUSED, "台风停园", supervisor)
    assert missed(point) == []
    with pytest.raises(NotMissed):
        excuse_round(equipment, YESTERDAY, by=supervisor, point=point, reason="再来一次")


def test_a_walked_round_cannot_be_approved_as_missed(start, walk, equipment, supervisor, point):
    walk(start())
    with pytest.raises(NotMissed):
        excuse_round(equipment, TODAY, by=supervisor, point=point, reason="台风停园")


def test_a_desk_without_assets_owes_no_round_of_them(point, make_asset, templates):
    assert {owed.template.kind for owed in owed_on(point, TODAY)} == {RoundKind.PRE_SHIFT, RoundKind.EQUIPMENT}
    make_asset()
    assert {owed.template.kind for owed in owed_on(point, TODAY)} == set(RoundKind)


def test_a_round_of_last_year_shows_what_was_asked_then(start, walk, equipment, manager):
    round_ = walk(start())
    edit_template(
        equipment, TemplateFacts(name=equipment.name, kind=equipment.kind, due_at=equipment.due_at),
        VersionFacts(items=[ItemFacts(text="只查一项")]), by=manager,
    )
    assert round_.lines.count() == 11
    assert round_.template_version.number == 2
    assert equipment.current().number == 3
