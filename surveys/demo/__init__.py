"""The surveys' part of the demo park."""

from servicedesk.services.demo import add_step
from surveys.demo.days import ask_visitors

add_step(860, "满意度调研", ask_visitors)
