"""The printed forms of the duty day; reading this package makes them known, in the order of their numbers."""

from dutylog.papers import followups

__all__ = ["followups"]
