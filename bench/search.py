"""Searching a million records as a clerk does, beside a LIKE scan of the same columns.

    .venv/bin/python -m bench.search [--rows 1000000] [--database sqlite]
"""

import argparse
import sys

from bench.databases import figure, median_ms, options, p95, run, worked_ms

TIMES = 40
MOST_MS = 20
LEAST_TIMES_FASTER = 200
HONEST_FROM = 100_000  # below that, a scan is fast and the ratio says nothing


def measure(chosen: argparse.Namespace) -> list[dict]:
    from bench import park  # noqa: PLC0415
    from lostfound.models import FoundItem  # noqa: PLC0415
    from servicedesk.models import User  # noqa: PLC0415
    from servicedesk.pinyin import initials  # noqa: PLC0415
    from servicedesk.services.search import index_record, search  # noqa: PLC0415

    people = park.make_house()
    park.make_patterns(people["客服员"], count=min(park.PATTERNS, chosen.rows // 2))
    park.fill(chosen.rows)
    rare = FoundItem.objects.order_by("-pk")[0]
    rare.finder_name, rare.finder_phone = park.RARE_NAME, park.RARE_PHONE
    rare.save()
    index_record(rare)
    some = FoundItem.objects.order_by("pk")[chosen.rows // 3]
    asked = {
        "number": some.number, "rare name": park.RARE_NAME, "name": some.finder_name,
        "two characters": "雨伞", "phone tail": park.RARE_PHONE[-4:], "whole phone": park.RARE_PHONE,
        "pinyin initials": sorted(initials("雨伞"))[0], "two words": f"{some.thing} {some.colour}",
        "nothing like it": "㐂㐂",
    }
    figures = []
    for who in ("客服员", "部门经理"):
        for what, text in asked.items():
            person = User.objects.get(pk=people[who].pk)
            search(text, person)
            slow = p95(worked_ms(lambda text=text, person=person: search(text, person), TIMES))
            figures.append(figure(f"{who} · {what}: p95", slow, "ms", f"≤ {MOST_MS}", slow <= MOST_MS))
    return [*figures, _beside_a_scan(park.RARE_NAME, people["部门经理"], chosen.rows)]


def _beside_a_scan(name: str, manager, rows: int) -> dict:
    from django.db import connection  # noqa: PLC0415
    from django.db.models import Q  # noqa: PLC0415

    from lostfound.models import FoundItem  # noqa: PLC0415
    from servicedesk.services.search import search  # noqa: PLC0415

    if connection.vendor == "postgresql":
        # What helpers of its process work is not in the figure: it scans alone.
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")
    columns = ("number", "thing", "finder_name", "name_on_item")
    anywhere = Q()
    for column in columns:
        anywhere |= Q(**{f"{column}__contains": name})
    ours = median_ms(lambda: search(name, manager))
    scan = median_ms(lambda: list(FoundItem.objects.filter(anywhere).order_by("-created_at")[:40]))
    times = scan / ours
    is_met = times >= LEAST_TIMES_FASTER or rows < HONEST_FROM
    return figure(f"rare name, faster than LIKE ({ours:.2f} ms to {scan:.0f} ms)", times, "×",
                  f"≥ {LEAST_TIMES_FASTER}", is_met)


def main() -> int:
    return run("bench.search", options(__doc__, rows=1_000_000), measure)


if __name__ == "__main__":
    sys.exit(main())
