"""Finds by where they came from, and the valuable ones, in the order of their registration."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lostfound", "0011_visitor_reports")]
    operations = [
        migrations.AddIndex(
            model_name="founditem",
            index=models.Index(fields=["intake_kind", "-created_at", "-id"], name="item_source_created"),
        ),
        migrations.AddIndex(
            model_name="founditem",
            index=models.Index(
                fields=["-created_at", "-id"], name="item_valuable", condition=models.Q(is_valuable=True)
            ),
        ),
    ]
