"""Calls of a desk in the order of their numbers."""

from django.db import migrations, models

from servicedesk.db.migrating import ManyTables


class Migration(ManyTables):
    dependencies = [("dutylog", "0014_enquiries_by_kind_and_term")]
    operations = [
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(fields=["service_point", "number"], name="enquiry_point_number"),
        ),
    ]
