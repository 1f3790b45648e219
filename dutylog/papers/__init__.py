"""The printed forms of the duty day; reading this package makes them known, in the order of their numbers."""

from dutylog.papers import briefings, days, enquiries, followups

__all__ = ["briefings", "days", "enquiries", "followups"]
