"""What the duty day tells the start page, one module per noun."""

from dutylog.today import briefings, followups

__all__ = ["briefings", "followups"]
