"""The printed forms of complaints, in the order of their numbers."""

from complaints.papers import callbacks, complaints, grievances

__all__ = ["callbacks", "complaints", "grievances"]
