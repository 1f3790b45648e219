"""The full-text table of the search, the tables that only grow, the roles."""

from django.db import migrations

from servicedesk.appendonly import AppendOnly
from servicedesk.rights import GRANTS, grant_operation

ONLY_GROW = ["signature", "disclosure", "printedpaper", "exportlog", "purgerun"]
HISTORIES = [
    "historicaldepartment", "historicaluser", "historicalservicepoint", "historicalzone",
    "historicalstorageplace", "historicalsetting", "historicalpaperwording",
]
SQLITE = "CREATE VIRTUAL TABLE servicedesk_searchwords USING fts5(line, detail='none', tokenize='ascii')"
POSTGRESQL = [
    "CREATE TABLE servicedesk_searchwords (entry_id bigint PRIMARY KEY REFERENCES servicedesk_searchentry (id) "
    "ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, line tsvector NOT NULL)",
    "CREATE INDEX servicedesk_searchwords_line ON servicedesk_searchwords USING gin (line)",
]


def make_words(apps, schema_editor):
    for statement in [SQLITE] if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop_words(apps, schema_editor):
    schema_editor.execute("DROP TABLE servicedesk_searchwords")


class Migration(migrations.Migration):
    dependencies = [
        ("servicedesk", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RunPython(make_words, drop_words),
        *[AppendOnly(name) for name in ONLY_GROW],
        *[AppendOnly(name, redactable=True) for name in HISTORIES],
        grant_operation("servicedesk", GRANTS),
    ]
