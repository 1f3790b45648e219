"""The asset that a thing is. SQLite makes the history table anew: its triggers are set again."""

from django.db import migrations, models

from servicedesk.appendonly import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0002_append_only_desk_ledgers_rights")]
    operations = [
        *[
            migrations.AddField(
                name, "asset_number", models.CharField("资产编号", max_length=20, blank=True, default="")
            )
            for name in ("stockthing", "historicalstockthing")
        ],
        AppendOnly("historicalstockthing"),
    ]
