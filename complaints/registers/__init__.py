"""The books of complaints; the order is that of the rail."""

# isort: off
from complaints.registers import complaints
from complaints.registers import callbacks
from complaints.registers import grievances
from complaints.registers import incidents
from complaints.registers import compensations
from complaints.registers import rectifications
from complaints.registers import pages

__all__ = [
    "complaints",
    "callbacks",
    "grievances",
    "incidents",
    "compensations",
    "rectifications",
    "pages",
]
