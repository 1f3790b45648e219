"""Tables that are made in a row come from one state, and come out as Django makes them one by one."""

from unittest.mock import MagicMock

import pytest
from django.db import migrations, models
from django.db.migrations.state import ProjectState

from servicedesk.db.migrating import ManyTables

pytestmark = pytest.mark.one_database
ID = ("id", models.BigAutoField(primary_key=True))


def made_by(kind: type[migrations.Migration], operations: list) -> tuple[ProjectState, list]:
    """The state after the operations, and what they did to the database."""
    migration, editor = kind("0001_initial", "books"), MagicMock()
    editor.connection.alias = "default"
    editor.deferred_sql = []
    migration.operations = operations
    return migration.apply(ProjectState(), editor), editor.method_calls


def shelves() -> list:
    return [
        migrations.CreateModel("Book", [ID, ("shelf", models.ForeignKey("books.Shelf", models.PROTECT))]),
        migrations.CreateModel("Shelf", [ID, ("place", models.CharField(max_length=9))]),
        migrations.AddIndex("Shelf", models.Index(fields=["place"], name="shelf_place")),
        migrations.AddConstraint("Shelf", models.UniqueConstraint(fields=["place"], name="one_place")),
        migrations.AddField("Book", "title", models.CharField(max_length=9, default="")),
        migrations.AddIndex("Book", models.Index(fields=["title"], name="book_title")),
    ]


def test_a_table_is_made_once_with_its_indices_and_later_ones_are_added():
    _, done = made_by(ManyTables, shelves())
    assert [name for name, *_ in done if name != "deferred_sql.append"] == [
        "create_model", "create_model", "add_field", "add_index",
    ]
    shelf = next(args[0] for name, args, _ in done if name == "create_model" and args[0].__name__ == "Shelf")
    assert [each.name for each in shelf._meta.indexes] == ["shelf_place"]
    assert [each.name for each in shelf._meta.constraints] == ["one_place"]


def test_the_state_is_the_same_as_one_by_one():
    whole, _ = made_by(ManyTables, shelves())
    # Django's own way needs the shelf before the book that points to it.
    apart, _ = made_by(migrations.Migration, [shelves()[1], shelves()[0], *shelves()[2:]])
    assert whole == apart
