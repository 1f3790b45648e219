"""PostgreSQL knows more of the words of the search: it takes a rare one for frequent else, and reads years for it."""

from django.db import migrations

KNOWN = "ALTER TABLE servicedesk_searchwords ALTER COLUMN line SET STATISTICS {}"


def know_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(KNOWN.format(1000))


def know_fewer_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(KNOWN.format(-1))


class Migration(migrations.Migration):
    dependencies = [("servicedesk", "0013_closed_months")]
    operations = [migrations.RunPython(know_words, know_fewer_words)]
