"""Finds of a desk by state, those that ended last, by where they came from, the valuable ones."""

from django.db import migrations, models

from servicedesk.db.migrating import ManyTables


class Migration(ManyTables):
    dependencies = [("lostfound", "0011_visitor_reports")]
    operations = [
        migrations.AddIndex(
            model_name='founditem',
            index=models.Index(fields=['service_point', 'state', '-created_at', '-id'], name='item_point_state'),
        ),
        migrations.AddIndex(
            model_name='founditem',
            index=models.Index(fields=['service_point', 'state', '-ended_at'], name='item_point_ended'),
        ),
        migrations.AddIndex(
            model_name='founditem',
            index=models.Index(fields=['state', '-ended_at'], name='item_state_ended'),
        ),
        migrations.AddIndex(
            model_name='founditem',
            index=models.Index(fields=['intake_kind', '-created_at', '-id'], name='item_source_created'),
        ),
        migrations.AddIndex(
            model_name='founditem',
            index=models.Index(condition=models.Q(('is_valuable', True)), fields=['-created_at', '-id'], name='item_valuable'),
        ),
    ]
