"""Tables of complaints and grievances."""

from complaints.models.actions import CaseAction, CaseOffer, CasePause, Escalation
from complaints.models.compensations import Compensation, CompensationApproval, CompensationRecovery
from complaints.models.complaints import Complaint
from complaints.models.grievances import Grievance
from complaints.models.incidents import Incident
from complaints.models.rectifications import RectificationCase

__all__ = [
    "CaseAction",
    "CaseOffer",
    "CasePause",
    "Compensation",
    "CompensationApproval",
    "CompensationRecovery",
    "Complaint",
    "Escalation",
    "Grievance",
    "Incident",
    "RectificationCase",
]
