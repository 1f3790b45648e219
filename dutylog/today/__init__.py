"""What the duty day tells the start page, one module per noun."""

from dutylog.today import followups

__all__ = ["followups"]
