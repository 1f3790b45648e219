"""The printed forms of complaints, in the order of their numbers."""

from complaints.papers import (
    callbacks,
    compensations,
    complaints,
    figures,
    grievances,
)

__all__ = [
    "callbacks",
    "compensations",
    "complaints",
    "figures",
    "grievances",
]
