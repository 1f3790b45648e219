"""The demo park's complaints."""

from complaints.demo.complaints import hear_complaints
from servicedesk.services.demo import add_step

add_step(350, "投诉", hear_complaints)
