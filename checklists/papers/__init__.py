"""The printed forms of the rounds; reading this package makes them known, in the order of their numbers."""

from checklists.papers import labels, matrices

__all__ = ["labels", "matrices"]
