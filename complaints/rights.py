"""Who may do what with complaints."""

from servicedesk.choices import Role

_READ = [
    "complaints.view_complaint", "complaints.view_grievance", "complaints.view_incident",
    "complaints.view_callbackplan",
]
_DESK = [
    *_READ, "complaints.add_complaint", "complaints.change_complaint", "complaints.print_complaint",
    "complaints.export_complaint", "complaints.add_grievance", "complaints.change_grievance",
    "complaints.print_grievance", "complaints.export_grievance", "complaints.add_incident",
    "complaints.add_callbackplan", "complaints.call_callbackplan",
    "complaints.print_callbackplan", "complaints.export_callbackplan",
]
_LEADS = [
    *_DESK, "complaints.decide_complaint", "complaints.end_complaint", "complaints.archive_complaint",
    "complaints.backdate_complaint", "complaints.downgrade_complaint", "complaints.void_grievance",
    "complaints.confirm_grievance", "complaints.archive_grievance", "complaints.change_incident",
    "complaints.export_incident",
    "complaints.sign_callbackplan", "complaints.check_callbackplan",
]

GRANTS = {
    Role.CLERK: _DESK,
    Role.CUSTODIAN: _DESK,
    Role.SUPERVISOR: _LEADS,
    # A major complaint is called back by the manager.
    Role.MANAGER: [*_LEADS, "complaints.call_major_callbackplan"],
    # Told of what nobody answered: the answer is theirs to note.
    Role.DUTY_MANAGER: [*_READ, "dutylog.change_noticestep"],
}
