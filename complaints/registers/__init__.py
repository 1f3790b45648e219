"""The books of complaints; the order is that of the rail."""

from complaints.registers import complaints

__all__ = ["complaints"]
