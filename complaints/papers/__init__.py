"""The printed forms of complaints, in the order of their numbers."""

from complaints.papers import (
    compensations,
    complaints,
    grievances,
)

__all__ = [
    "compensations",
    "complaints",
    "grievances",
]
