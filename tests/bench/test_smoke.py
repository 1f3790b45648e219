"""Each measurement runs at a tiny size and says its figures; speed is judged by the measurement itself, not here."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from bench.databases import INSIDE, figure, line_of, p95
from tests import database

pytestmark = pytest.mark.one_database

TINY = {
    "lists": (["--rows", "60"], "queries"),
    "search": (["--rows", "60"], "rare name"),
    "workbook": (["--rows", "60"], "writing"),
    "register_finds": (["--finds", "2", "--desks", "2"], "“saved”"),
    "start_page": (["--rows", "10"], "first paint"),
    "paper": ([], "ratio by the clock"),
    "month_binder": (["--finds", "2", "--days", "1"], "from kept papers"),
}


def figures(name: str, arguments: list[str], folder: Path) -> list[dict]:
    """What a measurement says on a scratch desk, on SQLite."""
    answer, desk = folder / "figures.json", folder / "desk"
    desk.mkdir()
    database.lay_sqlite(desk / "db.sqlite3")
    environment = {
        **os.environ, INSIDE: str(answer), "DESK_DATA": str(desk), "DESK_DEBUG": "0", "BENCH_TIMES": "1",
        "DATABASE_URL": f"sqlite:///{desk}/db.sqlite3",
    }
    command = [sys.executable, "-m", f"bench.{name}", *arguments]
    done = subprocess.run(command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(answer.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", TINY)
def test_a_measurement_runs_and_says_its_figures(name, tmp_path):
    arguments, told = TINY[name]
    found = figures(name, arguments, tmp_path)
    assert any(told in each["what"] for each in found)
    assert all(set(each) == {"what", "value", "unit", "bar", "is_met"} for each in found)
    counted = [each for each in found if each["unit"] == "" and "tables read whole" not in each["what"]]
    assert [each["what"] for each in counted if not each["is_met"]] == []


def test_every_measurement_has_a_smoke_test_and_a_line_in_the_readme():
    folder = Path(settings.BASE_DIR) / "bench"
    shared = {"__init__", "copies", "databases", "desk", "months", "park", "plans", "screens", "serving"}
    names = {path.stem for path in folder.glob("*.py")} - shared
    # The park of ten years begins with days that are seeded: what it is made of is tested by itself.
    assert names == {*TINY, "decade"}
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert all(f"bench.{name}`" in readme for name in names)


def test_the_slow_end_is_the_95th_of_a_hundred():
    assert p95(range(1, 101)) == 95
    assert p95([3]) == 3


def test_a_missed_bar_is_said():
    assert line_of(figure("p95", 30, "ms", "≤ 20", False)).startswith("  MISSED p95: 30 ms")
    assert line_of(figure("p95", 10, "ms", "≤ 20", True)).startswith("  ok")
