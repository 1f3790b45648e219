"""The start page of a clerk in Chromium on the loopback: first paint, and what travels.

    .venv/bin/python -m bench.start_page [--database sqlite]
"""

import argparse
import os
import statistics
import sys

from bench.databases import figure, options, run

TIMES = 5
MOST_SECONDS = 1.0
MOST_KILOBYTES = 250
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


def measure(chosen: argparse.Namespace) -> list[dict]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from bench import park  # noqa: PLC0415
    from bench.serving import served, signed_in  # noqa: PLC0415

    clerk = park.make_house()["客服员"]
    park.make_patterns(clerk, count=chosen.rows)
    key = signed_in(clerk)
    paints, weights = [], []
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("DESK_CHROMIUM", "/usr/bin/chromium"), args=FLAGS
        )
        for _ in range(TIMES + 1):
            paint, weight = _visit(browser, f"http://{address}/", key)
            paints.append(paint)
            weights.append(weight)
        browser.close()
    seconds, kilobytes = statistics.median(paints[1:]) / 1000, max(weights) / 1000
    return [
        figure("first paint, with an empty cache", seconds, "s", f"≤ {MOST_SECONDS}", seconds <= MOST_SECONDS),
        figure("page weight as it travels", kilobytes, "kB", f"≤ {MOST_KILOBYTES}", kilobytes <= MOST_KILOBYTES),
    ]


def _visit(browser, url: str, key: str) -> tuple[float, int]:
    """Milliseconds to the first paint and bytes of all answers, by a browser that has seen nothing yet."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    context.add_cookies([{"name": "sessionid", "value": key, "url": url}])
    page = context.new_page()
    answers = []
    page.on("requestfinished", lambda request: answers.append(request))
    page.goto(url, wait_until="networkidle")
    page.wait_for_function(f"{PAINTED} !== null")
    sizes = [request.sizes() for request in answers]
    paint = page.evaluate(PAINTED)
    context.close()
    return paint, sum(s["responseBodySize"] + s["responseHeadersSize"] for s in sizes)


def main() -> int:
    return run("bench.start_page", options(__doc__, rows=500), measure)


if __name__ == "__main__":
    sys.exit(main())
