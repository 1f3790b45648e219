"""Who may do what with open items."""

from servicedesk.choices import Role

_READ = ["dutylog.view_openitem", "dutylog.print_openitem"]
_DESK = [*_READ, "dutylog.add_openitem", "dutylog.change_openitem", "dutylog.export_openitem"]
# Striking an item that was made by mistake.
_LEAD = [*_DESK, "dutylog.delete_openitem"]

GRANTS = {
    Role.CLERK: _DESK,
    Role.CUSTODIAN: _DESK,
    Role.SUPERVISOR: _LEAD,
    Role.MANAGER: _LEAD,
    Role.DUTY_MANAGER: _READ,
}
