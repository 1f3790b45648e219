"""The demo park's complaints and grievances."""

from complaints.demo.compensations import ask_for_money
from complaints.demo.complaints import hear_complaints
from complaints.demo.grievances import hear_grievances, look_at_drafts
from complaints.demo.rectifications import keep_coming
from servicedesk.services.demo import add_step

add_step(345, "抱怨", hear_grievances)
add_step(350, "投诉", hear_complaints)
add_step(352, "先行赔偿", ask_for_money)
add_step(354, "重复问题", keep_coming)
# After the surveys, from which the drafts come.
add_step(865, "抱怨核实", look_at_drafts)
