"""当日运营信息: what is open, closed, shown, celebrated, repaired; one line each."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from dutylog.choices import OperationKind
from dutylog.models import DutyDay, Operation
from dutylog.services.locks import refuse_locked

_HOURS = re.compile(r"^(\d{1,2}:\d{2})(?:\s*[-–—至到~]\s*(\d{1,2}:\d{2}))?\s+(.+)$")


def read_operation(line: str) -> tuple[dt.time | None, dt.time | None, str]:
    """Hours and words of a line: `10:30-11:10 大剧院` → 10:30, 11:10, 大剧院. A line without hours is all words."""
    found = _HOURS.match(unicodedata.normalize("NFKC", line.strip()))
    if found is None:
        return None, None, line.strip()
    try:
        begins = dt.time.fromisoformat(found[1].zfill(5))
        ends = dt.time.fromisoformat(found[2].zfill(5)) if found[2] else None
    except ValueError:
        return None, None, line.strip()
    return begins, ends, found[3].strip()


def said(operation: Operation) -> str:
    """The line as it was typed: hours first."""
    hours = f"{operation.starts_at:%H:%M}" if operation.starts_at else ""
    if operation.starts_at and operation.ends_at:
        hours += f"-{operation.ends_at:%H:%M}"
    return f"{hours} {operation.text}".strip()


def operations_of(day: DutyDay, rows: Iterable[Operation] | None = None) -> dict[str, list[str]]:
    """The lines of each kind, in their order; `rows`: the day's operations, where they are in hand."""
    found: dict[str, list[str]] = {kind.value: [] for kind in OperationKind}
    for operation in day.operations.all() if rows is None else rows:
        found[operation.kind].append(said(operation))
    return found


@transaction.atomic
def set_operations(day: DutyDay, lines: Mapping[str, Sequence[str]], *, by) -> None:
    """Make the day's operations exactly these lines; what did not change keeps its row and history.

    Raises:
        DayLocked: the sheet is closed.
    """
    refuse_locked(day)
    there = {(row.kind, said(row)): row for row in day.operations.all()}
    wanted = {(kind, said_of(line)): line for kind, group in lines.items() for line in group if line.strip()}
    for key, row in there.items():
        if key not in wanted:
            row._history_user = by
            row.delete()
    for (kind, _), line in wanted.items():
        begins, ends, text = read_operation(line)
        if (kind, said_of(line)) not in there:
            row = Operation(day=day, kind=kind, text=text[:200], starts_at=begins, ends_at=ends)
            row._history_user = by
            row.save()


def said_of(line: str) -> str:
    """A typed line in the form in which a stored one is said."""
    begins, ends, text = read_operation(line)
    return said(Operation(text=text[:200], starts_at=begins, ends_at=ends))
