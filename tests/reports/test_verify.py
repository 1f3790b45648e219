"""`manage.py verify` finds one changed record in a closed month, and tells it from what the program did."""

import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command

from lostfound.choices import ItemState
from lostfound.models import FoundItem
from reports.choices import FileKind
from reports.errors.archives import FileDamaged, NotAnArchive
from reports.models import MonthArchive
from reports.services import store
from reports.services.archiving import archive_month, next_order
from reports.services.verifying import verify_archives, verify_folder
from servicedesk.services.closedmonths import correcting
from servicedesk.services.search import index_record
from servicedesk.services.transitions import amend, move
from tests.reports.conftest import local

pytestmark = pytest.mark.django_db


def faults() -> list[str]:
    return list(verify_archives().faults)


def test_nothing_is_found_when_all_is_as_it_was_archived(archived):
    checked = verify_archives()
    assert (list(checked.faults), list(checked.notes), checked.said) == ([], [], "月度归档 1 份已核对。")


def test_one_changed_record_is_found(archived, find):
    FoundItem.objects.filter(pk=find.pk).update(colour="红色")
    assert faults() == [f"2026年10月 第 1 版:拾物 {find.number} 与归档时不同"]


def test_a_record_that_is_gone_or_was_put_in_is_found(archived, find):
    kept = FoundItem.objects.get(pk=find.pk)
    FoundItem.objects.filter(pk=find.pk).update(created_at=local("09:00", dt.date(2026, 9, 1)))
    assert faults() == [f"2026年10月 第 1 版:拾物 {find.number} 不见了"]
    FoundItem.objects.filter(pk=find.pk).update(created_at=kept.created_at)
    kept.pk, kept.number = None, "SW-20261020-999"
    FoundItem.objects.bulk_create([kept])
    assert faults() == ["2026年10月 第 1 版:拾物 SW-20261020-999 是归档以后多出来的"]


def test_a_row_below_a_record_that_had_ended_is_found(october, find, clerk, manager):
    amend(find, by=clerk, state=ItemState.RETURNED)
    archive_month(next_order(october, by=manager))
    move_ = find.moves.first()
    move_.pk = None
    type(move_).objects.bulk_create([move_])
    assert faults() == [f"2026年10月 第 1 版:拾物 {find.number} 与归档时不同"]


def test_a_correction_is_no_fault(archived, find, clerk, clock):
    clock.shift(dt.timedelta(days=1))
    with correcting("颜色写错了"):
        amend(find, by=clerk, version=find.version, colour="蓝色")
    checked = verify_archives()
    assert list(checked.faults) == []
    assert list(checked.notes) == [f"2026年10月 第 1 版:拾物 {find.number} 与归档时不同(更正:颜色写错了)"]


def test_work_that_went_on_is_no_fault(archived, find, clerk, clock):
    clock.shift(dt.timedelta(days=1))
    move(find, ItemState.CLAIMING, by=clerk)
    checked = verify_archives()
    assert list(checked.faults) == []
    assert list(checked.notes) == [f"2026年10月 第 1 版:拾物 {find.number} 与归档时不同(归档后继续办理)"]


def test_a_change_behind_a_correction_is_found(archived, find, clerk, clock):
    clock.shift(dt.timedelta(days=1))
    with correcting("颜色写错了"):
        amend(find, by=clerk, version=find.version, colour="蓝色")
    FoundItem.objects.filter(pk=find.pk).update(colour="红色")
    assert faults() == [f"2026年10月 第 1 版:拾物 {find.number} 与归档时不同"]


def test_the_next_version_holds_the_correction(archived, october, find, clerk, manager, clock):
    clock.shift(dt.timedelta(days=1))
    with correcting("颜色写错了"):
        amend(find, by=clerk, version=find.version, colour="蓝色")
    clock.shift(dt.timedelta(minutes=1))
    archive_month(next_order(october, by=manager, reason="更正一处"))
    checked = verify_archives()
    assert (list(checked.faults), list(checked.notes)) == ([], [])


def test_a_file_that_was_changed_is_found_and_one_that_is_gone_is_said(archived):
    workbook, binder = archived.files.get(kind=FileKind.WORKBOOK), archived.files.get(kind=FileKind.BINDER)
    other = (store.folder() / workbook.stored).read_bytes()
    (store.folder() / binder.stored).write_bytes(other)
    assert faults() == [f"2026年10月 第 1 版的 {binder.name} 与清单的校验值不符"]
    (store.folder() / binder.stored).unlink()
    checked = verify_archives()
    assert (list(checked.faults), list(checked.notes)) == ([], [f"2026年10月 第 1 版的 {binder.name} 不在"])


def test_a_damaged_file_is_not_taken_out_and_none_is_left_in_half(archived, tmp_path):
    workbook, binder = (archived.files.get(kind=kind) for kind in (FileKind.WORKBOOK, FileKind.BINDER))
    (store.folder() / binder.stored).write_bytes((store.folder() / workbook.stored).read_bytes())
    with pytest.raises(FileDamaged):
        store.write_out(archived, tmp_path)
    left = {path.name for path in tmp_path.iterdir()}
    assert workbook.name in left
    assert not [name for name in left if name.startswith(binder.name)]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"month": "2026-10", "version": 1}'])
def test_what_is_no_manifest_is_refused(tmp_path, text):
    (tmp_path / "清单.json").write_text(text)
    with pytest.raises(NotAnArchive):
        verify_folder(tmp_path)


def test_an_archive_that_was_taken_out_is_checked(archived, tmp_path, find):
    store.write_out(archived, tmp_path / "out")
    assert list(verify_folder(tmp_path / "out").faults) == []
    FoundItem.objects.filter(pk=find.pk).update(colour="红色")
    with pytest.raises(CommandError, match="发现 1 处不符"):
        call_command("verify", str(tmp_path / "out"), stdout=io.StringIO())


@pytest.mark.one_database
def test_a_manifest_or_file_changed_outside_is_found(archived, tmp_path):
    paths = store.write_out(archived, tmp_path)
    manifest = next(path for path in paths if path.name.endswith("清单.json"))
    workbook = next(path for path in paths if path.suffix == ".xlsx")
    facts = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**facts, "reason": "改过"}, ensure_ascii=False))
    workbook.write_bytes(workbook.read_bytes() + b" ")
    assert list(verify_folder(tmp_path).faults) == [
        "2026年10月 第 1 版的清单被改过,或不是本系统归档的",
        f"2026年10月 第 1 版的 {workbook.name} 与清单的校验值不符",
    ]


@pytest.mark.one_database
def test_a_folder_without_an_archive_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="没有归档清单"):
        call_command("verify", str(tmp_path), stdout=io.StringIO())


def test_verify_without_a_folder_asks_days_and_archives(archived, find):
    out = io.StringIO()
    call_command("verify", stdout=out)
    assert "月度归档 1 份已核对。" in out.getvalue()
    FoundItem.objects.filter(pk=find.pk).update(colour="红色")
    with pytest.raises(CommandError, match="发现 1 处不符"):
        call_command("verify", stdout=out)


def test_the_command_archives_writes_out_and_gives_the_newest_again(october, tmp_path):
    out = io.StringIO()
    call_command("month_archive", "2026-10", out=str(tmp_path / "one"), stdout=out)
    archive = MonthArchive.objects.get()
    assert {path.name for path in (tmp_path / "one").iterdir()} == set(archive.files.values_list("name", flat=True))
    call_command("month_archive", "2026-10", out=str(tmp_path / "two"), stdout=out)
    assert MonthArchive.objects.count() == 1
    one, two = (sorted(p.read_bytes() for p in (tmp_path / name).iterdir()) for name in ("one", "two"))
    assert one == two
    for wrong in ("2026-13", "十月"):
        with pytest.raises(CommandError, match="月份请写成 2026-10"):
            call_command("month_archive", wrong, stdout=out)


def test_an_unchanged_record_that_is_indexed_again_is_no_late_one(archived, find):
    index_record(find)
    assert list(verify_archives().notes) == []
