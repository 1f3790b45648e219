"""The rounds' part of the demo park."""

from checklists.demo.days import live_through
from servicedesk.services.demo import add_step

add_step(300, "检查与跟进", live_through)
