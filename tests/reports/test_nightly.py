"""What the program does by itself: the archive of last month on its day, papers at night, forgetting with the rest."""

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reports.choices import FileKind
from reports.errors.archives import ChangedWhileArchiving, FileGone
from reports.models import MonthArchive
from reports.personal import forget_archives
from reports.services import nightly, store
from reports.services.nightly import archive_when_due, draw_at_night
from servicedesk.models import Message
from servicedesk.services import preferences
from servicedesk.services.tasks import run_next_task
from tests.reports.conftest import local

pytestmark = pytest.mark.django_db


def queued() -> int:
    return DBTaskResult.objects.count()


def test_last_month_is_archived_once_its_day_and_hour_have_come(october, manager, clock):
    clock.move_to(local("03:00", dt.date(2026, 11, 3)))
    assert archive_when_due() == ""
    clock.move_to(local("03:40", dt.date(2026, 11, 3)))
    assert archive_when_due() == "2026年10月排队归档"
    assert archive_when_due() == ""
    assert run_next_task("a")
    archive = MonthArchive.objects.get()
    assert archive.made_by is None
    assert archive.facts["made_by"] == "系统自动"
    assert f"缺漏 {archive.gap_count} 项" in Message.objects.get(person=manager).sentence


def test_it_is_not_archived_when_somebody_did_or_when_switched_off(archived, manager, clock):
    clock.move_to(local("09:00", dt.date(2026, 11, 5)))
    assert archive_when_due() == ""
    clock.move_to(local("09:00", dt.date(2026, 12, 5)))
    preferences.choose("reports.archives_by_itself", False, by=manager)
    assert archive_when_due() == ""
    assert queued() == 0


def test_a_month_without_a_day_is_left_alone(october, clock):
    clock.move_to(local("09:00", dt.date(2026, 12, 5)))
    assert archive_when_due() == ""


def test_what_failed_is_said_and_not_tried_at_every_look(october, manager, clock, monkeypatch):
    def refuse(*args, **kwargs):
        raise ChangedWhileArchiving(month=october, number="SW-1")

    monkeypatch.setattr(nightly, "archive_month", refuse)
    clock.move_to(local("04:00", dt.date(2026, 11, 3)))
    assert archive_when_due() == "2026年10月排队归档"
    run_next_task("a")
    assert Message.objects.get(person=manager).sentence.startswith("2026年10月没有自动归档:归档的时候一直有人在修改")
    assert archive_when_due() == ""
    clock.move_to(local("22:00", dt.date(2026, 11, 3)))
    assert archive_when_due() == "2026年10月排队归档"


def test_papers_are_drawn_at_night_once(october, clock, monkeypatch):
    assert draw_at_night() == ""
    clock.move_to(timezone.make_aware(dt.datetime(2026, 11, 3, 2, 0)))
    months = []
    monkeypatch.setattr(nightly, "draw_ahead", months.append)
    assert draw_at_night() == "夜间绘制表单"
    assert draw_at_night() == ""
    assert run_next_task("a")
    assert [month.key for month in months] == ["2026-10", "2026-11"]


def test_when_a_record_forgets_its_people_the_archives_of_its_month_go_but_for_the_manifest(archived, find, case):
    forget_archives([find])
    for kind in (FileKind.WORKBOOK, FileKind.BINDER):
        with pytest.raises(FileGone):
            store.check(archived.files.get(kind=kind))
    store.check(archived.files.get(kind=FileKind.MANIFEST))


def test_the_archives_of_other_months_stay(archived, find):
    find.created_at = local("09:00", dt.date(2026, 9, 1))
    forget_archives([find])
    store.check(archived.files.get(kind=FileKind.BINDER))
