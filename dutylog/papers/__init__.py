"""The printed forms of the duty day; reading this package makes them known, in the order of their numbers."""

from dutylog.papers import briefings, days, followups, handovers

__all__ = ["briefings", "days", "followups", "handovers"]
