"""Whose a statement is when another person stands at the desk. SQLite makes the history table anew: triggers again."""

from django.db import migrations, models

from servicedesk.appendonly import Redactable


class Migration(migrations.Migration):
    dependencies = [("lostfound", "0009_categories_kept_cold")]
    operations = [
        *[
            migrations.AddField(
                name, "of_earlier", models.CharField("先前陈述人", max_length=100, blank=True, default="")
            )
            for name in ("claimstatement", "historicalclaimstatement")
        ],
        Redactable("historicalclaimstatement"),
    ]
