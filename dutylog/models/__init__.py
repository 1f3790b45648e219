"""Tables of the duty day."""

from dutylog.models.calendar import CalendarDay
from dutylog.models.days import DaySeal, DutyDay, Operation, Shift, ShiftPost
from dutylog.models.entries import Addendum, LogEntry, NoticeStep
from dutylog.models.followups import FollowUp, FollowUpUpdate, OpenItem, OpenItemUpdate

__all__ = [
    "Addendum", "CalendarDay", "DaySeal", "DutyDay", "FollowUp", "FollowUpUpdate", "LogEntry", "NoticeStep",
    "OpenItem", "OpenItemUpdate", "Operation", "Shift", "ShiftPost",
]
