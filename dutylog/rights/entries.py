"""Who may do what with the lines of the log and their chain of notice."""

from servicedesk.choices import Role

_READ = ["dutylog.view_logentry", "dutylog.print_logentry", "dutylog.view_noticestep"]
_DESK = [
    *_READ, "dutylog.add_logentry", "dutylog.change_logentry", "dutylog.export_logentry", "dutylog.add_addendum",
    "dutylog.add_noticestep", "dutylog.change_noticestep",
]
# Striking a colleague's line, and one's own after its window.
_SUPERVISOR = [*_DESK, "dutylog.delete_logentry"]

GRANTS = {
    Role.CLERK: _DESK,
    Role.CUSTODIAN: _DESK,
    Role.SUPERVISOR: _SUPERVISOR,
    Role.MANAGER: _SUPERVISOR,
    Role.DUTY_MANAGER: _READ,
}
