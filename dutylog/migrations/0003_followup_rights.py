"""What each role may do with follow-ups."""

from django.db import migrations

from dutylog.rights import FOLLOW_UPS
from servicedesk.rights import grant_operation


class Migration(migrations.Migration):
    dependencies = [
        ("dutylog", "0002_followups"),
        ("servicedesk", "0002_search_roles_append_only"),
    ]
    operations = [grant_operation("dutylog", FOLLOW_UPS)]
