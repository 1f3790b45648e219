"""The archive of one month: its workbook, and its binder.

What drawing takes is measured by bench.month_binder. Here a ready sheet stands for each form: what is measured is
how long it takes to find, write and bind the records of a month, and in how much memory.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from bench.databases import figure

MOST_LONGER = 1.5
MOST_FOR_BINDER, MOST_FOR_WORKBOOK = 400, 150


@dataclass(frozen=True)
class Archive:
    """Seconds and megabytes of the parts of an archive."""

    records: int
    pages: int
    checked: float
    workbook: float
    workbook_grown: float
    binder: float
    binder_whole: float


def measured_archive() -> Archive:
    """Of last month, with no paper kept before."""
    from django.utils import timezone  # noqa: PLC0415

    from bench.workbook import Peak, resident  # noqa: PLC0415
    from reports.services.binder import bind_month  # noqa: PLC0415
    from reports.services.contents import contents_of  # noqa: PLC0415
    from reports.services.manifest import facts_of  # noqa: PLC0415
    from reports.services.workbook import write_month_workbook  # noqa: PLC0415
    from servicedesk.periods import month_of  # noqa: PLC0415
    from servicedesk.services.printing.pieces import forget_pieces  # noqa: PLC0415

    at = timezone.now()
    month = month_of(timezone.localdate(at)).before
    with tempfile.TemporaryDirectory() as folder, ready_sheets():
        began = time.perf_counter()
        contents = contents_of(month)
        facts = facts_of(month, 1, contents, at=at, by=None, reason="")
        checked = time.perf_counter() - began
        with Peak() as workbook:
            began = time.perf_counter()
            write_month_workbook(Path(folder) / "month.xlsx", month, facts, at=at, is_full=False)
            wrote = time.perf_counter() - began
        forget_pieces()
        with Peak() as binder:
            began = time.perf_counter()
            bound = bind_month(Path(folder) / "binder.pdf", month, facts, at=at, progress=lambda *_: None)
            binding = time.perf_counter() - began
    return Archive(
        records=sum(len(each.records) for each in contents), pages=bound.pages, checked=checked, workbook=wrote,
        workbook_grown=workbook.grown, binder=binding, binder_whole=resident() + max(binder.grown, 0),
    )


@contextmanager
def ready_sheets() -> Iterator[None]:
    """One drawn page in place of every form."""
    from servicedesk.services.printing import engine, hands  # noqa: PLC0415

    sheet, missing = engine.render("<html lang='zh-CN'><body>拾物登记</body></html>", "a4")
    with patch.object(engine, "render", return_value=(sheet, missing)), \
            patch.object(hands, "start_helper", return_value=None):
        yield


def archive_figures(small: Archive, large: Archive) -> list[dict]:
    """A month in a park of some months, and the same month in a park of ten years."""
    month = f"a month of {large.records:,} records, {large.pages:,} pages"
    parts = (("checksums and gaps", small.checked, large.checked), ("workbook", small.workbook, large.workbook),
             ("binder but for the drawing", small.binder, large.binder))
    times = [
        figure(f"{what} of {month}: in ten years ({many:.1f} s) to in a new park ({few:.1f} s)", many / few, "×",
               f"≤ {MOST_LONGER}", many / few <= MOST_LONGER)
        for what, few, many in parts
    ]
    return [
        *times,
        figure(f"memory grown by the workbook of {month}", large.workbook_grown, "MB", f"≤ {MOST_FOR_WORKBOOK}",
               large.workbook_grown <= MOST_FOR_WORKBOOK),
        figure(f"memory of the process that bound {month}", large.binder_whole, "MB", f"≤ {MOST_FOR_BINDER}",
               large.binder_whole <= MOST_FOR_BINDER),
    ]
