from django.db import migrations

from complaints.rights import COMPENSATION_GRANTS
from servicedesk.appendonly import AppendOnly
from servicedesk.rights import grant_operation


class Migration(migrations.Migration):
    dependencies = [("complaints", "0003_compensations")]
    operations = [
        AppendOnly("compensationapproval", redactable=True),
        AppendOnly("compensationrecovery", redactable=True),
        AppendOnly("historicalcompensation", redactable=True),
        grant_operation("complaints", COMPENSATION_GRANTS),
    ]
