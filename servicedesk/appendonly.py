"""Tables that only grow: the database itself refuses UPDATE and DELETE.

`AppendOnly("custodymove")` is a migration operation that sets the triggers on SQLite and
PostgreSQL. Tables in which visitors stand take `redactable=True` (or `Redactable("signature")`
later on): the purge of old personal data may overwrite them while a row stands in
`servicedesk_purgepermit`, which only that service writes and removes within one transaction.
DELETE stays refused. Why: docs/decisions/0003-redactable-under-a-permit.md.
"""

from django.db.migrations.operations.base import Operation

MESSAGE = "append-only"
PERMIT = "servicedesk_purgepermit"


def _sqlite(table: str, redactable: bool) -> list[str]:
    permit = f"WHEN NOT EXISTS (SELECT 1 FROM {PERMIT})" if redactable else ""
    return [
        f'CREATE TRIGGER "{table}_no_{verb}" BEFORE {verb} ON "{table}" {permit if verb == "UPDATE" else ""} '
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}: {table}'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def _postgresql(table: str, redactable: bool) -> list[str]:
    function = f"{table}_append_only"
    permit = (
        f"IF TG_OP = 'UPDATE' AND EXISTS (SELECT 1 FROM {PERMIT}) THEN RETURN NEW; END IF;"
        if redactable
        else ""
    )
    return [
        f'CREATE OR REPLACE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {permit} '
        f"RAISE EXCEPTION '{MESSAGE}: {table}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f'CREATE TRIGGER "{table}_append_only" BEFORE UPDATE OR DELETE ON "{table}" '
        f'FOR EACH ROW EXECUTE FUNCTION "{function}"()',
        f'CREATE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}" '
        f'FOR EACH STATEMENT EXECUTE FUNCTION "{function}"()',
    ]


def _undo(table: str, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f'DROP TRIGGER IF EXISTS "{table}_no_{verb}"' for verb in ("UPDATE", "DELETE")]
    return [
        f'DROP TRIGGER IF EXISTS "{table}_append_only" ON "{table}"',
        f'DROP TRIGGER IF EXISTS "{table}_no_truncate" ON "{table}"',
        f'DROP FUNCTION IF EXISTS "{table}_append_only"()',
    ]


class AppendOnly(Operation):
    """Migration operation: make the table of `model_name` append-only."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str, redactable: bool = False):
        self.model_name = model_name
        self.redactable = redactable

    def state_forwards(self, app_label, state):
        """The models stay as they are."""

    def _table(self, app_label, state) -> str:
        return state.apps.get_model(app_label, self.model_name)._meta.db_table

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Also where it is said once more, for a table that SQLite made anew for a column."""
        table, vendor = self._table(app_label, to_state), schema_editor.connection.vendor
        make = _sqlite if vendor == "sqlite" else _postgresql
        for statement in [*_undo(table, vendor), *make(table, self.redactable)]:
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for statement in _undo(self._table(app_label, from_state), schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Make {self.model_name} append-only"


class Redactable(Operation):
    """Migration operation: an append-only table that the purge may overwrite from now on."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str):
        self.model_name = model_name

    def state_forwards(self, app_label, state):
        """The models stay as they are."""

    def _set(self, redactable: bool, app_label, schema_editor, state) -> None:
        table = state.apps.get_model(app_label, self.model_name)._meta.db_table
        vendor = schema_editor.connection.vendor
        make = _sqlite if vendor == "sqlite" else _postgresql
        for statement in [*_undo(table, vendor), *make(table, redactable)]:
            schema_editor.execute(statement, params=None)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self._set(True, app_label, schema_editor, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self._set(False, app_label, schema_editor, from_state)

    def describe(self) -> str:
        return f"Let the purge of personal data overwrite {self.model_name}"
