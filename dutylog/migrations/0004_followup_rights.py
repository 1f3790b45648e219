"""What each role may do with follow-ups."""

from django.db import migrations

from dutylog.rights.followups import GRANTS
from servicedesk.rights import grant_operation


class Migration(migrations.Migration):
    dependencies = [
        ("dutylog", "0003_followups"),
        ("servicedesk", "0002_search_roles_append_only"),
    ]
    operations = [grant_operation("dutylog", GRANTS)]
