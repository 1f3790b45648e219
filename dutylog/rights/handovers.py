"""Who may do what with hand-overs and explanations; closing, review and reopening stand with the days."""

from servicedesk.choices import Role

_READ = ["dutylog.view_handover"]
_DESK = [*_READ, "dutylog.add_handover", "dutylog.change_handover", "dutylog.export_handover",
         "dutylog.add_closingexplanation"]

GRANTS = {
    Role.CLERK: _DESK,
    Role.CUSTODIAN: _DESK,
    Role.SUPERVISOR: _DESK,
    Role.MANAGER: _DESK,
    Role.DUTY_MANAGER: _READ,
}
