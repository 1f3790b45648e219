"""The binder of a month from kept papers, beside drawing it all; on both cores, by length, in memory.

    .venv/bin/python -m bench.month_binder [--finds 200] [--days 31] [--database sqlite]

A find has two forms: 200 of them are the 400 forms of a month, with 31 day sheets and the ledgers.
"""

import argparse
import datetime as dt
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.databases import TIMES, figure, options, run

MOST_RATIO, MOST_BOTH, MOST_LONGER = 0.05, 0.75, 1.3
MOST_MEGABYTES, MOST_FOR_WORKBOOK = 400, 150
SAMPLE = 24
FIRST = dt.date(2026, 10, 1)


def measure(chosen: argparse.Namespace) -> list[dict]:
    from bench.workbook import Peak, resident  # noqa: PLC0415
    from servicedesk.periods import month_of  # noqa: PLC0415

    month, half = month_of(FIRST), month_of(FIRST.replace(month=9))
    make_month(month, chosen.finds, chosen.days)
    make_month(half, chosen.finds // 2, chosen.days // 2)
    one, both = _hands(month)
    drawing, pages = _timed_binder(month)
    with Peak() as peak:
        kept = [_timed_binder(month)[0] for _ in range(TIMES)]
    whole = resident() + max(peak.grown, 0)
    _timed_binder(half)
    shorter = [_timed_binder(half) for _ in range(TIMES)]
    merging = statistics.median(kept)
    longer = (merging / pages) / (statistics.median(took for took, _ in shorter) / shorter[0][1])
    with Peak() as workbook:
        _workbook(month)
    return [
        figure(f"binder of {pages} pages from kept papers ({merging:.1f} s), to drawing it all ({drawing:.0f} s)",
               merging / drawing, "×", f"≤ {MOST_RATIO}", merging / drawing <= MOST_RATIO),
        figure(f"{SAMPLE} papers drawn on both cores, to one", both / one, "×", f"≤ {MOST_BOTH}",
               both / one <= MOST_BOTH),
        figure("time a page, to a month of half the length", longer, "×", f"≤ {MOST_LONGER}", longer <= MOST_LONGER),
        figure("memory of the process at the peak", whole, "MB", f"≤ {MOST_MEGABYTES}", whole <= MOST_MEGABYTES),
        figure("memory grown by the workbook", workbook.grown, "MB", f"≤ {MOST_FOR_WORKBOOK}",
               workbook.grown <= MOST_FOR_WORKBOOK),
    ]


def make_month(month, finds: int, days: int) -> None:
    """Days with lines, finds with their receipts, lost reports for a ledger; all of it finished."""
    from bench import park  # noqa: PLC0415
    from dutylog.choices import EntryCategory  # noqa: PLC0415
    from dutylog.models import LogEntry  # noqa: PLC0415
    from dutylog.services.days import duty_day  # noqa: PLC0415
    from lostfound.choices import ItemState  # noqa: PLC0415
    from lostfound.models import FoundItem  # noqa: PLC0415
    from servicedesk.models import ServicePoint, User  # noqa: PLC0415

    people = {} if User.objects.exists() else park.make_house()
    clerk = people.get("客服员") or User.objects.get(staff_no="1001")
    point = ServicePoint.objects.order_by("pk").first()
    known = set(FoundItem.objects.values_list("pk", flat=True))
    if not known:
        park.make_patterns(clerk, count=finds * 2)
    items = list(FoundItem.objects.filter(number__startswith="P-").order_by("pk")[:finds])
    for n, item in enumerate(items):
        on = month.days()[n % len(month.days())]
        item.number, item.created_at = f"SW-{on:%Y%m%d}-{n + 1:03d}", _at(on, 10)
        item.found_at = item.handed_in_at = _at(on, 9)
        item.state, item.ended_at = ItemState.RETURNED, _at(on, 16)
    FoundItem.objects.bulk_update(
        items, ["number", "created_at", "found_at", "handed_in_at", "state", "ended_at"], batch_size=100,
    )
    for on in month.days()[:max(days, 1)]:
        day = duty_day(on, point, by=clerk)
        LogEntry.objects.bulk_create(
            LogEntry(day=day, shift=day.shifts.first(), happened_at=_at(on, 9), entered_at=_at(on, 9),
                     category=EntryCategory.ENQUIRY, text=f"游客询问第 {n} 件事,已答复", created_by=clerk)
            for n in range(15)
        )


def _at(on: dt.date, hour: int) -> dt.datetime:
    from django.utils import timezone  # noqa: PLC0415

    return timezone.make_aware(dt.datetime.combine(on, dt.time(hour)))


def _timed_binder(month) -> tuple[float, int]:
    """Seconds that the binder takes, and its pages."""
    from reports.services.binder import bind_month  # noqa: PLC0415
    from reports.services.contents import contents_of  # noqa: PLC0415
    from reports.services.manifest import facts_of  # noqa: PLC0415

    facts = facts_of(month, 1, contents_of(month), at=_at(month.last, 12), by=None, reason="")
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        bound = bind_month(
            Path(folder) / "binder.pdf", month, facts, at=_at(month.last, 12), progress=lambda done, total: None
        )
        return time.perf_counter() - began, bound.pages


def _hands(month) -> tuple[float, float]:
    """Seconds that a sample of forms takes with one hand, and with both once the helper is awake."""
    from django.conf import settings  # noqa: PLC0415

    from lostfound.models import FoundItem  # noqa: PLC0415
    from servicedesk.paper import paper_by_key  # noqa: PLC0415
    from servicedesk.services.printing import engine, hands  # noqa: PLC0415
    from servicedesk.services.printing.pieces import piece_of  # noqa: PLC0415
    from servicedesk.services.printing.sheets import sheet_html  # noqa: PLC0415

    paper = paper_by_key("3.3")
    items = FoundItem.objects.filter(created_at__gte=month.begins, created_at__lt=month.ends)[:SAMPLE]
    pages = [sheet_html(paper, item) for item in items]
    engine.render(pages[0], paper.size)
    began = time.perf_counter()
    for html in pages:
        piece_of(html, paper.size)
    one = time.perf_counter() - began
    shutil.rmtree(Path(settings.DESK_DATA) / "papers")
    with hands.hands() as both:
        # Awake, the helper draws its first sheet; that is not counted.
        both.helper = hands.start_helper()
        both.give(f"{pages[0]}<!-- warm -->", paper.size)
        both.hear()
        began = time.perf_counter()
        for html in pages:
            both.draw_once(html, paper.size)
        both.end()
        took = time.perf_counter() - began
    shutil.rmtree(Path(settings.DESK_DATA) / "papers")
    return one, took


def _workbook(month) -> None:
    from reports.services.contents import contents_of  # noqa: PLC0415
    from reports.services.manifest import facts_of  # noqa: PLC0415
    from reports.services.workbook import write_month_workbook  # noqa: PLC0415

    facts = facts_of(month, 1, contents_of(month), at=_at(month.last, 12), by=None, reason="")
    with tempfile.TemporaryDirectory() as folder:
        write_month_workbook(Path(folder) / "month.xlsx", month, facts, at=_at(month.last, 12), is_full=False)


def main() -> int:
    return run("bench.month_binder", options(__doc__, finds=200, days=31), measure)


if __name__ == "__main__":
    sys.exit(main())
