from django.db import migrations

from servicedesk.appendonly import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("complaints", "0006_rectifications")]
    operations = [AppendOnly("rectificationcase")]
