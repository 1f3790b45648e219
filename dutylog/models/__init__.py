"""Tables of the duty day."""

from dutylog.models.briefings import (
    Briefing,
    BriefingDocument,
    BriefingNote,
    BriefingReader,
    BriefingReceipt,
    BriefingTask,
    BriefingVersion,
)
from dutylog.models.calendar import CalendarDay
from dutylog.models.days import DaySeal, DutyDay, Operation, Shift, ShiftPost
from dutylog.models.enquiries import Enquiry, EnquiryTally
from dutylog.models.entries import Addendum, LogEntry, NoticeStep
from dutylog.models.followups import FollowUp, FollowUpUpdate, OpenItem, OpenItemUpdate

__all__ = [
    "Addendum", "Briefing", "BriefingDocument", "BriefingNote", "BriefingReader", "BriefingReceipt", "BriefingTask",
    "BriefingVersion", "CalendarDay", "DaySeal", "DutyDay", "Enquiry", "EnquiryTally", "FollowUp", "FollowUpUpdate",
    "LogEntry", "NoticeStep", "OpenItem", "OpenItemUpdate", "Operation", "Shift", "ShiftPost",
]
