"""The migrated database of the tests, made once and copied: each worker's own migration costs half a minute."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
# What a migrated database follows from; a change in one of them makes a new one.
SOURCES = ("*/migrations/*.py", "*/models/*.py", "*/rights.py", "*/rights/*.py", "*/choices.py", "*/appendonly.py",
           "*/kept.py", "servicedesk/tablemarks.py", "servicedesk/services/search.py", "requirements/base.txt")
KEPT_SECONDS = 24 * 3600


def fingerprint() -> str:
    """Sixteen hex digits of everything the migrated database follows from."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in ROOT.glob(pattern)}):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def alone(made: str) -> Iterator[Path]:
    """The folder of migrated databases, for one process at a time of those that want the same one."""
    folder = Path(tempfile.gettempdir()) / f"desk-test-databases-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / f"{made}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def migrate(url: str) -> None:
    """Bring the empty database at `url` up to date, as a desk does it."""
    with tempfile.TemporaryDirectory() as data:
        place = {"DATABASE_URL": url, "DESK_DATA": data, "DJANGO_SETTINGS_MODULE": "servicedesk.settings"}
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"], cwd=ROOT, check=True,
            env={**os.environ, **place},
        )


def lay_sqlite(target: Path) -> None:
    """Copy the migrated file to `target`."""
    name = fingerprint()
    with alone(name) as folder:
        for old in folder.glob("*.*"):
            if old.stem != name and time.time() - old.stat().st_mtime > KEPT_SECONDS:
                old.unlink(missing_ok=True)
        made = folder / f"{name}.sqlite3"
        if not made.exists():
            fresh = made.with_suffix(".making")
            fresh.unlink(missing_ok=True)
            migrate(f"sqlite:///{fresh}")
            for rest in ("-wal", "-shm"):
                fresh.with_name(fresh.name + rest).unlink(missing_ok=True)
            fresh.rename(made)
        for part in ("", "-wal", "-shm", "-journal"):
            target.with_name(target.name + part).unlink(missing_ok=True)
        shutil.copyfile(made, target)


def lay_postgresql(database: dict) -> None:
    """Copy the migrated database inside the server to the one of this worker."""
    made, name = f"desk_{fingerprint()}", database["TEST"]["NAME"] or f"test_{database['NAME']}"
    host, port, user, password = (database[key] for key in ("HOST", "PORT", "USER", "PASSWORD"))
    server_at = f"postgres://{user}:{password}@{host}:{port}"
    with alone(f"{made}-{port}"), psycopg.connect(f"{server_at}/postgres", autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [made]).fetchone():
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(f"{made}_making")))
            migrate(f"{server_at}/{made}_making")
            server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(f"{made}_making"), sql.Identifier(made)
            ))
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(made)))


def lay() -> None:
    """Give this worker a migrated database of its own, before Django looks for it."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        lay_sqlite(Path(database["TEST"]["NAME"]))
    else:
        lay_postgresql(database)
