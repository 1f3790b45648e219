#!/usr/bin/env python3
"""One form to PDF, warm, beside Chromium's print of the same page, round by round in one run.

    python bench/paper.py [--form 3.3] [--number SW-20261122-001] [--rounds 7]

Takes the newest record of the desk's own data (DESK_DATA) that the form suits, the blank form when there
is none. Two ratios: of the time on the clock, and of the processor's time, which says more on a busy machine
(Chromium works in several processes at once). Ends with 1 when both are over the bar.
Chromium: DESK_CHROMIUM or /usr/bin/chromium.
"""

import argparse
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")
# Playwright's loop runs in this thread; the database is asked beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import django  # noqa: E402

django.setup()

from playwright.sync_api import sync_playwright  # noqa: E402

from servicedesk.paper import Paper, paper_by_key  # noqa: E402
from servicedesk.services import printing  # noqa: E402
from servicedesk.services.printing import engine, sheets  # noqa: E402

BAR = 0.6
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run"]


def record_of(paper: Paper, number: str):
    """The record asked for, else the newest that the form suits, else None (the blank form)."""
    if number:
        return paper.record_of(paper.rows(), number)
    return next((r for r in paper.rows().order_by("-pk")[:500] if paper.suits(r)), None)


def page_with_styles(html: str, size: str) -> str:
    """The page with the style sheets of the papers linked, as a browser needs it."""
    css = (ROOT / "static" / "css" / name for name in ("print.css", f"print-{size}.css"))
    links = "".join(f'<link rel="stylesheet" href="{path.as_uri()}">' for path in css)
    return html.replace("</head>", f"{links}</head>")


@dataclass(frozen=True)
class Took:
    """Milliseconds on the clock and of the processor."""

    clock: float
    processor: float


def browser_seconds() -> float:
    """Processor time so far of all Chromium processes below this one."""
    parents, spent = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, _, rest = stat.read_text().rpartition(")")
        except OSError:
            continue
        fields, pid = rest.split(), int(head.split()[0])
        parents[pid] = int(fields[1])
        if "chrom" in head or "headless" in head:
            spent[pid] = int(fields[11]) + int(fields[12])
    return sum(ticks for pid, ticks in spent.items() if _is_below(pid, parents)) / os.sysconf("SC_CLK_TCK")


def _is_below(pid: int, parents: dict[int, int]) -> bool:
    while pid > 1:
        pid = parents.get(pid, 0)
        if pid == os.getpid():
            return True
    return False


def timed(act: Callable[[], object], processor: Callable[[], float] = time.process_time) -> Took:
    start, spent = time.perf_counter(), processor()
    act()
    return Took((time.perf_counter() - start) * 1000, (processor() - spent) * 1000)


def measure(html: str, size: str, rounds: int) -> tuple[list[Took], list[Took]]:
    """Each round of ours and of Chromium's, in turn; one round before warms both."""
    ours, theirs = [], []
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "form.html"
        file.write_text(page_with_styles(html, size), encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("DESK_CHROMIUM", "/usr/bin/chromium"), args=FLAGS
        )
        page = browser.new_page()

        def chromium_prints() -> None:
            page.goto(file.as_uri())
            page.pdf(prefer_css_page_size=True)

        for order in range(rounds + 1):
            pair = timed(lambda: engine.render(html, size)), timed(chromium_prints, browser_seconds)
            if order:
                ours.append(pair[0])
                theirs.append(pair[1])
        browser.close()
    return ours, theirs


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--form", default="3.3")
    parser.add_argument("--number", default="")
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    paper = paper_by_key(asked.form)
    record = record_of(paper, asked.number)
    html = sheets.sheet_html(paper, [record] if paper.per_sheet and record else record)
    ours, theirs = measure(html, paper.size, max(asked.rounds, 5))
    parts = [printing.blank_part(paper)] if record is None else printing.record_parts(paper, [record])
    again = statistics.median(timed(lambda: printing.preview(paper, parts)).clock for _ in range(5))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{paper.key} {record or 'blank'}, {len(ours)} rounds in turn, medians")
    ratios = [_compared(kind, ours, theirs) for kind in ("clock", "processor")]
    print(f"  again      {again:7.1f} ms  (unchanged: kept, only stamped)")
    print(f"  peak       {peak:7.0f} MB  (this process)")
    return 0 if min(ratios) <= BAR else 1


def _compared(kind: str, ours: list[Took], theirs: list[Took]) -> float:
    mine, other = (statistics.median(getattr(took, kind) for took in each) for each in (ours, theirs))
    print(f"  {kind:9}  {mine:7.1f} ms  Chromium {other:7.1f} ms  ratio {mine / other:.2f}  (bar {BAR})")
    return mine / other


if __name__ == "__main__":
    sys.exit(main())
