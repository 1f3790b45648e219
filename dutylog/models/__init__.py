"""Tables of the duty day."""

from dutylog.models.accidents import Accident, AccidentUpdate, InjuredPerson
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
from dutylog.models.handovers import ClosingExplanation, HandOver, HandOverLine
from dutylog.models.headcounts import HeadcountReport, HeadcountSend
from dutylog.models.oldlines import OldLogLine

__all__ = [
    "Accident", "AccidentUpdate", "Addendum", "Briefing", "BriefingDocument", "BriefingNote", "BriefingReader",
    "BriefingReceipt", "BriefingTask", "BriefingVersion", "CalendarDay", "ClosingExplanation", "DaySeal",
    "DutyDay", "Enquiry", "EnquiryTally", "FollowUp", "FollowUpUpdate", "HandOver", "HandOverLine",
    "HeadcountReport", "HeadcountSend", "InjuredPerson", "LogEntry", "NoticeStep", "OldLogLine", "OpenItem",
    "OpenItemUpdate", "Operation", "Shift", "ShiftPost",
]
