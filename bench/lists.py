"""Every screen of the found items at 1,000 and at 1,000,000 of them: queries, time, and what the queries read.

    .venv/bin/python -m bench.lists [--rows 1000000] [--database sqlite]
"""

import argparse
import sys
from collections.abc import Iterable

from bench.databases import figure, median_ms, options, run
from bench.plans import look, queries_of, read_whole, sizes

FEW = 1000
MOST_QUERIES = 10
MOST_TIMES = 3
# A page of few milliseconds may differ by the machine's own noise.
LEAST_MS = 5.0
BIG = ("lostfound_founditem", "lostfound_historicalfounditem", "lostfound_custodymove", "servicedesk_searchentry")


def pages(newest, oldest) -> dict[str, str]:
    """What is opened, by the name it has in the figures."""
    items = "/lost-and-found/items/"
    day = f"{newest.created_at:%Y-%m-%d}"
    return {
        "start page": "/", "list": f"{items}?all=1", "list, page 20": f"{items}?all=1&page=20",
        "list, by state": f"{items}?state=returned", "list, in custody": f"{items}?state=in_custody",
        "list, by category": f"{items}?category={newest.category_id}",
        "list, by place": f"{items}?zone={newest.zone_id}", "list, by storage": f"{items}?storage=1",
        "list, valuable": f"{items}?is_valuable=1", "list, on hold": f"{items}?is_on_hold=1",
        "list, by source": f"{items}?intake_kind=on_spot", "list, since": f"{items}?since={day}",
        "list, until": f"{items}?until=2020-01-01", "list, state and place": f"{items}?state=returned&zone=3",
        "list, by word": f"{items}?q=雨伞", "list, by number": f"{items}?q={newest.number}",
        "list, unannounced": f"{items}?waiting=unannounced", "list, due": f"{items}?waiting=due",
        "list, loose": f"{items}?waiting=loose", "list, today": f"{items}?waiting=today",
        "list, sorted by number": f"{items}?all=1&sort=number", "list, sorted down": f"{items}?all=1&sort=-number",
        "list, sorted by finding": f"{items}?all=1&sort=found_at", "detail": f"{items}{newest.pk}/",
        "detail, oldest": f"{items}{oldest.pk}/", "create form": f"{items}new/",
        "edit form": f"{items}{newest.pk}/edit/",
        "search": "/search/?q=雨伞",
    }


def measure(chosen: argparse.Namespace) -> list[dict]:
    from django.test import Client  # noqa: PLC0415

    from bench import park  # noqa: PLC0415
    from lostfound.models import FoundItem  # noqa: PLC0415

    people = park.make_house()
    park.make_patterns(people["客服员"], count=FEW if chosen.rows > FEW else chosen.rows // 2)
    park.fill(FEW if chosen.rows > FEW else chosen.rows // 2)
    few = {role: _times(Client(), person, FoundItem) for role, person in people.items() if role != "失物招领负责人"}
    park.fill(chosen.rows)
    figures = []
    for role, person in people.items():
        if role in few:
            many = _times(Client(), person, FoundItem)
            figures += _figures(role, few[role], many, _asked(Client(), person, FoundItem))
    return figures


def _addresses(found_item) -> dict[str, str]:
    from lostfound.choices import ItemState  # noqa: PLC0415

    here = found_item.objects.filter(service_point__serial_mark="")
    return pages(here.filter(state=ItemState.IN_CUSTODY).order_by("-pk")[0], here.order_by("pk")[0])


def _times(client, person, found_item) -> dict[str, float]:
    client.force_login(person)
    return {name: median_ms(lambda url=url: look(client, url)) for name, url in _addresses(found_item).items()}


def _asked(client, person, found_item) -> dict[str, list[str]]:
    """The queries of each page."""
    client.force_login(person)
    return {name: queries_of(client, url) for name, url in _addresses(found_item).items()}


def _figures(role: str, few: dict, many: dict, asked: dict) -> Iterable[dict]:
    for name, sql in asked.items():
        ratio = max(many[name], LEAST_MS) / max(few[name], LEAST_MS)
        what = f"{role} · {name}"
        yield figure(f"{what}: queries", len(sql), "", f"≤ {MOST_QUERIES}", len(sql) <= MOST_QUERIES)
        yield figure(
            f"{what}: time at many rows ({many[name]:.1f} ms) to few ({few[name]:.1f} ms)", ratio, "×",
            f"≤ {MOST_TIMES}", ratio <= MOST_TIMES,
        )
        whole = sorted(read_whole(sql, sizes(BIG)))
        yield figure(f"{what}: tables read whole {whole or ''}", len(whole), "", "0", not whole)


def main() -> int:
    return run("bench.lists", options(__doc__, rows=1_000_000), measure)


if __name__ == "__main__":
    sys.exit(main())
