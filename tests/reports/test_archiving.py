"""A month is archived whole or not at all, the same month gives the same bytes, and a later version stands beside."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from dutylog.choices import DayState
from dutylog.models import DutyDay
from ledgers.presets import MALL
from ledgers.services.kinds import switch_on_preset
from reports.choices import FileKind
from reports.errors.archives import (
    AlreadyArchived,
    BeingArchived,
    ChangedWhileArchiving,
    FileDamaged,
    FullNeedsReason,
    MonthNotOver,
    NothingInMonth,
    VersionNeedsReason,
)
from reports.models import MonthArchive, MonthArchiveFile
from reports.services import archiving, store
from reports.services.archiving import Order, archive_month, ask_for_archive, build, next_order
from reports.services.contents import contents_of
from servicedesk.choices import LongTaskState
from servicedesk.errors import NotAllowed
from servicedesk.models import ClosedMonth, ExportLog, LongTask, Message
from servicedesk.periods import month_of
from servicedesk.services.closedmonths import correcting
from servicedesk.services.tasks import give_back_orphans, run_next_task
from servicedesk.services.transitions import amend
from tests.reports.conftest import OCTOBER, left_in, local

pytestmark = pytest.mark.django_db


def files_of(archive: MonthArchive) -> dict[str, bytes]:
    return {file.kind: b"".join(store.read(file)) for file in archive.files.all()}


def test_an_archive_has_its_files_its_manifest_and_a_closed_month(archived, manager):
    files = files_of(archived)
    assert set(files) == {FileKind.WORKBOOK, FileKind.BINDER, FileKind.MANIFEST}
    manifest = json.loads(files[FileKind.MANIFEST])
    assert manifest == archived.facts
    assert {file["kind"]: file["sha256"] for file in manifest["files"]} == {
        file.kind: file.sha256 for file in archived.files.exclude(kind=FileKind.MANIFEST)
    }
    assert {each["key"]: each["rows"] for each in manifest["registers"] if each["rows"]} == {
        "dutyday": 1, "logentry": 3, "founditem": 1, "complaint": 1,
    }
    closed = ClosedMonth.objects.get()
    assert (closed.month, closed.closed_by) == (OCTOBER.first, manager)


@pytest.mark.one_database
def test_the_same_month_gives_the_same_bytes(october, manager, tmp_path):
    order, contents = next_order(october, by=manager), contents_of(october)
    at = local("09:00", dt.date(2026, 11, 2))
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        made.append(build(order, contents, tmp_path / name, at=at)[1])
    assert [file.sha256 for file in made[0]] == [file.sha256 for file in made[1]]


@pytest.mark.one_database
def test_another_version_differs_by_its_time_and_version_alone(archived, october, manager, clock):
    clock.shift(dt.timedelta(hours=1))
    second = archive_month(next_order(october, by=manager, reason="补签字页"))
    own = {"version", "reason", "made_at", "previous", "files"}
    first, later = archived.facts, second.facts
    assert {key for key in first if first[key] != later[key]} == own
    assert later["previous"] == {"version": 1, "seal": archived.seal}
    assert archived.files.count() == 3


@pytest.mark.parametrize(("month", "reason", "is_full", "refusal"), [
    (month_of(dt.date(2026, 11, 1)), "", False, MonthNotOver),
    (month_of(dt.date(2026, 8, 1)), "", False, NothingInMonth),
    (OCTOBER, "", True, FullNeedsReason),
])
def test_what_cannot_be_archived_is_refused(october, manager, month, reason, is_full, refusal):
    with pytest.raises(refusal):
        next_order(month, by=manager, reason=reason, is_full=is_full)


def test_another_version_needs_a_reason(archived, october, manager):
    with pytest.raises(VersionNeedsReason):
        next_order(october, by=manager, reason="  ")
    assert next_order(october, by=manager, reason="更正两处").version == 2


def test_a_version_that_somebody_else_made_is_refused(archived, october, supervisor):
    with pytest.raises(AlreadyArchived):
        archive_month(Order(month=october, version=1, by=supervisor))


def test_of_two_who_make_a_month_at_once_one_is_refused(october, manager):
    with store.alone(october), pytest.raises(BeingArchived):
        archive_month(next_order(october, by=manager))
    assert archive_month(next_order(october, by=manager)).version == 1


def test_whole_numbers_are_noted_with_their_reason(october, manager):
    archive = archive_month(next_order(october, by=manager, is_full=True, full_reason="公安调取"))
    assert archive.files.filter(kind=FileKind.FULL_WORKBOOK).exists()
    log = ExportLog.objects.get(register="montharchive")
    assert (log.is_full, log.reason, log.by) == (True, "公安调取", manager)


def test_reviewed_days_are_bound(october, manager, supervisor):
    DutyDay.objects.update(state=DayState.REVIEWED)
    archive_month(next_order(october, by=manager))
    day = DutyDay.objects.get()
    assert day.state == DayState.BOUND
    assert day.history.first().history_change_reason == "月度归档装订"


@pytest.mark.parametrize("step", ["bind_month", "write_month_workbook", "_store"])
def test_what_breaks_in_the_middle_leaves_no_half_archive_and_goes_through_again(
    october, manager, monkeypatch, step
):
    class Killed(BaseException):
        """Nothing in between may catch it."""

    def kill(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(archiving, step, kill)
        with pytest.raises(Killed):
            archive_month(next_order(october, by=manager))
    assert not MonthArchive.objects.exists()
    assert not ClosedMonth.objects.exists()
    archive = archive_month(next_order(october, by=manager))
    assert left_in(store.folder()) == set(archive.files.values_list("stored", flat=True))


def test_a_file_that_was_stored_without_its_archive_is_swept_away(october, manager, monkeypatch):
    def kill(month, *, by):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(archiving, "close_month", kill)
        with pytest.raises(KeyboardInterrupt):
            archive_month(next_order(october, by=manager))
    assert len(left_in(store.folder())) == 3
    archive = archive_month(next_order(october, by=manager))
    assert left_in(store.folder()) == set(archive.files.values_list("stored", flat=True))


def test_a_change_while_it_is_made_begins_it_anew(october, manager, find, monkeypatch):
    tries, whole = [], archiving.bind_month

    def changing(*args, **kwargs):
        if not tries:
            amend(find, by=manager, colour="蓝色")
        tries.append(None)
        return whole(*args, **kwargs)

    monkeypatch.setattr(archiving, "bind_month", changing)
    archive = archive_month(next_order(october, by=manager))
    assert len(tries) == 2
    now = {each.register.key: dict(each.records) for each in contents_of(october)}
    assert archive.facts["records"] == now


def test_a_ledger_that_is_published_while_it_is_made_begins_it_anew(october, manager, monkeypatch):
    whole, left = archiving.bind_month, list(MALL[:1])

    def publishing(*args, **kwargs):
        if left:
            switch_on_preset(left.pop().code, by=manager)
        return whole(*args, **kwargs)

    monkeypatch.setattr(archiving, "bind_month", publishing)
    archive = archive_month(next_order(october, by=manager))
    assert f"ledger-{MALL[0].code}" in [each["key"] for each in archive.facts["registers"]]


def test_a_ledger_published_at_every_try_is_named_in_the_refusal(october, manager, monkeypatch):
    whole, left = archiving.bind_month, list(MALL)

    def publishing(*args, **kwargs):
        switch_on_preset(left.pop().code, by=manager)
        return whole(*args, **kwargs)

    monkeypatch.setattr(archiving, "bind_month", publishing)
    with pytest.raises(ChangedWhileArchiving, match=MALL[len(left) - archiving.MOST_TRIES].label):
        archive_month(next_order(october, by=manager))


def test_a_month_that_never_stands_still_is_not_archived(october, manager, find, monkeypatch):
    whole = archiving.bind_month

    def changing(*args, **kwargs):
        find.refresh_from_db()
        amend(find, by=manager, features=f"{find.features}一")
        return whole(*args, **kwargs)

    monkeypatch.setattr(archiving, "bind_month", changing)
    with pytest.raises(ChangedWhileArchiving) as refused:
        archive_month(next_order(october, by=manager))
    assert find.number in refused.value.sentence
    assert not MonthArchive.objects.exists()


def test_the_work_is_queued_says_how_far_it_is_and_is_there_afterwards(october, manager):
    task = ask_for_archive(next_order(october, by=manager), by=manager)
    assert ask_for_archive(next_order(october, by=manager), by=manager) == task
    assert run_next_task("a")
    task.refresh_from_db()
    assert (task.state, task.done) == (LongTaskState.DONE, task.total)
    assert MonthArchive.objects.get().made_by == manager
    assert "2026年10月 第 1 版" in Message.objects.get(person=manager).sentence


def test_a_killed_runner_leaves_the_work_to_the_next(october, manager):
    task = ask_for_archive(next_order(october, by=manager), by=manager)
    # What a kill leaves: the work is still said to run, and there is a half made file.
    LongTask.objects.update(state=LongTaskState.RUNNING)
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["killed"])
    (store.fresh_workplace(october) / "half.pdf").write_bytes(b"%PDF")
    assert give_back_orphans() == 1
    assert run_next_task("next")
    task.refresh_from_db()
    assert task.state == LongTaskState.DONE
    archive = MonthArchive.objects.get()
    assert left_in(store.folder()) == set(archive.files.values_list("stored", flat=True))


def test_the_work_is_not_done_for_who_lost_the_right(october, manager):
    task = ask_for_archive(next_order(october, by=manager), by=manager)
    manager.groups.clear()
    run_next_task("a")
    task.refresh_from_db()
    assert (task.state, task.said) == (LongTaskState.FAILED, NotAllowed(right="月度归档", whom="部门经理").sentence)


def test_an_archive_cannot_be_changed(archived):
    for change in (
        lambda: MonthArchive.objects.update(version=7), lambda: MonthArchiveFile.objects.all().delete(),
        lambda: ClosedMonth.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_stored_file_is_sealed_and_proved(archived):
    file = archived.files.get(kind=FileKind.BINDER)
    path = store.folder() / file.stored
    assert not path.read_bytes().startswith(b"%PDF")
    assert path.stat().st_mode & 0o077 == 0
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    with pytest.raises(FileDamaged):
        store.check(file)


def test_a_correction_is_listed_in_the_next_version(archived, october, find, manager, clerk, clock):
    clock.shift(dt.timedelta(days=3))
    with correcting("颜色写错了"):
        amend(find, by=clerk, version=find.version, colour="蓝色")
    second = archive_month(next_order(october, by=manager, reason="更正一处"))
    assert archived.facts["corrections"] == []
    assert second.facts["corrections"] == [{
        "at": "2026-11-05 09:00", "register": "拾物", "number": find.number, "reason": "颜色写错了", "by": "王芳",
        "changes": "颜色:黑色 → 蓝色",
    }]
