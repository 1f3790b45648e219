"""The printed forms of complaints, in the order of their numbers."""

from complaints.papers import (
    complaints,
    figures,
    grievances,
)

__all__ = [
    "complaints",
    "figures",
    "grievances",
]
