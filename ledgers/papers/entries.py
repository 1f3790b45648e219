"""The form of one entry, filled and blank, in the version that the entry was written in."""

import datetime as dt
from typing import Any

from django.db.models import Q

from ledgers.choices import DUE_LABEL, ENDED_LABEL, STOCKED, TOLD_LABEL, EntryState, Proof, Service
from ledgers.models import LedgerEntry, LedgerKind, LedgerVersion
from ledgers.papers.cells import LINE, Cell, field_cell, lines_of
from servicedesk.paper import Paper
from servicedesk.templatetags.papers import written, yuan

RIGHT = "ledgers.print_ledgerentry"
LEAST_READINGS = 6
THIRD, QUARTER = 12, 9


def form_code(kind: LedgerKind) -> str:
    return f"KF-4-{kind.prefix}"


def form_paper(kind: LedgerKind, version: LedgerVersion) -> Paper:
    """The paper of an entry; empty it is the version's own."""
    return Paper(
        key=f"ledger-{kind.code}", form_code=form_code(kind), title=version.title, template="ledgers/print/entry.html",
        size="a4", model=LedgerEntry, context=lambda entry: form_context(kind, entry, version), right=RIGHT,
        only=Q(kind=kind.pk), title_of=lambda entry: entry.kind_version.title,
        fits=lambda entry: entry.kind_id == kind.pk,
        version=f"A/{max(version.number - 1, 0)}",
    )


def form_context(kind: LedgerKind, entry: LedgerEntry | None, version: LedgerVersion) -> dict[str, Any]:
    """The facts of the form."""
    version = entry.kind_version if entry else version
    cells = [Cell("时间", _at(entry.happened_at if entry else None), QUARTER * 2), *_working(kind, entry)]
    return {
        "entry": entry, "kind": kind, "version": version, "is_filled": entry is not None,
        "is_void": entry is not None and entry.state == EntryState.VOID,
        "lines": lines_of(cells) + lines_of([field_cell(field, entry) for field in version.columns]),
        "endings": lines_of(_ending(kind, entry)), "readings": _readings(kind, entry),
        "signs": _signs(version), "footnotes": version.footnotes, "units": range(LINE),
    }


def _at(moment: dt.datetime | None) -> str:
    return written(moment, "full")


def _signs(version: LedgerVersion) -> list[dict[str, Any]]:
    """The signature row: its labels over the whole line."""
    labels = list(version.signatures)
    if not labels:
        return []
    share, rest = divmod(LINE, len(labels))
    return [{"label": label, "span": share + (rest if not place else 0)} for place, label in enumerate(labels)]


def _working(kind: LedgerKind, entry: LedgerEntry | None) -> list[Cell]:
    """What the ledger works with: thing, person, term, what is held."""
    found = []
    if kind.service in STOCKED:
        found.append(Cell("物品", entry.amount if entry else "", QUARTER * 2))
    if kind.service in TOLD_LABEL:
        label = TOLD_LABEL[Service(kind.service)]
        found.append(Cell(label, entry.told_person.name if entry and entry.told_person else "", QUARTER * 2))
    if kind.service in (Service.LOAN, Service.DEPOSIT):
        label = DUE_LABEL[Service(kind.service)]
        found.append(Cell(label, _at(entry.due_at if entry else None), QUARTER * 2))
    if kind.service == Service.LOAN:
        money = f"¥{yuan(entry.deposit)}" if entry and entry.deposit else "无" if entry else "¥"
        found += [Cell("押金", money, QUARTER), Cell("押证件", entry.held_document or "无" if entry else "", QUARTER)]
    return found


def _ending(kind: LedgerKind, entry: LedgerEntry | None) -> list[Cell]:
    """What became of it; on a form that is still open, room to write."""
    service = Service(kind.service)
    if service not in ENDED_LABEL:
        return []
    ended = [
        Cell(ENDED_LABEL[service], _at(entry.ended_at if entry else None), QUARTER * 2),
        Cell("经手人", entry.ended_by.name if entry and entry.ended_by else "", QUARTER * 2),
    ]
    result = Cell("结果", entry.result if entry else "", LINE, is_long=service == Service.DUE)
    if service == Service.LOAN:
        back = f"¥{yuan(entry.deposit_returned)}" if entry and entry.deposit_returned is not None else ""
        damaged = ((bool(entry and entry.is_damaged), "有损坏"),)
        return [*ended, Cell("退还押金", back, QUARTER * 2), Cell("完好情况", "", QUARTER * 2, damaged), result]
    if service == Service.DEPOSIT:
        ticks = tuple((bool(entry) and entry.proof == value, label) for value, label in Proof.choices)
        witness = entry.witness.name if entry and entry.witness else ""
        return [*ended, Cell("取件凭证", "", THIRD * 2, ticks), Cell("复核人", witness, THIRD), result]
    if service == Service.VISIT:
        told, met = (entry.told_at, entry.received_at) if entry else (None, None)
        return [Cell("告知时间", _at(told), QUARTER * 2), Cell("接待时间", _at(met), QUARTER * 2), *ended]
    return [*ended, result] if service != Service.MESSAGE else ended


def _readings(kind: LedgerKind, entry: LedgerEntry | None) -> list[dict[str, Any]]:
    """The lines of a broadcast, one for each time it was read; room for those to come."""
    if kind.service != Service.BROADCAST:
        return []
    rows = [{"at": one.at, "by": one.by.name, "note": one.note} for one in entry.readings.select_related("by")] \
        if entry else []
    is_over = entry is not None and not entry.is_open
    return rows if is_over else rows + [{}] * max(0, LEAST_READINGS - len(rows))
