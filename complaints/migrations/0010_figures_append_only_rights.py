from django.db import migrations

from servicedesk.appendonly import AppendOnly
from servicedesk.choices import Role
from servicedesk.rights import grant_operation

GRANTS = {
    Role.SUPERVISOR: ["complaints.view_figures"],
    Role.MANAGER: ["complaints.view_figures", "complaints.approve_figures"],
    Role.DUTY_MANAGER: ["complaints.view_figures"],
}


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0009_figures"),
    ]
    operations = [
        AppendOnly("figureapproval"),
        AppendOnly("figurecorrection"),
        AppendOnly("frozenfigure"),
        grant_operation("complaints", GRANTS),
    ]
