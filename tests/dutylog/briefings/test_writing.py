"""The morning briefing written: one a day and desk, published, changed, noted, checked."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from dutylog.choices import BriefingState, EntryCategory, OperationKind
from dutylog.errors.briefings import (
    BriefingAlreadyThere,
    BriefingChecked,
    BriefingIncomplete,
    BriefingNotPublished,
    BriefingPublished,
    BriefingTooFarAhead,
    EndsBeforeStart,
    NobodyToRead,
    NoteNeeded,
    NothingChanged,
    PresentMoreThanExpected,
    TaskOfSomebodyElse,
)
from dutylog.models import Briefing, BriefingReader, LogEntry, OpenItem, Operation
from dutylog.services.briefing_proposals import attendance, operations_text, yesterday_text
from dutylog.services.briefing_versions import compare, parts_of, shown_content
from dutylog.services.briefings import (
    TaskFacts,
    add_note,
    amend_briefing,
    close_briefing,
    draft_briefing,
    edit_briefing,
    finish_task,
    publish_briefing,
)
from dutylog.services.days import duty_day
from servicedesk.errors import EditedMeanwhile, NotPossibleNow, ReasonNeeded
from servicedesk.models import Signature
from servicedesk.register import register_of
from servicedesk.services.search import ids_in_register
from tests.dutylog.briefings.conftest import TODAY, local


def test_a_page_bears_its_date_as_number_and_its_lines(draft):
    assert (draft.number, draft.state, draft.edition) == ("JJ-20261124", BriefingState.DRAFT, 0)
    assert [t.matter for t in draft.tasks.all()] == ["清点雨伞", "更新公告栏"]
    assert draft.documents.get().title == "大客流预案"
    assert draft.day.on == TODAY


def test_a_second_page_for_the_day_is_refused_and_another_desk_has_its_own(draft, facts, team, point, other_point):
    with pytest.raises(BriefingAlreadyThere, match="JJ-20261124"):
        draft_briefing(facts, by=team[1], point=point)
    assert draft_briefing(facts, by=team[1], point=other_point).number == "JJB-20261124"


@pytest.mark.parametrize(("more", "refusal"), [
    ({"on": TODAY + dt.timedelta(days=2)}, BriefingTooFarAhead), ({"ends_at": dt.time(7, 39)}, EndsBeforeStart),
    ({"present": 7}, PresentMoreThanExpected),
])
def test_a_slip_of_the_hand_is_told(facts, team, point, more, refusal):
    with pytest.raises(refusal):
        draft_briefing(replace(facts, **more), by=team[1], point=point)
    assert Briefing.objects.count() == 0


def test_tomorrows_page_may_be_prepared(facts, team, point):
    tomorrow = replace(facts, on=TODAY + dt.timedelta(days=1))
    assert draft_briefing(tomorrow, by=team[1], point=point).number == "JJ-20261125"


def test_a_draft_is_edited_and_two_editors_are_told(draft, facts, team):
    edited = edit_briefing(draft, replace(facts, absences=""), by=team[1], version=draft.version)
    assert edited.absences == ""
    with pytest.raises(EditedMeanwhile, match="李二"):
        edit_briefing(draft, facts, by=team[2], version=draft.version)


def test_a_published_page_is_not_quietly_edited(published, facts, team):
    with pytest.raises(BriefingPublished):
        edit_briefing(published, facts, by=team[1])


@pytest.mark.parametrize("part", ["operations", "yesterday"])
def test_an_empty_part_is_not_published(facts, team, point, part):
    briefing = draft_briefing(replace(facts, **{part: " "}), by=team[1], point=point)
    with pytest.raises(BriefingIncomplete):
        publish_briefing(briefing, by=team[0])
    briefing.refresh_from_db()
    assert briefing.state == BriefingState.DRAFT


def test_a_desk_without_people_publishes_nothing(facts, team, other_point):
    briefing = draft_briefing(facts, by=team[1], point=other_point)
    with pytest.raises(NobodyToRead), transaction.atomic():
        publish_briefing(briefing, by=team[0])
    assert Briefing.objects.get(pk=briefing.pk).state == BriefingState.DRAFT


def test_a_page_is_published_once(published, team):
    with pytest.raises(NotPossibleNow):
        publish_briefing(Briefing.objects.get(pk=published.pk), by=team[0])
    assert published.versions.count() == 1


def test_a_change_makes_a_version_and_both_stay(published, changed, team):
    amend_briefing(published, changed, by=team[0], reason="栈道检修")
    published.refresh_from_db()
    old, new = published.versions.order_by("edition")
    assert (published.state, published.edition, new.reason) == (BriefingState.AMENDED, 2, "栈道检修")
    assert "栈道检修" not in old.content["operations"]
    changes = dict(compare(old, new))["二 当日运营信息"]
    assert [(c.kind, c.text) for c in changes] == [
        ("same", "开放项目:缆车、栈道"), ("same", "天气:多云"), ("new", "停运项目:栈道检修"),
    ]


def test_a_change_needs_a_reason_and_a_difference(published, changed, facts, team):
    with pytest.raises(ReasonNeeded):
        amend_briefing(published, changed, by=team[0], reason=" ")
    same = replace(changed, operations=facts.operations)
    with pytest.raises(NothingChanged):
        amend_briefing(published, same, by=team[0], reason="没改")
    published.refresh_from_db()
    assert (published.edition, published.versions.count()) == (1, 1)


def test_a_change_over_a_colleagues_change_is_told(published, changed, team):
    seen = published.version
    amend_briefing(published, changed, by=team[0], reason="栈道检修", version=seen)
    with pytest.raises(EditedMeanwhile, match="李一"):
        amend_briefing(published, replace(changed, yesterday="又改"), by=team[1], reason="再改", version=seen)


def test_a_draft_takes_no_new_version(draft, facts, team):
    with pytest.raises(BriefingNotPublished):
        amend_briefing(draft, replace(facts, yesterday="改"), by=team[0], reason="改")


def test_the_heads_check_is_signed_and_ends_changes(published, changed, team, manager):
    close_briefing(published, by=manager)
    assert (published.state, published.closed_by) == (BriefingState.CLOSED, manager)
    assert Signature.objects.of(published).get().role == "负责人检查"
    with pytest.raises(BriefingChecked):
        amend_briefing(published, changed, by=team[0], reason="晚了")
    with pytest.raises(BriefingChecked):
        close_briefing(published, by=manager)


def test_a_draft_is_not_checked(draft, manager):
    with pytest.raises(BriefingNotPublished):
        close_briefing(draft, by=manager)


def test_notes_are_numbered_and_go_under_a_checked_page_too(published, team, manager):
    add_note(published, "研学团改为 150 人", by=team[1])
    close_briefing(Briefing.objects.get(pk=published.pk), by=manager)
    add_note(published, "已通知讲解组", by=team[1])
    assert list(published.notes.values_list("order", "text")) == [(1, "研学团改为 150 人"), (2, "已通知讲解组")]


def test_an_empty_note_and_one_under_a_draft_are_refused(draft, team):
    with pytest.raises(NoteNeeded):
        add_note(draft, " ", by=team[1])
    with pytest.raises(BriefingNotPublished):
        add_note(draft, "早了", by=team[1])


def test_a_task_is_finished_by_its_owner_and_stays_done_through_a_change(published, changed, team):
    task = published.tasks.get(matter="清点雨伞")
    finish_task(task, by=team[1])
    done_at = task.done_at
    finish_task(task, by=team[1])
    amend_briefing(published, changed, by=team[0], reason="栈道检修")
    task.refresh_from_db()
    assert (task.done_at, task.done_by) == (done_at, team[1])


def test_a_task_of_somebody_else_is_not_theirs_to_finish(published, foreman):
    with pytest.raises(TaskOfSomebodyElse, match="李二"):
        finish_task(published.tasks.get(matter="清点雨伞"), by=foreman)


def test_a_task_left_out_of_a_change_is_gone_from_the_page_and_stays_in_its_history(published, changed, team):
    fewer = replace(changed, tasks=changed.tasks[:1])
    amend_briefing(published, fewer, by=team[0], reason="减一项")
    assert [t.matter for t in published.tasks.all()] == ["清点雨伞"]
    assert published.tasks.model.history.filter(matter="更新公告栏", history_type="-").count() == 1


@pytest.mark.parametrize("table", ["versions", "readers", "notes"])
def test_what_was_published_cannot_be_changed_in_the_database(published, team, table):
    add_note(published, "补一句", by=team[1])
    row = getattr(published, table).first()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**{"text" if table == "notes" else "briefing_id": 0})
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows = type(row).objects.filter(pk=row.pk)
        rows._raw_delete(rows.db)
    assert BriefingReader.objects.count() == 6


def test_the_page_is_found_by_its_words(published, team):
    register = register_of(Briefing)
    for word in ("缆车", "大客流", "清点雨伞", "JJ-20261124", "liyi"):
        assert list(ids_in_register(word, register)) == [published.pk], word


# ---- what a new page begins with
def test_the_roster_gives_expected_present_and_absent(team, point):
    day = duty_day(TODAY, point, by=team[0])
    post = day.shifts.first().posts.get(person=team[2])
    post.presence, post.reason = "absent", "病假"
    post.save()
    found = attendance(day)
    assert (found.expected, found.present, found.absences) == (3, 2, "李三(病假)")


def test_without_a_sheet_the_proposal_is_empty():
    assert (attendance(None).expected, operations_text(None)) == (0, "")


def test_todays_operations_stand_by_kind_with_the_weather(team, point):
    day = duty_day(TODAY, point, by=team[0])
    day.weather, day.temperature, day.warning = "小雪", "-2–3℃", "道路结冰黄色预警"
    day.save()
    Operation.objects.create(day=day, kind=OperationKind.SHOW, text="大剧院", starts_at=dt.time(10, 30))
    Operation.objects.create(day=day, kind=OperationKind.OPEN, text="缆车")
    Operation.objects.create(day=day, kind=OperationKind.OPEN, text="游船")
    assert operations_text(day) == (
        "开放项目:缆车、游船\n演出场次:大剧院 10:30\n天气:小雪 -2–3℃;预警:道路结冰黄色预警"
    )


def test_yesterday_is_told_from_its_lines_and_from_no_other_desk_or_day(team, point, other_point):
    def line(category, text, on=TODAY - dt.timedelta(days=1), at=point, **more):
        moment = local("10:20", on)
        LogEntry.objects.create(
            day=duty_day(on, at, by=team[0]), happened_at=moment, entered_at=moment, category=category, text=text,
            created_by=team[0], **more,
        )

    line(EntryCategory.COMPLAINT, "排队太久", record_number="TS-20261123-001")
    line(EntryCategory.RESCUE, "送中暑游客就医")
    line(EntryCategory.ENQUIRY, "问班车")
    line(EntryCategory.COMPLAINT, "今天的", on=TODAY)
    line(EntryCategory.COMPLAINT, "别处的", at=other_point)
    assert yesterday_text(TODAY, point) == (
        "表扬:10:20 送中暑游客就医\n问题:无\n投诉:10:20 排队太久 TS-20261123-001"
    )


def test_open_items_are_carried_in_by_themselves_and_frozen_when_published(draft, team, point):
    item = OpenItem.objects.create(
        number="YL-20261123-001", service_point=point, created_at=local("07:00"), created_by=team[0], text="等失主回电",
        owner=team[1],
    )
    publish_briefing(draft, by=team[0])
    item.state = "closed"
    item.save()
    carried = next(p for p in parts_of(shown_content(draft)) if p.label == "五 遗留交接")
    assert carried.lines == ("YL-20261123-001 等失主回电 · 李二 · 未结",)


def test_an_item_closed_meanwhile_is_no_reason_to_ask_everybody_again(draft, facts, team, point):
    item = OpenItem.objects.create(
        number="YL-20261123-001", service_point=point, created_at=local("09:00"), created_by=team[0], text="等失主回电",
    )
    publish_briefing(draft, by=team[0])
    item.state = "closed"
    item.save()
    tasks = tuple(TaskFacts(pk=t.pk, matter=t.matter, owner=t.owner, due_at=t.due_at) for t in draft.tasks.all())
    with pytest.raises(NothingChanged):
        amend_briefing(draft, replace(facts, tasks=tasks), by=team[0], reason="没改")
