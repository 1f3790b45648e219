"""Who may do what with calls, questions and their counters."""

from servicedesk.choices import Role

_READ = ["dutylog.view_enquiry", "dutylog.print_enquiry"]
_DESK = [*_READ, "dutylog.add_enquiry", "dutylog.change_enquiry", "dutylog.export_enquiry", "dutylog.add_enquirytally"]
_SUPERVISOR = [*_DESK, "dutylog.void_enquiry", "dutylog.backdate_enquiry"]

GRANTS = {
    Role.CLERK: _DESK,
    Role.CUSTODIAN: _DESK,
    Role.SUPERVISOR: _SUPERVISOR,
    Role.MANAGER: _SUPERVISOR,
    Role.DUTY_MANAGER: _READ,
}
