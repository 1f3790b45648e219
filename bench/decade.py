"""A park of ten years with 1,000,000 records of every kind: each screen, the figures, the search, a month's archive.

    .venv/bin/python -m bench.decade [--rows 1000000] [--days 8] [--archive 0] [--database sqlite]

Beside each other in one run: the same screens with some honest days alone (some 1,000 records), and with ten years of
such days, each with as many records as 1,000,000 need.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator

from bench.databases import TIMES, figure, median_ms, options, p95, run, worked_ms

MOST_QUERIES, MOST_TIMES = 10, 3
# A page of few milliseconds may differ by the machine's own noise.
LEAST_MS = 5.0
TEN_YEARS = 3652
ROLES = ("客服员", "部门经理")
SEARCHES, MOST_MS = 40, 20
# Days that hold last month whole.
RECENT = 63


def measure(chosen: argparse.Namespace) -> list[dict]:
    from bench import copies  # noqa: PLC0415
    from bench.months import archive_figures, measured_archive  # noqa: PLC0415
    from bench.plans import BIG_FROM  # noqa: PLC0415

    make_days(chosen.days)
    growing = copies.finished(chosen.days + 1)
    rounds = min(TEN_YEARS // growing.span, max(2, chosen.rows // max(len(growing.lines), 1)))
    layers = copies.layers_for(growing, chosen.rows, rounds)
    large = copies.large_books(growing, rounds, layers, BIG_FROM)
    recent = min(RECENT // growing.span, rounds)
    copies.copy_rounds(growing, range(recent), layers)
    few = times_of_screens(large)
    archive = measured_archive() if chosen.archive else None
    copies.copy_rounds(growing, range(recent, rounds), layers)
    found = [*size_figures(), *screen_figures(few, large), *search_figures()]
    return [*found, *archive_figures(archive, measured_archive())] if archive else found


def make_days(days: int) -> None:
    """The demo park; its keys begin far up, so that what is older can have lower ones."""
    from django.utils.module_loading import autodiscover_modules  # noqa: PLC0415

    from bench import copies  # noqa: PLC0415
    from servicedesk.services.demo import seed  # noqa: PLC0415

    copies.lift_keys()
    autodiscover_modules("demo")
    seed(days, 1)


def people() -> Iterator[tuple[str, object]]:
    from servicedesk.models import ServicePoint, User  # noqa: PLC0415

    point = ServicePoint.objects.order_by("pk")[0]
    for role in ROLES:
        rows = User.objects.filter(groups__name=role, is_active=True).order_by("pk")
        yield role, rows.filter(service_points=point).first() or rows[0]


def size_figures() -> list[dict]:
    """How many records the park has; no bar, but what all others stand on."""
    from servicedesk.models import SearchEntry  # noqa: PLC0415
    from servicedesk.register import registers  # noqa: PLC0415

    books = {r.label: r.model._default_manager.count() for r in registers()}
    largest = sorted(books.items(), key=lambda pair: -pair[1])[:8]
    said = ", ".join(f"{label} {count:,}" for label, count in largest)
    whole = SearchEntry.objects.count()
    what = f"records in the search ({sum(books.values()):,} in the books: {said})"
    return [figure(what, whole, "records", "-", True)]


# ---- screens -----------------------------------------------------------------------------
def signed_in(person):
    from django.test import Client  # noqa: PLC0415

    client = Client()
    client.force_login(person)
    return client


def times_of_screens(large: set[str]) -> dict[tuple[str, str, str], float]:
    """Milliseconds by role, part of the desk and screen."""
    from bench.plans import look  # noqa: PLC0415
    from bench.screens import screens_of  # noqa: PLC0415

    found = {}
    for role, person in people():
        client = signed_in(person)
        for part, pages in screens_of(person, large).items():
            for name, url in pages.items():
                found[role, part, name] = median_ms(lambda url=url, client=client: look(client, url), min(TIMES, 5))
    return found


def screen_figures(few: dict[tuple[str, str, str], float], large: set[str]) -> Iterable[dict]:
    """Of each part of the desk the worst of its screens: queries, time, tables read whole."""
    from bench.plans import queries_of, read_whole, sizes  # noqa: PLC0415
    from bench.screens import screens_of  # noqa: PLC0415

    many, big = times_of_screens(large), sizes(big_tables())
    for role, person in people():
        client = signed_in(person)
        for part, pages in screens_of(person, large).items():
            asked = {name: queries_of(client, url) for name, url in pages.items()}
            whole = {name: read_whole(sql, big) for name, sql in asked.items()}
            yield from _of_part(f"{role} · {part}", asked, whole, {
                name: (few[role, part, name], many[role, part, name]) for name in pages if (role, part, name) in few
            })


def _of_part(what: str, asked: dict, whole: dict, times: dict[str, tuple[float, float]]) -> Iterable[dict]:
    most = max(asked, key=lambda name: len(asked[name]))
    count = len(asked[most])
    yield figure(f"{what}, {len(asked)} screens: queries ({most})", count, "", f"≤ {MOST_QUERIES}",
                 count <= MOST_QUERIES)
    ratios = {name: max(many, LEAST_MS) / max(few, LEAST_MS) for name, (few, many) in times.items()}
    for name in [n for n, ratio in ratios.items() if ratio > MOST_TIMES] or [max(ratios, key=lambda n: ratios[n])]:
        few, many = times[name]
        yield figure(f"{what} · {name}: time at ten years ({many:.0f} ms) to new ({few:.0f} ms)", ratios[name],
                     "×", f"≤ {MOST_TIMES}", ratios[name] <= MOST_TIMES)
    read = {name: tables for name, tables in whole.items() if tables}
    yield figure(f"{what}: tables read whole {read or ''}", len(read), "", "0", not read)


def big_tables() -> list[str]:
    from django.apps import apps  # noqa: PLC0415

    from bench.plans import BIG_FROM  # noqa: PLC0415

    return [
        model._meta.db_table for model in apps.get_models()
        if model._meta.managed and model._base_manager.order_by().values("pk")[:BIG_FROM].count() == BIG_FROM
    ]


# ---- search ------------------------------------------------------------------------------
def search_figures() -> Iterable[dict]:
    from lostfound.models import FoundItem  # noqa: PLC0415
    from servicedesk.pinyin import initials  # noqa: PLC0415
    from servicedesk.services.search import search  # noqa: PLC0415

    rows = FoundItem.objects.exclude(finder_name="").order_by("pk")
    some = rows[rows.count() // 3]
    asked = {
        "number": some.number, "name": some.finder_name, "two characters": "雨伞", "phone tail": some.finder_phone[-4:],
        "pinyin initials": sorted(initials(some.finder_name))[0], "two words": f"{some.thing} {some.colour}",
    }
    for role, person in people():
        for what, text in asked.items():
            search(text, person)
            slow = p95(worked_ms(lambda text=text, person=person: search(text, person), SEARCHES))
            yield figure(f"{role} · search, {what}: p95", slow, "ms", f"≤ {MOST_MS}", slow <= MOST_MS)


def main() -> int:
    return run("bench.decade", options(__doc__, rows=1_000_000, days=8, archive=1), measure)


if __name__ == "__main__":
    sys.exit(main())
