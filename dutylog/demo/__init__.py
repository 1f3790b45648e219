"""The duty day's part of the demo park."""

from dutylog.demo.accidents import meet_accidents
from dutylog.demo.briefings import hold_briefings
from dutylog.demo.enquiries import take_calls
from dutylog.demo.headcounts import count_visitors
from servicedesk.services.demo import add_step

add_step(300, "早会", hold_briefings)
add_step(320, "来电咨询", take_calls)
add_step(330, "报送人数", count_visitors)
add_step(340, "意外突发", meet_accidents)
