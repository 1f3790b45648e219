"""One file that holds the whole database, taken while the desk is at work, and put back."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from servicedesk.errors import DatabaseToolFailed

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}


def engine() -> str:
    """Which database is configured: "sqlite" or "postgresql"."""
    return connection.vendor


def copy_name() -> str:
    """How the copy of this kind of database is called inside a backup."""
    return NAMES[engine()]


def write_copy(target: Path) -> None:
    """Write a consistent copy of the database; desks may go on writing meanwhile.

    Raises:
        DatabaseToolFailed: pg_dump is missing or did not succeed.
    """
    if engine() == "sqlite":
        _copy_sqlite(target)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def read_copy(source: Path) -> None:
    """Put a copy in the place of the database.

    A former SQLite file stays beside the new one, as `db.sqlite3.replaced`.

    Raises:
        DatabaseToolFailed: pg_restore is missing or did not succeed; the database is then as before.
    """
    connections.close_all()
    if engine() == "sqlite":
        _replace_sqlite(source)
    else:
        _run(
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
            f"--dbname={settings.DATABASES['default']['NAME']}", str(source),
        )


def _copy_sqlite(target: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        # One file without companions, whatever the journal of the original.
        copy.execute("PRAGMA journal_mode=DELETE")
    _flush(target)


def _replace_sqlite(source: Path) -> None:
    place = Path(settings.DATABASES["default"]["NAME"])
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(f"{place.name}.restoring")
    shutil.copyfile(source, fresh)
    fresh.chmod(0o600)
    _flush(fresh)
    if place.exists():
        place.replace(place.with_name(f"{place.name}.replaced"))
    # A journal of the former file must never be played into the new one.
    for companion in ("-wal", "-shm", "-journal"):
        place.with_name(place.name + companion).unlink(missing_ok=True)
    fresh.replace(place)


def _flush(path: Path) -> None:
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


def _run(tool: str, *arguments: str) -> None:
    """Run a program of PostgreSQL; its password goes by the environment, where no other user sees it."""
    place = settings.DATABASES["default"]
    spoken = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = os.environ | {name: str(place[key]) for name, key in spoken.items() if place.get(key)}
    try:
        done = subprocess.run([tool, *arguments], env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise DatabaseToolFailed(tool=tool, reason="没有安装 postgresql-client") from error
    if done.returncode:
        raise DatabaseToolFailed(tool=tool, reason=done.stderr.strip()[-400:])
