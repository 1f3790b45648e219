"""What the duty day tells the start page, one module per noun."""

from dutylog.today import days, followups

__all__ = ["days", "followups"]
