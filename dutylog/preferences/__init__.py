"""Numbers of the duty day that a manager may change, one module per noun."""

from dutylog.preferences import briefings, days, enquiries, entries, followups

__all__ = ["briefings", "days", "enquiries", "entries", "followups"]
