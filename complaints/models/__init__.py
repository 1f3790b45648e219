"""Tables of complaints and grievances."""

from complaints.models.actions import CaseAction, CaseOffer, CasePause, Escalation
from complaints.models.callbacks import CallbackAttempt, CallbackCheck, CallbackPlan, CallbackStrike
from complaints.models.compensations import Compensation, CompensationApproval, CompensationRecovery
from complaints.models.complaints import Complaint
from complaints.models.figures import FigureApproval, FigureCorrection, FrozenFigure
from complaints.models.grievances import Grievance
from complaints.models.incidents import Incident
from complaints.models.rectifications import RectificationCase

__all__ = [
    "CallbackAttempt",
    "CallbackCheck",
    "CallbackPlan",
    "CallbackStrike",
    "CaseAction",
    "CaseOffer",
    "CasePause",
    "Compensation",
    "CompensationApproval",
    "CompensationRecovery",
    "Complaint",
    "Escalation",
    "FigureApproval",
    "FigureCorrection",
    "FrozenFigure",
    "Grievance",
    "Incident",
    "RectificationCase",
]
