"""Start-up checks: what would lose or leak data later is refused now."""

import sqlite3

from django.conf import settings
from django.core.checks import Error, register

FIXED_WAL = (3, 51, 3)
FAULTY_WAL = (3, 7, 0)


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
    if len(settings.SECRET_KEY) < 50 or len(set(settings.SECRET_KEY)) < 10:
        found.append(Error("DESK_SECRET_KEY is weak.", hint="Use 50 random characters.", id="servicedesk.E003"))
    return found
