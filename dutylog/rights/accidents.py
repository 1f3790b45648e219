"""Who may do what with accidents. Who cannot change one sees the names of those who were hurt masked."""

from servicedesk.choices import Role

_READ = ["dutylog.view_accident"]
_DESK = [*_READ, "dutylog.add_accident", "dutylog.change_accident", "dutylog.print_accident"]
_LEADS = [*_DESK, "dutylog.export_accident", "dutylog.close_accident", "dutylog.void_accident"]

GRANTS = {
    Role.CLERK: _DESK,
    Role.CUSTODIAN: _DESK,
    Role.SUPERVISOR: _LEADS,
    Role.MANAGER: _LEADS,
    Role.DUTY_MANAGER: _READ,
    Role.SAFETY: _READ,
}
