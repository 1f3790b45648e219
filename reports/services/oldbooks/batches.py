"""旧账导入: uploaded, checked, confirmed, written, taken back. Nothing is written before all rows are right."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from reports.choices import OldBookState
from reports.errors.oldbooks import SameFile, StillWrong
from reports.models import OldBookImport
from reports.services.oldbooks import store
from reports.services.oldbooks.judging import Judge, JudgedRow
from reports.services.oldbooks.reading import guard
from reports.services.oldbooks.sheets import errors_of, said_of, shown
from reports.services.oldbooks.undoing import remove_all
from reports.services.oldbooks.writing import write_rows
from servicedesk.errors import NotAllowed, Refusal
from servicedesk.models import LongTask, User
from servicedesk.services import preferences
from servicedesk.services.longtasks import Made, Progress, ask_for
from servicedesk.services.transitions import move

CHECK, WRITE = "reports.oldbook_check", "reports.oldbook_write"
RIGHT = "reports.add_oldbookimport"
# A small file is checked while its person waits.
CHECKED_AT_ONCE = 300 * 1024
PREVIEWED = 20
ERRORS_SHOWN = 50
CHUNK = 250


def upload(book: Any, content: bytes, *, name: str, year: int, by: User, point: Any) -> OldBookImport:
    """Take a file in and check it, a large one in the background. Nothing of it enters a register.

    Raises:
        NotAllowed: the ledger's own right is missing.
        FileTooLarge, NotAWorkbook, Overblown: it is not opened.
        SameFile: it has come in before.
        NoHeads, HeadMissing, HeadTwice, NoRows, TooManyOldRows, BrokenWorkbook: a small file.
    """
    check_rights(book, by)
    guard(content)
    batch = OldBookImport(
        book=book.key, service_point=point, file_name=name[-120:], sha256=hashlib.sha256(content).hexdigest(),
        stored=store.new_name(), year=year, at=timezone.now(), by=by,
    )
    refuse_same(batch)
    store.keep(batch.stored, store.FILE, content)
    try:
        with transaction.atomic():
            batch._history_user = by
            batch.save()
            if len(content) > CHECKED_AT_ONCE:
                ask_for(CHECK, f"核对旧账 {batch.number} {book.label}", {"batch": batch.pk}, by=by, right=RIGHT)
            else:
                check(batch)
    except Exception:
        store.forget(batch.stored)
        raise
    return batch


def check_rights(book: Any, by: User) -> None:
    """Who imports may also register by hand. Raises NotAllowed."""
    if not by.is_active or not by.has_perms([RIGHT, book.right]):
        raise NotAllowed(right=f"导入{book.label}旧账", whom="部门经理")


def refuse_same(batch: OldBookImport) -> None:
    same = OldBookImport.objects.same_file(batch).first()
    if same:
        raise SameFile(number=same.number)


@preferences.one_reading()
def check(batch: OldBookImport, progress: Progress | None = None) -> int:
    """Judge every row, keep what the screen shows and the workbook of errors; returns how many are wrong."""
    judge = Judge(batch, store.fetch(batch.stored, store.FILE))
    rows, wrong, first = 0, [], []
    for judged in judge.rows():
        rows += 1
        if judged.wrong:
            wrong.append(judged)
        if len(first) < PREVIEWED:
            first.append(judged)
        judged.record = None
        if progress and rows % CHUNK == 0:
            progress(rows, 0)
    _keep_findings(batch, judge, wrong, first)
    with transaction.atomic():
        OldBookImport.objects.filter(pk=batch.pk).update(rows=rows, bad=len(wrong))
        batch.refresh_from_db()
        if batch.state == OldBookState.CHECKING:
            move(batch, OldBookState.WAITING, by=batch.by, reason="核对完毕")
    return len(wrong)


def _keep_findings(
    batch: OldBookImport, judge: Judge, wrong: Sequence[JudgedRow], first: Sequence[JudgedRow]
) -> None:
    heads = judge.heads
    assert heads is not None
    found = {
        "matched": [[heads.titles[place], column.title] for place, column in heads.places.items()],
        "unknown": heads.unknown,
        "absent": [each.title for each in judge.book.columns if each not in heads.places.values()],
        "titles": list(heads.titles),
        "first": [
            {"row": row.row, "cells": shown(row.cells, len(heads.titles)), "wrong": ";".join(row.wrong)}
            for row in first
        ],
        "wrong": [said_of(row) for row in wrong[:ERRORS_SHOWN]],
    }
    store.keep(batch.stored, store.PREVIEW, json.dumps(found, ensure_ascii=False).encode())
    if wrong:
        store.keep(batch.stored, store.ERRORS, errors_of(heads, wrong))


@transaction.atomic
def confirm(batch: OldBookImport, *, by: User) -> LongTask:
    """Queue the writing of a batch in which nothing is wrong.

    Raises:
        NotAllowed, StillWrong, SameFile, UploadGone.
        NotPossibleNow, SomeoneWasFaster: it does not wait any more.
    """
    check_rights(batch.of, by)
    if batch.bad:
        raise StillWrong(bad=batch.bad)
    refuse_same(batch)
    store.fetch(batch.stored, store.FILE)
    move(
        batch, OldBookState.RUNNING, by=by, reason="确认导入", confirmed_at=timezone.now(), confirmed_by=by, said="",
    )
    title = f"导入旧账 {batch.number} {batch.of.label} {batch.rows} 行"
    return ask_for(WRITE, title, {"batch": batch.pk}, by=by, total=batch.rows, right=RIGHT)


def run_check(long_task: LongTask, progress: Progress) -> Made:
    """The work of checking a large file. What cannot be read at all is given up, with the reason."""
    batch = OldBookImport.objects.get(pk=long_task.facts["batch"])
    if batch.state != OldBookState.CHECKING:
        return Made("已核对")
    try:
        bad = check(batch, progress)
    except Refusal as refusal:
        _drop(batch, by=batch.by, said=refusal.sentence)
        raise
    return Made(f"{batch.rows} 行,{f'{bad} 行有错' if bad else '没有错'},请到“旧账导入”查看")


def run_writing(long_task: LongTask, progress: Progress) -> Made:
    """The work of writing a batch; begun again after its runner was killed, it goes on where it stopped.

    When a row is found wrong, or anything breaks, all that was written of the batch is removed again.
    """
    batch = OldBookImport.objects.get(pk=long_task.facts["batch"])
    if batch.state != OldBookState.RUNNING:
        return Made(batch.said or str(batch.get_state_display()))
    by, name = batch.confirmed_by or batch.by, batch.stored
    try:
        write(batch, progress)
    except Exception as failure:
        said = failure.sentence if isinstance(failure, Refusal) else "没有做完,一行也没有留下,请再确认一次"
        remove_all(batch, by=by, reason=f"旧账导入 {batch.number} 没有做完")
        with transaction.atomic():
            move(batch, OldBookState.WAITING, by=by, reason=said[:100], said=said[:200])
        raise
    store.forget(name)
    return Made(f"已导入 {batch.rows} 行,可在“旧账导入”里查看或撤销")


@preferences.one_reading()
def write(batch: OldBookImport, progress: Progress) -> None:
    """Judge all rows once more, then write them, some hundred per transaction: no desk waits for long."""
    bad = check(batch)
    if bad:
        raise StillWrong(bad=bad)
    judge = Judge(batch, store.fetch(batch.stored, store.FILE))
    done = set(batch.written.values_list("row", flat=True))
    count = len(done)
    for rows in chunks(row for row in judge.rows() if row.row not in done):
        with transaction.atomic():
            write_rows(batch, rows)
        count += len(rows)
        progress(min(count, batch.rows - 1), batch.rows)
    with transaction.atomic():
        move(
            batch, OldBookState.DONE, by=batch.confirmed_by or batch.by, reason=f"已导入 {count} 行",
            ended_at=timezone.now(), stored="",
        )


def chunks(rows: Iterator[JudgedRow]) -> Iterator[list[JudgedRow]]:
    while some := list(islice(rows, CHUNK)):
        yield some


def drop(batch: OldBookImport, *, by: User) -> None:
    """放弃: the file goes, nothing was written.

    Raises:
        NotPossibleNow, SomeoneWasFaster: it is being written, or has ended.
    """
    _drop(batch, by=by, said="")


def _drop(batch: OldBookImport, *, by: User, said: str) -> None:
    name = batch.stored
    with transaction.atomic():
        move(
            batch, OldBookState.DROPPED, by=by, reason=said[:100] or "放弃", ended_at=timezone.now(), stored="",
            said=said[:200],
        )
    store.forget(name)


def drop_old() -> str:
    """Give up what nobody confirmed within the days of the setting, and throw away files that no batch needs."""
    before = timezone.now() - dt.timedelta(days=preferences.value("reports.oldbook_days"))
    old = OldBookImport.objects.filter(state__in=[OldBookState.CHECKING, OldBookState.WAITING], at__lt=before)
    for batch in list(old.select_related("by")):
        _drop(batch, by=batch.by, said="没有确认,已过保留期")
    store.sweep(set(OldBookImport.objects.exclude(stored="").values_list("stored", flat=True)))
    return ""
