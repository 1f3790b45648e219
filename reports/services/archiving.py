"""月度归档: the files of a month are made, stored, and its month is closed. All of it, or nothing that shows."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from dutylog.services.binding import bind_days
from reports.choices import FileKind
from reports.errors.archives import (
    AlreadyArchived,
    ChangedWhileArchiving,
    FullNeedsReason,
    MonthNotOver,
    NothingInMonth,
    VersionNeedsReason,
)
from reports.models import MonthArchive, MonthArchiveFile
from reports.services import store
from reports.services.binder import bind_month
from reports.services.contents import RegisterContent, contents_of
from reports.services.manifest import Facts, facts_of, seal_of, written
from reports.services.workbook import write_month_workbook
from servicedesk.errors import NotAllowed
from servicedesk.models import ExportLog, LongTask, User
from servicedesk.periods import Period, read_month
from servicedesk.register import whole_books
from servicedesk.services.closedmonths import close_month
from servicedesk.services.longtasks import Made, Progress, ask_for

KEY = "reports.month_archive"
RIGHT = "reports.add_montharchive"
FULL = "servicedesk.export_full"
LOG = "montharchive"
MOST_TRIES = 3
Said = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is asked for: the next version of a month, why, and with whole numbers when there is a use for them."""

    month: Period
    version: int
    by: User | None = None
    reason: str = ""
    full_reason: str = ""


def next_order(
    month: Period, *, by: User | None, reason: str = "", full_reason: str = "", is_full: bool = False
) -> Order:
    """The order for the next version of a month.

    Raises:
        MonthNotOver, NothingInMonth: there is nothing to archive yet, or at all.
        VersionNeedsReason: there is a version, and no reason for another.
        FullNeedsReason: whole numbers without saying what for.
    """
    if not month.is_over():
        raise MonthNotOver(month=month)
    last = MonthArchive.objects.filter(month=month.first).order_by("-version").first()
    if last is not None and not reason.strip():
        raise VersionNeedsReason(month=month, version=last.version, field="reason")
    if is_full and not full_reason.strip():
        raise FullNeedsReason(field="full_reason")
    if not any(r.of_month(month).exists() for r in whole_books() if not r.is_standing):
        raise NothingInMonth(month=month)
    version = last.version + 1 if last else 1
    return Order(month=month, version=version, by=by, reason=reason.strip()[:200],
                 full_reason=full_reason.strip()[:200] if is_full else "")


def ask_for_archive(order: Order, *, by: User) -> LongTask:
    """Queue the making; asked for twice while it runs, it is the same work."""
    facts = {"month": order.month.key, "version": order.version, "reason": order.reason,
             "full_reason": order.full_reason}
    return ask_for(KEY, f"归档 {order.month} 第 {order.version} 版", facts, by=by, right=RIGHT)


def make_archive(long_task: LongTask, progress: Progress) -> Made:
    """The work itself. Rights are judged now; begun again after a kill, it goes on where papers are drawn already."""
    facts, by = long_task.facts, long_task.by
    rights = [RIGHT, *([FULL] if facts["full_reason"] else [])]
    if not by.is_active or not by.has_perms(rights):
        raise NotAllowed(right="月度归档", whom="部门经理")
    order = Order(month=read_month(facts["month"]), version=facts["version"], by=by, reason=facts["reason"],
                  full_reason=facts["full_reason"])
    archive = archive_month(order, progress)
    sizes = "、".join(f"{file.get_kind_display()} {_size(file.size)}" for file in archive.files.all())
    return Made(f"{archive}:{sizes}")


def archive_month(order: Order, progress: Said = lambda done, total: None) -> MonthArchive:
    """Bind the days of the month, make the version that was ordered, close the month; made already, it is given back.

    Raises:
        BeingArchived: somebody is making this month now.
        AlreadyArchived: somebody else made this version meanwhile.
        ChangedWhileArchiving: records of the month changed at every try.
    """
    with store.alone(order.month):
        there = MonthArchive.objects.filter(month=order.month.first, version=order.version).first()
        if there is not None and there.made_by != order.by:
            raise AlreadyArchived(month=order.month, version=order.version)
        return there or _made(order, progress)


def _made(order: Order, progress: Said) -> MonthArchive:
    store.sweep(order.month)
    # Before anything is read: the days stand in workbook and binder as what they are now.
    bind_days(order.month, by=order.by)
    try:
        for _ in range(MOST_TRIES):
            before = contents_of(order.month)
            facts, files = build(order, before, store.fresh_workplace(order.month), progress)
            after = contents_of(order.month)
            if before == after:
                return _store(order, facts, before, files)
    finally:
        shutil.rmtree(store.folder() / f"{order.month.key}{store.UNFINISHED}", ignore_errors=True)
    raise ChangedWhileArchiving(month=order.month, number=_first_difference(before, after))


def build(
    order: Order, contents: Sequence[RegisterContent], place: Path, progress: Said = lambda done, total: None,
    at: Any = None,
) -> tuple[Facts, list[store.Made]]:
    """Make all files of a version but the manifest in the folder `place`, as of the moment `at`."""
    at, month = at or timezone.now(), order.month
    facts = facts_of(month, order.version, contents, at=at, by=order.by, reason=order.reason)
    name = f"月度归档-{month.key}-第{order.version}版"
    binder = bind_month(place / f"{name}-装订册.pdf", month, facts, at=at, progress=progress)
    facts |= {"forms": binder.forms, "pages": binder.pages, "gaps": binder.gaps}
    write_month_workbook(place / f"{name}.xlsx", month, facts, at=at, is_full=False)
    made = [
        store.made(FileKind.WORKBOOK, place / f"{name}.xlsx"),
        store.made(FileKind.BINDER, place / f"{name}-装订册.pdf"),
    ]
    if order.full_reason:
        write_month_workbook(place / f"{name}-完整号码.xlsx", month, facts, at=at, is_full=True)
        made.append(store.made(FileKind.FULL_WORKBOOK, place / f"{name}-完整号码.xlsx"))
    return facts, made


def _store(
    order: Order, facts: Facts, contents: Sequence[RegisterContent], files: Sequence[store.Made]
) -> MonthArchive:
    """Seal the files away, then in one transaction: the archive, its files, the closed month."""
    text = written(facts, contents, files)
    path = files[0].path.with_name(f"月度归档-{order.month.key}-第{order.version}版-清单.json")
    path.write_text(text, encoding="utf-8")
    manifest = store.made(FileKind.MANIFEST, path)
    stored = [(file, store.store(order.month, file)) for file in (*files, manifest)]
    try:
        with transaction.atomic():
            archive = MonthArchive.objects.create(
                month=order.month.first, version=order.version, made_at=facts["made_at"], made_by=order.by,
                reason=order.reason, manifest=text, seal=seal_of(text),
            )
            MonthArchiveFile.objects.bulk_create(
                MonthArchiveFile(archive=archive, kind=file.kind, name=file.name, size=file.size,
                                 sha256=file.sha256, stored=name)
                for file, name in stored
            )
            close_month(order.month, by=order.by)
            _note_full(order, archive)
    except IntegrityError:
        store.sweep(order.month)
        raise AlreadyArchived(month=order.month, version=order.version) from None
    archive.refresh_from_db()
    return archive


def _note_full(order: Order, archive: MonthArchive) -> None:
    """Whole numbers leave the records here: that stands on record with the reason."""
    if order.full_reason and order.by:
        ExportLog.objects.create(
            register=LOG, query=f"{archive} 制作工作簿(完整号码)",
            rows=sum(each["rows"] for each in archive.facts["registers"]),
            is_full=True, reason=order.full_reason, by=order.by,
        )


def _first_difference(before: Sequence[RegisterContent], after: Sequence[RegisterContent]) -> str:
    """A record that one of them lacks or has otherwise, by what it is called; else the book that came or changed."""
    was, now = (
        {(each.register.label, *record) for each in contents for record in each.records.items()}
        for contents in (before, after)
    )
    books = [each.register.label for each in after if each not in before]
    return min((record for _, record, _ in was ^ now), default=books[0] if books else "")


def _size(count: int) -> str:
    return f"{max(count // 1024, 1)} KB" if count < 1024 * 1024 else f"{count / 1024 ** 2:.1f} MB"
