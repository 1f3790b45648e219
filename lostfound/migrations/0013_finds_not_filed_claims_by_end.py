"""Sheets not filed, by state and desk; claims by when they were handed over; losses by their day, matches by score."""

from django.db import migrations, models

from servicedesk.db.migrating import ManyTables


class Migration(ManyTables):
    dependencies = [("lostfound", "0012_books_by_desk")]
    operations = [
        migrations.RemoveIndex(
            model_name='founditem',
            name='item_unfiled',
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['handed_over_at', 'id'], name='claim_handed_over'),
        ),
        migrations.AddIndex(
            model_name='founditem',
            index=models.Index(condition=models.Q(('filed_at', None), ('intake_kind', 'on_spot')), fields=['state', 'service_point'], name='item_unfiled_state'),
        ),
        migrations.AddIndex(
            model_name='lostreport',
            index=models.Index(fields=['lost_to', 'id'], name='report_lost_to'),
        ),
        migrations.AddIndex(
            model_name='match',
            index=models.Index(fields=['-score', 'id'], name='match_score'),
        ),
    ]
