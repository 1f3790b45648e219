"""The books of complaints; the order is that of the rail."""

from complaints.registers import (
    complaints,
    grievances,
    incidents,
    pages,
)

__all__ = [
    "complaints",
    "grievances",
    "incidents",
    "pages",
]
