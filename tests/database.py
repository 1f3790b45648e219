"""The migrated database of the tests, made once and copied: each worker's own migration costs half a minute."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
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


def made_sqlite(folder: Path) -> Path:
    """The migrated file in the folder; what an earlier state of the code left there goes after a day."""
    name = fingerprint()
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
    return made


def lay_sqlite(target: Path) -> None:
    """Copy the migrated file to `target`."""
    with alone(fingerprint()) as folder:
        made = made_sqlite(folder)
        for part in ("", "-wal", "-shm", "-journal"):
            target.with_name(target.name + part).unlink(missing_ok=True)
        shutil.copyfile(made, target)


@contextmanager
def made_postgresql(database: dict) -> Iterator[tuple[psycopg.Connection, sql.Identifier]]:
    """The server and the name of the migrated database in it, for one process at a time."""
    made = f"desk_{fingerprint()}"
    host, port, user, password = (database[key] for key in ("HOST", "PORT", "USER", "PASSWORD"))
    server_at = f"postgres://{user}:{password}@{host}:{port}"
    with alone(f"{made}-{port}"), psycopg.connect(f"{server_at}/postgres", autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [made]).fetchone():
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(f"{made}_making")))
            migrate(f"{server_at}/{made}_making")
            server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(f"{made}_making"), sql.Identifier(made)
            ))
        yield server, sql.Identifier(made)


def lay_postgresql(database: dict) -> None:
    """Copy the migrated database inside the server to the one of this worker."""
    name = sql.Identifier(database["TEST"]["NAME"] or f"test_{database['NAME']}")
    with made_postgresql(database) as (server, made):
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, made))


def lay() -> None:
    """Give this worker a migrated database of its own, before Django looks for it."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        lay_sqlite(Path(database["TEST"]["NAME"]))
    else:
        lay_postgresql(database)


def make() -> None:
    """Make the migrated database of `DATABASE_URL` before the workers ask for it."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        with alone(fingerprint()) as folder:
            made_sqlite(folder)
    else:
        with made_postgresql(database):
            pass


# Append-only tables refuse to be emptied, so their triggers step aside. Few tables hold something: to look costs a
# hundredth of a TRUNCATE of all.
REMEMBER = """
CREATE SCHEMA migrated;
DO $$ DECLARE name text; has_rows boolean; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations' LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO has_rows;
        IF has_rows THEN EXECUTE format('CREATE TABLE migrated.%I AS TABLE public.%I', name, name); END IF;
    END LOOP;
END $$;
"""
GO_BACK = """
SET session_replication_role = replica;
DO $$ DECLARE name text; has_rows boolean; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations' LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO has_rows;
        IF has_rows THEN EXECUTE format('DELETE FROM public.%I', name); END IF;
    END LOOP;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'migrated' LOOP
        EXECUTE format('INSERT INTO public.%I SELECT * FROM migrated.%I', name, name);
    END LOOP;
END $$;
SET session_replication_role = DEFAULT;
"""


def way_back(connection: BaseDatabaseWrapper) -> Callable[[], None]:
    """Remember the rows that the migrations made; the answer brings every table back to them."""
    if connection.vendor == "postgresql":
        _run(connection, REMEMBER)
        return lambda: _run(connection, GO_BACK)
    # Past Django, which would make dates of what stands there and could not write them again.
    plain = connection.Database.connect(connection.settings_dict["NAME"])
    # The words of the search are an index of its entries: words without an entry are never found.
    tables = plain.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%searchwords%' "
                           "AND name NOT IN ('django_migrations', 'sqlite_sequence')").fetchall()
    made = {name: plain.execute(f'SELECT * FROM "{name}"').fetchall() for name, in tables}
    plain.close()
    return lambda: _sqlite_back(connection, made)


def _run(connection: BaseDatabaseWrapper, statements: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statements)


def _sqlite_back(connection: BaseDatabaseWrapper, made: dict[str, list[tuple]]) -> None:
    with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as cursor:
        held = [name for name in made if cursor.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()]
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        aside = [(name, sql) for name, table, sql in cursor.fetchall() if table in held or made.get(table)]
        for name, _ in aside:
            cursor.execute(f'DROP TRIGGER "{name}"')
        for name in held:
            cursor.execute(f'DELETE FROM "{name}"')
        for name, rows in made.items():
            if rows:
                places = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f'INSERT INTO "{name}" VALUES ({places})', rows)
        for _, statement in aside:
            cursor.execute(statement)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")
    make()
