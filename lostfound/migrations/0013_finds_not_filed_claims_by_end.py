"""Sheets not filed, by state and desk; claims by when they were handed over."""

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
    ]
