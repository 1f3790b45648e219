"""The printed forms of complaints, in the order of their numbers."""

from complaints.papers import (
    compensations,
    complaints,
    figures,
    grievances,
)

__all__ = [
    "compensations",
    "complaints",
    "figures",
    "grievances",
]
