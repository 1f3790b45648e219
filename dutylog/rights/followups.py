"""Who may do what with follow-ups: whoever finds writes, the officers put right, a checker verifies."""

from servicedesk.choices import Role

_SEES = ["dutylog.view_followup"]
_MENDS = [*_SEES, "dutylog.add_followup", "dutylog.change_followup", "dutylog.print_followup"]
_CHECKS = [
    *_MENDS, "dutylog.export_followup", "dutylog.verify_followup", "dutylog.assign_followup", "dutylog.void_followup",
]

GRANTS = {
    Role.CLERK: _MENDS,
    Role.CUSTODIAN: _MENDS,
    Role.FOREMAN: _MENDS,
    Role.SAFETY: [*_MENDS, "dutylog.export_followup"],
    Role.ASSETS: [*_MENDS, "dutylog.export_followup"],
    Role.SUPERVISOR: _CHECKS,
    Role.MANAGER: _CHECKS,
    Role.DUTY_MANAGER: _SEES,
}
