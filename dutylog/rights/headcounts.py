"""Who may do what with headcounts."""

from servicedesk.choices import Role

_READ = ["dutylog.view_headcountreport", "dutylog.print_headcountreport"]
_DESK = [
    *_READ, "dutylog.add_headcountreport", "dutylog.change_headcountreport", "dutylog.send_headcountreport",
    "dutylog.export_headcountreport",
]

GRANTS = {
    Role.CLERK: _DESK,
    Role.CUSTODIAN: _DESK,
    Role.SUPERVISOR: _DESK,
    Role.MANAGER: _DESK,
    Role.DUTY_MANAGER: _READ,
}
