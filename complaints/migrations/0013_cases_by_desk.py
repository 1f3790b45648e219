"""Complaints, grievances and callbacks of a desk by state."""

from django.db import migrations, models

from servicedesk.db.migrating import ManyTables


class Migration(ManyTables):
    dependencies = [("complaints", "0012_callback_strikes")]
    operations = [
        migrations.AddIndex(
            model_name='callbackplan',
            index=models.Index(fields=['service_point', 'state', 'due_on'], name='callback_point_state'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['service_point', 'state', '-received_at', '-id'], name='complaint_point_state'),
        ),
        migrations.AddIndex(
            model_name='grievance',
            index=models.Index(fields=['service_point', 'state', '-received_at', '-id'], name='grievance_point_state'),
        ),
    ]
