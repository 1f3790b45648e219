"""Runs a measurement on a scratch desk of its own, on SQLite and on PostgreSQL, and compares with its bar."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BOTH = ("sqlite", "postgresql")
INSIDE = "BENCH_INSIDE"
# How often each thing is measured; a trial run of the measurement itself takes 1.
TIMES = int(os.environ.get("BENCH_TIMES", "7"))


def options(description: str, **defaults: int) -> argparse.Namespace:
    """`--database`, and one number per default (`--rows 1000000`)."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--database", choices=BOTH, action="append", help="only this one; default: both")
    for name, default in defaults.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    return parser.parse_args()


def set_up() -> None:
    """Start Django on the scratch desk, with all tables."""
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")
    django.setup()
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    call_command("migrate", verbosity=0)


def run(
    module: str, chosen: argparse.Namespace, measure: Callable[[argparse.Namespace], list[dict]],
    more: dict[str, str] | None = None,
) -> int:
    """Measure on each database in a process of its own; print a line per figure. The exit code: 1 if a bar is missed.

    `measure` gives figures: `{"what", "value", "unit", "bar", "is_met"}`.
    """
    if os.environ.get(INSIDE):
        set_up()
        Path(os.environ[INSIDE]).write_text(json.dumps(measure(chosen), ensure_ascii=False), encoding="utf-8")
        return 0
    missed = 0
    for database in chosen.database or BOTH:
        print(f"\n{module} on {database}", flush=True)
        for figure in _measured(module, database, more):
            missed += not figure["is_met"]
            print(line_of(figure), flush=True)
    return 1 if missed else 0


def line_of(figure: dict[str, Any]) -> str:
    verdict = "ok    " if figure["is_met"] else "MISSED"
    return f"  {verdict} {figure['what']}: {figure['value']:.4g} {figure['unit']}   (bar {figure['bar']})"


def figure(what: str, value: float, unit: str, bar: str, is_met: bool) -> dict[str, Any]:
    return {"what": what, "value": value, "unit": unit, "bar": bar, "is_met": bool(is_met)}


def _measured(module: str, database: str, more: dict[str, str] | None = None) -> list[dict]:
    with tempfile.TemporaryDirectory(prefix="desk-bench-") as scratch:
        answer = Path(scratch) / "figures.json"
        environment = {
            **os.environ, INSIDE: str(answer), "DESK_DATA": f"{scratch}/data", "DESK_DEBUG": "0",
            "DESK_PRODUCTION": "0", "DATABASE_URL": f"sqlite:///{scratch}/data/db.sqlite3", **(more or {}),
        }
        command = [sys.executable, "-m", module, *sys.argv[1:]]
        if database == "postgresql":
            command = [str(ROOT / "bin" / "with-postgres"), *command]
        subprocess.run(command, env=environment, cwd=ROOT, check=True)
        return json.loads(answer.read_text(encoding="utf-8"))


def median_ms(act: Callable[[], Any], times: int = TIMES) -> float:
    """The median of several runs in milliseconds of work, after one that warms up (a trial run needs none)."""
    if TIMES > 1:
        act()
    return statistics.median(worked_ms(act, times))


def worked_ms(act: Callable[[], Any], times: int) -> list[float]:
    """Milliseconds in which a processor worked on it, here and in PostgreSQL's process for this connection.

    On a machine that others use too the clock tells how busy they are.
    """
    found = []
    for _ in range(times):
        began = worked()
        act()
        found.append((worked() - began) * 1000)
    return found


def worked() -> float:
    """Seconds of a processor so far, of this process and of PostgreSQL's for its connection."""
    from django.db import connection  # noqa: PLC0415

    spent = time.process_time()
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        statistic = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        spent += int(statistic.read_text().split()[0]) / 1e9
    return spent


def durations_ms(act: Callable[[], Any], times: int) -> list[float]:
    """Milliseconds on the clock."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        found.append((time.perf_counter() - began) * 1000)
    return found


def p95(values: Iterable[float]) -> float:
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]
