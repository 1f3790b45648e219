"""Numbers of the duty day that a manager may change, one module per noun."""

from dutylog.preferences import briefings

__all__ = ["briefings"]
