"""The demo park's small ledgers."""

from ledgers.demo.days import fill_ledgers
from servicedesk.services.demo import add_step

add_step(880, "台账", fill_ledgers)
