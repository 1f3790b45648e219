"""Numbers of the duty day that a manager may change, one module per noun."""

from dutylog.preferences import days, entries, followups

__all__ = ["days", "entries", "followups"]
