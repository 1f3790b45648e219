"""Migrations that make many tables: Django draws every model anew after each operation, which grows with its square."""

from itertools import groupby

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

# They look at nothing but the state after them: several in a row need no state between.
MAKING = (migrations.CreateModel, migrations.AddIndex, migrations.AddConstraint)


class ManyTables(migrations.Migration):
    """Makes tables and indices that stand in a row from one state, drawn once; all else as Django does it."""

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        if collect_sql:
            return super().apply(project_state, schema_editor, collect_sql)
        for is_making, run in groupby(self.operations, key=lambda operation: isinstance(operation, MAKING)):
            operations = list(run)
            if is_making:
                self._make(operations, project_state, schema_editor)
            else:
                rest = migrations.Migration(self.name, self.app_label)
                rest.operations, rest.atomic = operations, self.atomic
                project_state = rest.apply(project_state, schema_editor)
        return project_state

    def _make(self, operations: list, state: ProjectState, schema_editor: BaseDatabaseSchemaEditor) -> None:
        state.__dict__.pop("apps", None)  # drawn again when it is asked for
        for operation in operations:
            operation.state_forwards(self.app_label, state)
        made = {operation.name_lower for operation in operations if isinstance(operation, migrations.CreateModel)}
        for operation in operations:
            # A table is made with its indices and constraints as they stand in the end.
            if isinstance(operation, migrations.CreateModel) or operation.model_name_lower not in made:
                operation.database_forwards(self.app_label, schema_editor, state, state)
