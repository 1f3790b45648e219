"""Numbers of the duty day that a manager may change, one module per noun."""

from dutylog.preferences import (
    accidents,
    briefings,
    days,
    enquiries,
    entries,
    followups,
    handovers,
    headcounts,
    oldlines,
)

__all__ = [
    "accidents", "briefings", "days", "enquiries", "entries", "followups", "handovers", "headcounts", "oldlines",
]
