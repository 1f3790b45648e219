"""What the duty day tells the start page, one module per noun."""

from dutylog.today import briefings, days, enquiries, followups

__all__ = ["briefings", "days", "enquiries", "followups"]
