"""Whether an archive is still what was sealed, and whether the month still is what the archive says.

A record that differs is a fault, unless the program changed it: something still worked on whose own history tells
of it, or a correction with its reason. What else changed was changed behind the program's back.
"""

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db.models import Max

from dutylog.sealedparts import plain
from reports.errors.archives import FileDamaged, FileGone, NotAnArchive
from reports.models import MonthArchive
from reports.services import store
from reports.services.contents import RegisterContent, chain_of, content_of
from reports.services.manifest import seal_of
from servicedesk.models import LateChange
from servicedesk.periods import Period, read_month
from servicedesk.register import Register, whole_books
from servicedesk.services.sealedfiles import PIECE
from servicedesk.verifiers import Checked

# Without these a text is no manifest, whoever wrote it.
ASKED_FOR = {"month", "version", "made_at", "files", "records", "unfinished", "chain"}


@dataclass
class Found:
    """What a check finds on its way."""

    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def verify_archives() -> Checked:
    """Every archive's files and seal, and the newest of each month against the records."""
    found, count = Found(), 0
    for archive in MonthArchive.objects.order_by("month", "version"):
        count += 1
        _seal(str(archive), archive.manifest, archive.seal, found)
        _stored(archive, found)
    for archive in MonthArchive.objects.newest().order_by("month"):
        _records(str(archive), archive.of, archive.facts, found)
    return Checked(found.faults, found.notes, f"月度归档 {count} 份已核对。" if count else "")


def verify_folder(folder: Path) -> Checked:
    """An archive that was taken out: its manifest, its files, and the records.

    Raises:
        NotAnArchive: no manifest lies there, or it cannot be read.
    """
    path = next(iter(sorted(folder.glob("*清单.json"))), None)
    try:
        text = path.read_text(encoding="utf-8") if path else ""
        facts = json.loads(text)
        if not isinstance(facts, dict) or not facts.keys() >= ASKED_FOR:
            raise ValueError
        month, version = read_month(facts["month"]), facts["version"]
    except (OSError, ValueError, TypeError):
        raise NotAnArchive(path=folder) from None
    found = Found()
    archive = MonthArchive.objects.filter(month=month.first, version=version).first()
    name = f"{month} 第 {version} 版"
    _seal(name, text, archive.seal if archive else "", found)
    for file in facts["files"]:
        _taken_out(name, folder / file["name"], file["sha256"], found)
    _records(name, month, facts, found)
    return Checked(found.faults, found.notes, f"{name} 已核对。")


def _seal(name: str, manifest: str, seal: str, found: Found) -> None:
    if not hmac.compare_digest(seal_of(manifest), seal):
        found.faults.append(f"{name}的清单被改过,或不是本系统归档的")


def _stored(archive: MonthArchive, found: Found) -> None:
    for file in archive.files.all():
        try:
            store.check(file)
        except FileGone:
            found.notes.append(f"{archive}的 {file.name} 不在")
        except FileDamaged:
            found.faults.append(f"{archive}的 {file.name} 与清单的校验值不符")


def _taken_out(name: str, path: Path, sha256: str, found: Found) -> None:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
    except OSError:
        found.notes.append(f"{name}的 {path.name} 不在这个文件夹里")
        return
    if digest.hexdigest() != sha256:
        found.faults.append(f"{name}的 {path.name} 与清单的校验值不符")


def _records(name: str, month: Period, facts: dict[str, Any], found: Found) -> None:
    """The records of the month and the chain of its days against the manifest."""
    for register in whole_books():
        if not register.is_standing:
            _register(name, register, month, facts, found)
    links = {link["digest"] for link in chain_of(month)}
    for link in facts["chain"]:
        if link["digest"] not in links:
            found.faults.append(f"{name}:{link['day']} 的锁定记录(链上第 {link['place']} 条)不见了或被改")


def _register(name: str, register: Register, month: Period, facts: dict[str, Any], found: Found) -> None:
    then: dict[str, str] = facts["records"].get(register.key, {})
    now = content_of(register, month)
    for record, sentence in _differences(then, now):
        _judge(f"{name}:{register.label} {record.partition(' #')[0]} {sentence}", register, record, facts, found)


def _differences(then: dict[str, str], now: RegisterContent) -> Iterator[tuple[str, str]]:
    for record, digest in then.items():
        if record not in now.records:
            yield record, "不见了"
        elif now.records[record] != digest:
            yield record, "与归档时不同"
    for record in now.records:
        if record not in then:
            yield record, "是归档以后多出来的"


def _judge(sentence: str, register: Register, record: str, facts: dict[str, Any], found: Found) -> None:
    """A fault, or what the program did: a correction with its reason, or work that went on."""
    key = int(record.rpartition("#")[2])
    late = LateChange.objects.filter(
        register=register.key, object_id=key, at__gte=facts["made_at"],
    ).select_related("by").order_by("pk").last()
    row = register.model._base_manager.filter(pk=key).first()
    if late is not None and row is not None and _is_as_its_history(row):
        found.notes.append(f"{sentence}(更正:{late.reason})")
    elif row is not None and _went_on(row, record in facts["unfinished"].get(register.key, ()), facts["made_at"]):
        found.notes.append(f"{sentence}(归档后继续办理)")
    else:
        found.faults.append(sentence)


def _went_on(row: Any, was_unfinished: bool, made_at: str) -> bool:
    """Whether the row is what its history says, and that goes on after the archive; of what was still worked on,
    rows below it may have come without a line of its own."""
    history = getattr(row, "history", None)
    if history is None:
        return False
    if was_unfinished:
        return _is_as_its_history(row)
    last = history.aggregate(last=Max("history_date"))["last"]
    return last is not None and last > dt.datetime.fromisoformat(made_at) and _is_as_its_history(row)


def _is_as_its_history(row: Any) -> bool:
    history = getattr(row, "history", None)
    newest = history.order_by("-history_id").first() if history is not None else None
    return newest is not None and all(
        plain(getattr(newest, column.attname)) == plain(getattr(row, column.attname))
        for column in row._meta.concrete_fields if hasattr(newest, column.attname)
    )
