"""Earlier cases of the same phone, by their day."""

from django.db import migrations, models

from servicedesk.db.migrating import ManyTables


class Migration(ManyTables):
    dependencies = [("complaints", "0013_cases_by_desk")]
    operations = [
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['phone_digest', 'received_at'], name='complaint_phone_received'),
        ),
    ]
