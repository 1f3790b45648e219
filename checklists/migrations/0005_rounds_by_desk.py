"""Rounds of a desk in the order of their days."""

from django.db import migrations, models

from servicedesk.db.migrating import ManyTables


class Migration(ManyTables):
    dependencies = [("checklists", "0004_photos_of_fire_and_sockets")]
    operations = [
        migrations.AddIndex(
            model_name='round',
            index=models.Index(fields=['service_point', '-on', '-id'], name='round_point_on'),
        ),
    ]
