from django.db import migrations

from complaints.rights import GRANTS
from servicedesk.appendonly import AppendOnly
from servicedesk.rights import grant_operation


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0001_initial"),
        ("dutylog", "0009_accidents"),
        ("servicedesk", "0002_search_roles_append_only"),
    ]
    operations = [
        AppendOnly("caseaction", redactable=True),
        AppendOnly("escalation", redactable=True),
        AppendOnly("historicalcomplaint", redactable=True),
        AppendOnly("historicalgrievance", redactable=True),
        AppendOnly("historicalincident"),
        AppendOnly("historicalcaseoffer", redactable=True),
        AppendOnly("historicalcasepause", redactable=True),
        grant_operation("complaints", GRANTS),
    ]
