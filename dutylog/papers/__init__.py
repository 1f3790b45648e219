"""Papers of the duty day; reading this package makes them known."""

from dutylog.papers import briefings

__all__ = ["briefings"]
