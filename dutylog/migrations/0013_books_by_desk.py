"""The log by category, by entry, and what is few in it; calls and hand-overs of a desk."""

from django.db import migrations, models

from servicedesk.db.migrating import ManyTables


class Migration(ManyTables):
    dependencies = [("dutylog", "0012_old_log_lines")]
    operations = [
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(fields=['service_point', 'state', '-received_at', '-id'], name='enquiry_point_state'),
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(fields=['service_point', '-created_at', '-id'], name='handover_point_created'),
        ),
        migrations.AddIndex(
            model_name='logentry',
            index=models.Index(fields=['category', '-happened_at', '-id'], name='entry_category'),
        ),
        migrations.AddIndex(
            model_name='logentry',
            index=models.Index(fields=['-entered_at', '-id'], name='entry_entered'),
        ),
        migrations.AddIndex(
            model_name='logentry',
            index=models.Index(condition=models.Q(('is_late_entry', True)), fields=['-happened_at', '-id'], name='entry_late'),
        ),
        migrations.AddIndex(
            model_name='logentry',
            index=models.Index(condition=models.Q(('struck_at__isnull', False)), fields=['-happened_at', '-id'], name='entry_struck'),
        ),
        migrations.AddIndex(
            model_name='logentry',
            index=models.Index(condition=models.Q(('stands_until__isnull', False)), fields=['stands_until'], name='entry_stands'),
        ),
    ]
