"""The right to write a call of longer ago."""

from django.db import migrations

from servicedesk.choices import Role
from servicedesk.rights import grant_operation

# Only what is new: what a manager took away stays away.
GRANTS = dict.fromkeys((Role.SUPERVISOR, Role.MANAGER), ["dutylog.backdate_enquiry"])
PERMISSIONS = [("void_enquiry", "作废来电咨询"), ("backdate_enquiry", "补登记较早的来电咨询")]


class Migration(migrations.Migration):
    dependencies = [("dutylog", "0010_standing_notices")]
    operations = [
        migrations.AlterModelOptions(
            name="enquiry",
            options={
                "default_permissions": ("add", "change", "delete", "view", "export", "print"),
                "permissions": PERMISSIONS, "verbose_name": "来电咨询", "verbose_name_plural": "来电咨询",
            },
        ),
        grant_operation("dutylog", GRANTS),
    ]
