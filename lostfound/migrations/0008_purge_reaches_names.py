"""The purge of old personal data reaches name corrections, contacts and measures."""

from django.db import migrations

from servicedesk.appendonly import Redactable


class Migration(migrations.Migration):
    dependencies = [
        ("lostfound", "0007_items_found_hold_seal"),
        ("servicedesk", "0008_purge_reaches_evidence"),
    ]
    operations = [Redactable(name) for name in ("namecorrection", "contactattempt", "measure")]
