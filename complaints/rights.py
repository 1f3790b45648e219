"""Who may do what with complaints."""

from servicedesk.choices import Role

_READ = ["complaints.view_complaint", "complaints.view_grievance", "complaints.view_incident"]
_DESK = [
    *_READ, "complaints.add_complaint", "complaints.change_complaint", "complaints.print_complaint",
    "complaints.export_complaint", "complaints.add_grievance", "complaints.change_grievance",
    "complaints.print_grievance", "complaints.export_grievance", "complaints.add_incident",
]
_LEADS = [
    *_DESK, "complaints.decide_complaint", "complaints.end_complaint", "complaints.archive_complaint",
    "complaints.backdate_complaint", "complaints.downgrade_complaint", "complaints.void_grievance",
    "complaints.confirm_grievance", "complaints.archive_grievance", "complaints.change_incident",
    "complaints.export_incident",
]
_MONEY_READ = ["complaints.view_compensation", "complaints.print_compensation"]
# Who asks, who approves and who pays are three people; the service sees to it, whatever roles they hold.
_MONEY_DESK = [
    *_MONEY_READ, "complaints.add_compensation", "complaints.export_compensation", "complaints.pay_compensation",
]
_MONEY_LEADS = [*_MONEY_DESK, "complaints.recover_compensation"]
COMPENSATION_GRANTS = {
    Role.CLERK: _MONEY_DESK,
    Role.CUSTODIAN: _MONEY_DESK,
    Role.SUPERVISOR: [*_MONEY_LEADS, "complaints.approve_compensation_supervisor"],
    Role.MANAGER: [
        *_MONEY_LEADS, "complaints.approve_compensation_manager", "complaints.write_off_compensation",
    ],
    # The leader of the day signs what is above the manager's limit.
    Role.DUTY_MANAGER: [*_MONEY_READ, "complaints.approve_compensation_leader"],
    Role.FINANCE: [
        *_MONEY_READ, "complaints.export_compensation", "complaints.pay_compensation",
        "complaints.recover_compensation",
    ],
}

GRANTS = {
    Role.CLERK: _DESK,
    Role.CUSTODIAN: _DESK,
    Role.SUPERVISOR: _LEADS,
    Role.MANAGER: _LEADS,
    # Told of what nobody answered: the answer is theirs to note.
    Role.DUTY_MANAGER: [*_READ, "dutylog.change_noticestep"],
}
for _role, _names in COMPENSATION_GRANTS.items():
    GRANTS[_role] = [*GRANTS.get(_role, []), *_names]
