"""The purge of old personal data reaches signatures, disclosures and export logs; it tells each of its runs."""

from django.db import migrations, models

from servicedesk.appendonly import Redactable


class Migration(migrations.Migration):
    dependencies = [("servicedesk", "0007_notices_jobs")]
    operations = [
        migrations.AddField(
            "purgerun", "run",
            models.UUIDField("批次", null=True, blank=True, db_index=True, editable=False),
        ),
        migrations.AddField("purgerun", "numbers", models.JSONField("编号", null=True, blank=True)),
        *[Redactable(name) for name in ("signature", "disclosure", "exportlog")],
    ]
