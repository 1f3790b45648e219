"""Eight desks register finds at once through gunicorn on the loopback, every write forced to the disk.

    .venv/bin/python -m bench.register_finds [--finds 40] [--desks 8] [--database sqlite]
"""

import argparse
import subprocess
import sys

from bench.databases import ROOT, figure, options, p95, run

MOST_MS = 150
SAVED = 302


def measure(chosen: argparse.Namespace) -> list[dict]:
    from bench import park  # noqa: PLC0415
    from bench.serving import served, signed_in  # noqa: PLC0415
    from lostfound.models import FoundItem, ItemCategory  # noqa: PLC0415
    from servicedesk.models import Zone  # noqa: PLC0415

    clerk = park.make_house()["客服员"]
    category, zone = ItemCategory.objects.get(code="12"), Zone.objects.all()[0]
    with served() as address:
        commands = [
            [sys.executable, "-m", "bench.desk", address, signed_in(clerk), str(chosen.finds), str(category.pk),
             str(zone.pk)]
            for _ in range(chosen.desks)
        ]
        desks = [subprocess.Popen(c, cwd=ROOT, stdout=subprocess.PIPE, text=True) for c in commands]
        answers = [line.split() for desk in desks for line in desk.communicate()[0].splitlines()]
    statuses = [int(status) for _, status in answers]
    slow = p95(float(milliseconds) for milliseconds, _ in answers) if answers else float("inf")
    wanted = chosen.finds * chosen.desks
    errors = wanted - statuses.count(SAVED)
    kept = FoundItem.objects.count()
    return [
        figure(f"{wanted} finds at {chosen.desks} desks, answers that were not “saved”", errors, "", "0", not errors),
        figure("acknowledged finds that are not in the book", statuses.count(SAVED) - kept, "", "0",
               kept == statuses.count(SAVED)),
        figure("request to answer: p95", slow, "ms", f"≤ {MOST_MS}", slow <= MOST_MS),
    ]


def main() -> int:
    chosen = options(__doc__, finds=40, desks=8)
    return run("bench.register_finds", chosen, measure, more={"DESK_PG_DURABLE": "1"})


if __name__ == "__main__":
    sys.exit(main())
