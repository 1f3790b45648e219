"""Who may read the old diary: whoever reads the log. It is taken over by the manager."""

from servicedesk.choices import Role

_READ = ["dutylog.view_oldlogline", "dutylog.print_oldlogline"]
_DESK = [*_READ, "dutylog.export_oldlogline"]

GRANTS = {
    Role.CLERK: _DESK,
    Role.CUSTODIAN: _DESK,
    Role.SUPERVISOR: _DESK,
    Role.MANAGER: [*_DESK, "dutylog.add_oldlogline"],
    Role.DUTY_MANAGER: _READ,
}
