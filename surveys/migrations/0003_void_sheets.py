"""Void sheets, few among many."""

from django.db import migrations, models

from servicedesk.db.migrating import ManyTables


class Migration(ManyTables):
    dependencies = [("surveys", "0002_append_only_default_version_rights")]
    operations = [
        migrations.AddIndex(
            model_name='surveysheet',
            index=models.Index(condition=models.Q(('state', 'void')), fields=['service_point', '-answered_at', '-id'], name='sheet_void'),
        ),
    ]
