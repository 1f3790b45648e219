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

GRANTS = {
    Role.CLERK: _DESK,
    Role.CUSTODIAN: _DESK,
    Role.SUPERVISOR: [*_LEADS, "complaints.view_figures"],
    Role.MANAGER: [*_LEADS, "complaints.view_figures", "complaints.approve_figures"],
    # Told of what nobody answered: the answer is theirs to note.
    Role.DUTY_MANAGER: [*_READ, "complaints.view_figures", "dutylog.change_noticestep"],
}
