"""Categories that must be kept cold. SQLite makes the history table anew: its triggers are set again."""

from django.db import migrations, models

from servicedesk.appendonly import Redactable


class Migration(migrations.Migration):
    dependencies = [("lostfound", "0008_purge_reaches_names")]
    operations = [
        *[
            migrations.AddField(name, "needs_cold", models.BooleanField("须冷藏", default=False))
            for name in ("itemcategory", "historicalitemcategory")
        ],
        Redactable("historicalitemcategory"),
    ]
