"""The figures of complaints and their service, one module per noun; the order is that of the summary."""

from complaints.figures import (
    callbacks,
    cases,
    grievances,
    payouts,
    visitors,
)

__all__ = [
    "callbacks",
    "cases",
    "grievances",
    "payouts",
    "visitors",
]
