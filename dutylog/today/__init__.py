"""What the duty day tells the start page, one module per noun."""

from dutylog.today import (
    accidents,
    briefings,
    days,
    enquiries,
    entries,
    followups,
    handovers,
    headcounts,
    oldlines,
    openitems,
)

__all__ = [
    "accidents",
    "briefings",
    "days",
    "enquiries",
    "entries",
    "followups",
    "handovers",
    "headcounts",
    "oldlines",
    "openitems",
]
