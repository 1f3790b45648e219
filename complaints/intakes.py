"""What complaints take in from registers that do not know them."""

from complaints.services.callback_plans import take_callback
from complaints.services.grievances import draft_grievance
from dutylog.intakes import Intake, add_intake

GRIEVANCE = add_intake(Intake(key="grievance", label="抱怨草稿", take=draft_grievance))
CALLBACK = add_intake(Intake(key="callback", label="回访", take=take_callback))
