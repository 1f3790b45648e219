"""Tables of complaints."""

from complaints.models.actions import CaseAction, CaseOffer, CasePause, Escalation
from complaints.models.complaints import Complaint

__all__ = ["CaseAction", "CaseOffer", "CasePause", "Complaint", "Escalation"]
