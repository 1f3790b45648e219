"""A workbook of 100,000 found items × 20 columns by the export service, beside XlsxWriter on the same cells.

    .venv/bin/python -m bench.workbook [--rows 100000] [--database sqlite]
"""

import argparse
import datetime as dt
import io
import resource
import sys
import threading
import time
from pathlib import Path

from bench.databases import TIMES, durations_ms, figure, options, run

COLUMNS = 20
MOST_RATIO = 0.25
MOST_MEGABYTES = 150


def measure(chosen: argparse.Namespace) -> list[dict]:
    from bench import park  # noqa: PLC0415
    from lostfound.models import FoundItem  # noqa: PLC0415
    from lostfound.registers.items import FOUND_ITEMS  # noqa: PLC0415
    from servicedesk.services import preferences  # noqa: PLC0415
    from servicedesk.services.exports import cell_value, export_register  # noqa: PLC0415

    people = park.make_house()
    manager = people["部门经理"]
    park.make_patterns(people["客服员"], count=min(park.PATTERNS, chosen.rows // 2))
    park.fill(chosen.rows)
    preferences.choose("servicedesk.export_rows", 1_000_000, by=manager)
    columns = FOUND_ITEMS.columns[:COLUMNS]
    rows = FOUND_ITEMS.rows(manager).order_by("-created_at", "-pk")

    sampler = Peak()
    with sampler:
        began = time.perf_counter()
        book = export_register(FOUND_ITEMS, rows, columns, manager)
        seconds = time.perf_counter() - began
    read = [[column.read(item) for column in columns] for item in rows.iterator(chunk_size=2000)]
    cells = [[cell_value(value, c.kind) for value, c in zip(row, columns, strict=True)] for row in read]
    ratio = _writing(columns, read, cells)
    whole = f"{FoundItem.objects.count():,} rows, {len(book) / 1e6:.1f} MB, {seconds:.1f} s from the database"
    return [
        figure("writing, to XlsxWriter constant_memory", ratio, "×", f"≤ {MOST_RATIO}", ratio <= MOST_RATIO),
        figure(f"memory grown at the peak ({whole})", sampler.grown, "MB", f"≤ {MOST_MEGABYTES}",
               sampler.grown <= MOST_MEGABYTES),
    ]


class Peak:
    """The most memory that this process held while something ran, beyond what it held before."""

    grown = 0.0

    def __enter__(self) -> "Peak":
        self.before, self.most, self.is_over = resident(), 0.0, False
        self.thread = threading.Thread(target=self._watch)
        self.thread.start()
        return self

    def _watch(self) -> None:
        while not self.is_over:
            self.most = max(self.most, resident())
            time.sleep(0.02)

    def __exit__(self, *_) -> None:
        self.is_over = True
        self.thread.join()
        self.grown = max(self.most, resident()) - self.before


def resident() -> float:
    """Megabytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def _writing(columns, read: list[list], cells: list[list]) -> float:
    """Both writers in turn, so that a busy moment hits both; the ratio of their medians.

    Ours also turns what the database gave into cells; XlsxWriter is given them ready.
    """
    from servicedesk.register import Column  # noqa: PLC0415
    from servicedesk.services.exports import workbook  # noqa: PLC0415

    at = [
        Column(key=c.key, label=c.label, kind=c.kind, width=c.width, value=lambda row, n=n: row[n])
        for n, c in enumerate(columns)
    ]
    ours, theirs = [], []
    for _ in range(min(TIMES, 5)):
        ours += durations_ms(lambda: workbook("拾物", "", at, read), 1)
        theirs += durations_ms(lambda: _xlsxwriter(columns, cells), 1)
    return sorted(ours)[len(ours) // 2] / sorted(theirs)[len(theirs) // 2]


def _xlsxwriter(columns, cells: list[list]) -> bytes:
    """The same cells as anybody would write them with XlsxWriter."""
    import xlsxwriter  # noqa: PLC0415

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("拾物")
    plain = book.add_format({"border": 4, "valign": "top"})
    looks = {
        dt.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm", "border": 4, "valign": "top"}),
        dt.date: book.add_format({"num_format": "yyyy-mm-dd", "border": 4, "valign": "top"}),
        float: book.add_format({"num_format": "#,##0.00", "border": 4, "valign": "top"}),
    }
    for place, column in enumerate(columns):
        sheet.write(0, place, column.label, plain)
    for line, row in enumerate(cells, start=1):
        for place, value in enumerate(row):
            sheet.write(line, place, value, looks.get(type(value), plain))
    book.close()
    return stream.getvalue()


def main() -> int:
    return run("bench.workbook", options(__doc__, rows=100_000), measure)


if __name__ == "__main__":
    sys.exit(main())
