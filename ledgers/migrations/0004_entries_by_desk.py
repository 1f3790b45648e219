"""Entries of a desk in their order, and by state."""

from django.db import migrations, models

from servicedesk.db.migrating import ManyTables


class Migration(ManyTables):
    dependencies = [("ledgers", "0003_things_that_are_assets")]
    operations = [
        migrations.AddIndex(
            model_name='ledgerentry',
            index=models.Index(fields=['service_point', '-happened_at', '-id'], name='ledgerentry_point_happened'),
        ),
        migrations.AddIndex(
            model_name='ledgerentry',
            index=models.Index(fields=['service_point', 'state', '-happened_at', '-id'], name='ledgerentry_point_state'),
        ),
    ]
