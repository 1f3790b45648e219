"""Which tables are kept (see `services/kept.py`), and the triggers by which the database marks their changes.

An app names its small tables with `keep(Model, …)` in its `kept.py`. After every migration the triggers
that are missing are set (SQLite loses them when it rebuilds a table), and all marks are made new.
"""

import secrets

from django.apps import apps
from django.db import connections, models

_kept: list[type[models.Model]] = []
VERBS = ("INSERT", "UPDATE", "DELETE")
FUNCTION = """
CREATE OR REPLACE FUNCTION servicedesk_mark_table() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
UPDATE servicedesk_tablemark SET mark = gen_random_uuid()::text WHERE "table" = TG_TABLE_NAME; RETURN NULL; END $$
"""


def keep(*tables: type[models.Model]) -> None:
    """Declare tables as kept."""
    _kept.extend(tables)


def kept_tables() -> list[str]:
    return [model._meta.db_table for model in _kept]


def set_marks(using: str = "default", **_) -> None:
    """Set the triggers that are missing and mark every kept table; called after migrations."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    mark_model = apps.get_model("servicedesk", "TableMark")
    if mark_model._meta.db_table not in present:
        return
    tables = [table for table in kept_tables() if table in present]
    set_triggers(connection, tables)
    for table in tables:
        mark_model.objects.using(using).update_or_create(table=table, defaults={"mark": secrets.token_hex(16)})


def set_triggers(connection, tables: list[str]) -> None:
    known = triggers(connection)
    make = _sqlite if connection.vendor == "sqlite" else _postgresql
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for table in tables:
            for name, statement in make(table):
                if name not in known:
                    cursor.execute(statement)


def triggers(connection) -> set[str]:
    """Names of the triggers that are set."""
    ask = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(ask if connection.vendor == "sqlite" else "SELECT tgname FROM pg_trigger")
        return {row[0] for row in cursor.fetchall()}


def _sqlite(table: str) -> list[tuple[str, str]]:
    return [
        (
            f"{table}_mark_{verb}".lower(),
            f'CREATE TRIGGER "{f"{table}_mark_{verb}".lower()}" AFTER {verb} ON "{table}" BEGIN UPDATE '
            f"servicedesk_tablemark SET mark = hex(randomblob(16)) WHERE \"table\" = '{table}'; END",
        )
        for verb in VERBS
    ]


def _postgresql(table: str) -> list[tuple[str, str]]:
    name = f"{table}_mark"
    return [(
        name,
        f'CREATE TRIGGER "{name}" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION servicedesk_mark_table()",
    )]
