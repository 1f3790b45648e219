"""One form to PDF, warm, beside Chromium's print of the same page, round by round in one run.

    .venv/bin/python -m bench.paper [--form 3.3] [--database sqlite]

The newest record of a small park that the form suits. Two ratios: of the time on the clock, and of the processor's
time, which says more on a busy machine (Chromium works in several processes at once); the better one is judged.
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

from bench.databases import ROOT, TIMES, figure, options, run

BAR, MOST_MEGABYTES, FINDS = 0.6, 400, 12
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run"]


def measure(chosen: argparse.Namespace) -> list[dict]:
    from bench import park  # noqa: PLC0415
    from servicedesk.paper import paper_by_key  # noqa: PLC0415
    from servicedesk.services import printing  # noqa: PLC0415
    from servicedesk.services.printing import sheets  # noqa: PLC0415

    park.make_patterns(park.make_house()["客服员"], count=FINDS)
    paper = paper_by_key(chosen.form)
    record = next(each for each in paper.rows().order_by("-pk") if paper.suits(each))
    html = sheets.sheet_html(paper, [record] if paper.per_sheet else record)
    ours, theirs = both_print(html, paper.size, TIMES)
    parts = printing.record_parts(paper, [record])
    again = statistics.median(timed(lambda: printing.preview(paper, parts)).clock for _ in range(TIMES))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ratios = {kind: _ratio(kind, ours, theirs) for kind in ("clock", "processor")}
    is_met = min(ratio for ratio, _ in ratios.values()) <= BAR
    return [
        *(figure(f"{paper.key}, {said}, ratio by the {kind}", ratio, "×", f"≤ {BAR}, one of both", is_met)
          for kind, (ratio, said) in ratios.items()),
        figure("printed again unchanged: stamped, not drawn", again, "ms", "-", True),
        figure("memory of the process at the peak", peak, "MB", f"≤ {MOST_MEGABYTES}", peak <= MOST_MEGABYTES),
    ]


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


def both_print(html: str, size: str, rounds: int) -> tuple[list[Took], list[Took]]:
    """Each round of ours and of Chromium's, in turn; one round before warms both."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from servicedesk.services.printing import engine  # noqa: PLC0415

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


def _ratio(kind: str, ours: list[Took], theirs: list[Took]) -> tuple[float, str]:
    mine, other = (statistics.median(getattr(took, kind) for took in each) for each in (ours, theirs))
    return mine / other, f"{mine:.0f} ms to Chromium's {other:.0f} ms"


def main() -> int:
    # Playwright's loop runs in this thread; the database is asked beside it.
    return run("bench.paper", options(__doc__, form="3.3"), measure, {"DJANGO_ALLOW_ASYNC_UNSAFE": "true"})


if __name__ == "__main__":
    sys.exit(main())
