"""Who may do what with follow-ups: whoever finds writes, the officers put right, a checker verifies."""

from servicedesk.choices import Role

_READ = ["dutylog.view_followup", "dutylog.print_followup"]
_DESK = [*_READ, "dutylog.add_followup", "dutylog.change_followup", "dutylog.export_followup"]
_CHECKS = [*_DESK, "dutylog.verify_followup"]

GRANTS = {
    Role.CLERK: _DESK,
    Role.CUSTODIAN: _DESK,
    Role.SUPERVISOR: _CHECKS,
    Role.MANAGER: _CHECKS,
    Role.DUTY_MANAGER: _READ,
    Role.SAFETY: _CHECKS,
    Role.ASSETS: _CHECKS,
}
