"""Tries of a plan by way and outcome."""

from django.db import migrations, models

from servicedesk.db.migrating import ManyTables


class Migration(ManyTables):
    dependencies = [("complaints", "0014_repeats_by_phone")]
    operations = [
        migrations.AddIndex(
            model_name='callbackattempt',
            index=models.Index(fields=['plan', 'channel', 'outcome'], name='attempt_plan_channel'),
        ),
    ]
