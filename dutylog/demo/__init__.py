"""The duty day's part of the demo park."""

from dutylog.demo.briefings import hold_briefings
from servicedesk.services.demo import add_step

add_step(300, "早会", hold_briefings)
