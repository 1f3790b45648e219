"""Lost and found's part of the demo park."""

from lostfound.demo.days import count, live_through
from lostfound.demo.standing import leave_open
from lostfound.demo.visitors import tell_losses
from servicedesk.services.demo import add_step

add_step(100, "失物招领", live_through)
add_step(800, "今天在办的", leave_open)
add_step(870, "扫码报失", tell_losses)
add_step(900, "清点", count)
