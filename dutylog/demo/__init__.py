"""The duty day's part of the demo park."""

from dutylog.demo.accidents import meet_accidents
from dutylog.demo.briefings import hold_briefings
from dutylog.demo.closing import close_days
from dutylog.demo.days import open_days
from dutylog.demo.enquiries import take_calls
from dutylog.demo.headcounts import count_visitors
from dutylog.demo.lines import write_lines
from servicedesk.services.demo import add_step

# Days first, so that what the registers do finds its sheet; lines by hand after them.
add_step(50, "值班日", open_days)
add_step(150, "值班记录", write_lines)
add_step(300, "早会", hold_briefings)
add_step(320, "来电咨询", take_calls)
add_step(330, "报送人数", count_visitors)
add_step(340, "意外突发", meet_accidents)
# Last of all: a closed day takes no more lines.
add_step(900, "交接班与闭班", close_days)
