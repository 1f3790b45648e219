"""The books of complaints; the order is that of the rail."""

from complaints.registers import complaints, grievances, incidents

# isort: split
from complaints.registers import compensations, rectifications

__all__ = [
    "complaints",
    "grievances",
    "incidents",
    "compensations",
    "rectifications",
]
