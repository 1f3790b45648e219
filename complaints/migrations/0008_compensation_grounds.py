"""`reason` is the word of the history for why something was changed: the grounds of the request have their own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("complaints", "0007_rectification_append_only")]
    operations = [
        migrations.RenameField("compensation", "reason", "grounds"),
        migrations.RenameField("historicalcompensation", "reason", "grounds"),
    ]
