"""Numbers of the duty day that a manager may change, one module per noun."""

from dutylog.preferences import followups

__all__ = ["followups"]
