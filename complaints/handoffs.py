"""Ways on into complaints: a call becomes a complaint or a grievance, with its fields."""

from complaints.models import Complaint
from dutylog.choices import EnquiryKind
from dutylog.handoffs import Handoff, add_handoff
from dutylog.services.chain import keep_own_chain

COMPLAINT = add_handoff(Handoff(
    key="complaint", label="转为投诉", icon="megaphone", right="complaints.add_complaint",
    page="complaints:complaint_create", kinds=(EnquiryKind.COMPLAINT,),
))
GRIEVANCE = add_handoff(Handoff(
    key="grievance", label="转为抱怨", icon="chat-left-text", right="complaints.add_grievance",
    page="complaints:grievance_create",
))
# A case goes on for days: its chain of notice is not closed with the day of its line.
keep_own_chain(Complaint)
