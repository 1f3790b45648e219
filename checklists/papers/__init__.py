"""The printed forms of the rounds; reading this package makes them known, in the order of their numbers."""

from checklists.papers import daysheet, labels, matrices

__all__ = ["daysheet", "labels", "matrices"]
