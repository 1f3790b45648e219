"""Start-up checks: what would lose or leak data later is refused now."""

import sqlite3

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import Error, register
from django.db import connection

from servicedesk.demo.people import PEOPLE
from servicedesk.models import User
from servicedesk.services.demo import DEMO_PASSWORD

FIXED_WAL = (3, 51, 3)
FAULTY_WAL = (3, 7, 0)
LEAST_DIFFERENT = 10


@register("database")
def check_sqlite_journal(app_configs, **kwargs) -> list[Error]:  # noqa: ARG001
    """WAL on SQLite 3.7.0–3.51.2 can corrupt a database that several connections write."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return []
    wal = settings.SQLITE_JOURNAL_MODE.upper() == "WAL"
    if wal and FAULTY_WAL <= sqlite3.sqlite_version_info < FIXED_WAL:
        return [Error(
            f"SQLite {sqlite3.sqlite_version} with journal mode WAL can corrupt the database.",
            hint="Set DESK_SQLITE_JOURNAL=DELETE, or install the pysqlite3 wheel.", id="servicedesk.E001",
        )]
    return []


@register("security")
def check_production(app_configs, **kwargs) -> list[Error]:  # noqa: ARG001
    """DEBUG or a weak key in production."""
    if not settings.DESK_PRODUCTION:
        return []
    found = []
    if settings.DEBUG:
        found.append(Error("DEBUG is on in production.", hint="Unset DESK_DEBUG.", id="servicedesk.E002"))
    weak = [name for name, key, least in _secrets() if len(key) < least or len(set(key)) < LEAST_DIFFERENT]
    if not _is_field_key(settings.DESK_FIELD_KEY):
        weak.append("DESK_FIELD_KEY")
    hint = "Use 50 random characters; DESK_FIELD_KEY is made by cryptography.fernet.Fernet.generate_key()."
    return found + [Error(f"{name} is weak.", hint=hint, id="servicedesk.E003") for name in weak]


def _secrets() -> tuple[tuple[str, str, int], ...]:
    """Name, value and least length of what signs, hashes and seals."""
    return (
        ("DESK_SECRET_KEY", settings.SECRET_KEY, 50), ("DESK_DIGEST_KEY", settings.DESK_DIGEST_KEY, 32),
        ("DESK_SEAL_KEY", settings.DESK_SEAL_KEY, 32),
    )


def _is_field_key(key: str) -> bool:
    try:
        Fernet(key.encode())
    except ValueError:
        return False
    return len(set(key)) >= LEAST_DIFFERENT


@register("database")
def check_demo_password(app_configs, databases=None, **kwargs) -> list[Error]:  # noqa: ARG001
    """Somebody of the demo park can still sign in with the password that everybody knows."""
    if not settings.DESK_PRODUCTION or User._meta.db_table not in connection.introspection.table_names():
        return []
    known = User.objects.filter(is_active=True, staff_no__in=[person[0] for person in PEOPLE])
    # Only these columns: the table may still be older than the program.
    named = [p.staff_no for p in known.only("staff_no", "password") if p.check_password(DEMO_PASSWORD)]
    if not named:
        return []
    return [Error(
        f"The demo password still opens {', '.join(sorted(named))}.",
        hint="Begin production with an empty database, or give these people other passwords.",
        id="servicedesk.E004",
    )]
