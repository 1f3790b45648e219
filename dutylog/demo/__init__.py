"""The duty day's part of the demo park."""

from dutylog.demo.briefings import hold_briefings
from dutylog.demo.days import open_days
from dutylog.demo.enquiries import take_calls
from dutylog.demo.lines import write_lines
from servicedesk.services.demo import add_step

# Days first, so that what the registers do finds its sheet; lines by hand after them.
add_step(50, "值班日", open_days)
add_step(150, "值班记录", write_lines)
add_step(300, "早会", hold_briefings)
add_step(320, "来电咨询", take_calls)
