"""Calls by kind, by term and passed on; strokes of questions by their moment."""

from django.db import migrations, models

from servicedesk.db.migrating import ManyTables


class Migration(ManyTables):
    dependencies = [("dutylog", "0013_books_by_desk")]
    operations = [
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(fields=['kind', 'id'], name='enquiry_kind'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(fields=['due_at', 'id'], name='enquiry_due'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(condition=models.Q(('relayed_at__isnull', False)), fields=['-received_at', '-id'], name='enquiry_relayed'),
        ),
        migrations.AddIndex(
            model_name='enquirytally',
            index=models.Index(fields=['direction', 'at'], name='tally_direction_at'),
        ),
    ]
