"""Who may do what with a sheet, its shifts and its roster."""

from servicedesk.choices import Role

_READ = ["dutylog.view_dutyday", "dutylog.print_dutyday"]
_DESK = [
    *_READ, "dutylog.add_dutyday", "dutylog.change_dutyday", "dutylog.close_dutyday", "dutylog.export_dutyday",
    "dutylog.add_operation", "dutylog.change_operation", "dutylog.delete_operation", "dutylog.view_shift",
    "dutylog.view_shiftpost",
]
_SUPERVISOR = [
    *_DESK, "dutylog.review_dutyday", "dutylog.change_shift", "dutylog.add_shiftpost", "dutylog.change_shiftpost",
    "dutylog.delete_shiftpost",
]

GRANTS = {
    Role.CLERK: _DESK,
    Role.CUSTODIAN: _DESK,
    Role.SUPERVISOR: _SUPERVISOR,
    Role.MANAGER: [*_SUPERVISOR, "dutylog.reopen_dutyday"],
    Role.DUTY_MANAGER: _READ,
}
