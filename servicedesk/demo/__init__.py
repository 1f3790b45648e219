"""The ground floor's part of the demo park."""

from servicedesk.demo.inboxes import read_old_messages
from servicedesk.demo.people import make_house, make_people
from servicedesk.demo.visitors import hang_up_codes
from servicedesk.services.demo import add_step

add_step(10, "服务点与地点", make_house)
add_step(20, "人员", make_people)
add_step(30, "游客二维码", hang_up_codes)
# After all who tell somebody something.
add_step(950, "已读的通知", read_old_messages)
