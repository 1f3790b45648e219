"""The printed forms of the duty day; reading this package makes them known, in the order of their numbers."""

from dutylog.papers import days

__all__ = ["days"]
