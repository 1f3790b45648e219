"""The printed forms of the duty day; reading this package makes them known, in the order of their numbers."""

from dutylog.papers import days, followups

__all__ = ["days", "followups"]
