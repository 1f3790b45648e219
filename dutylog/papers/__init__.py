"""The printed forms of the duty day; reading this package makes them known, in the order of their numbers."""

from dutylog.papers import accidents, briefings, days, enquiries, followups, handovers, headcounts, oldlines

__all__ = ["accidents", "briefings", "days", "enquiries", "followups", "handovers", "headcounts", "oldlines"]
