"""One command each way: what a desk had stands in another, empty place afterwards."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as project
from django.db import connection

from servicedesk.services.backups import make_backup

ROOT = Path(__file__).resolve().parents[2]
NAMES = "SELECT name FROM servicedesk_user ORDER BY staff_no"


@pytest.fixture
def empty_place(tmp_path_factory):
    """The environment of a desk that has nothing yet, on the same kind of database."""
    folder = tmp_path_factory.mktemp("place")
    environment = os.environ | {"DESK_DATA": str(folder)}
    if connection.vendor == "sqlite":
        yield environment | {"DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}"}
        return
    name = f"{connection.settings_dict['NAME']}_place"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield environment | {"DATABASE_URL": f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}"}
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


def names_in(environment: dict) -> list[str]:
    url = environment["DATABASE_URL"]
    if url.startswith("sqlite"):
        opened = sqlite3.connect(url.removeprefix("sqlite:///"))
    else:
        opened = psycopg.connect(url.replace("postgres://", "postgresql://"))
    with closing(opened) as database:
        return [row[0] for row in database.execute(NAMES).fetchall()]


def restore(backup: Path, environment: dict) -> subprocess.CompletedProcess:
    command = [sys.executable, "manage.py", "restore", str(backup)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.django_db(transaction=True)
def test_a_desk_comes_back_whole_in_an_empty_place(tmp_path, empty_place, clerk, second_clerk):
    photo = project.DESK_DATA / "photos" / "one.jpg"
    photo.write_bytes(b"a photo")
    make_backup(tmp_path / "desk.tar")

    done = restore(tmp_path / "desk.tar", empty_place)

    assert done.returncode == 0, done.stderr
    assert names_in(empty_place) == ["王芳", "李娜"]
    assert (Path(empty_place["DESK_DATA"]) / "photos" / "one.jpg").read_bytes() == b"a photo"

    again = restore(tmp_path / "desk.tar", empty_place)
    assert again.returncode == 1
    assert again.stderr.strip() == "CommandError: 这里已有数据(photos/)。确认要替换时,请加 --force。"
