"""What is late in a ledger of a desk."""

from django.db import migrations, models

from servicedesk.db.migrating import ManyTables


class Migration(ManyTables):
    dependencies = [("ledgers", "0004_entries_by_desk")]
    operations = [
        migrations.AddIndex(
            model_name='ledgerentry',
            index=models.Index(fields=['service_point', 'kind', 'state', 'due_at'], name='ledgerentry_point_late'),
        ),
    ]
