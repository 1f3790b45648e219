"""The books of complaints; the order is that of the rail."""

from complaints.registers import complaints, grievances

__all__ = ["complaints", "grievances"]
