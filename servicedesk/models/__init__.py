"""Tables of the ground floor."""

from servicedesk.models.desks import Unsought, at_desk_before, of_desks
from servicedesk.models.evidence import (
    AboutRecord,
    AboutRecordQuerySet,
    Disclosure,
    ExportLog,
    Photo,
    PrintedPaper,
    Signature,
)
from servicedesk.models.house import (
    PaperWording,
    PurgePermit,
    PurgeRun,
    SearchEntry,
    Setting,
    SignInAttempt,
    TableMark,
)
from servicedesk.models.jobs import JobState, LongTask, LongTaskQuerySet, Runner
from servicedesk.models.messages import Message, MessageQuerySet
from servicedesk.models.months import ClosedMonth, LateChange
from servicedesk.models.people import Department, Pin, User
from servicedesk.models.places import ServicePoint, StoragePlace, Zone
from servicedesk.models.records import Draft, ListView, Record, RecordQuerySet, SerialCounter, Submission
from servicedesk.models.sending import Channel, Delivery, DeliveryQuerySet
from servicedesk.models.visitors import VisitorCode, VisitorCodeQuerySet, VisitorCount

__all__ = [
    "AboutRecord",
    "AboutRecordQuerySet",
    "Channel",
    "ClosedMonth",
    "Delivery",
    "DeliveryQuerySet",
    "Department",
    "Disclosure",
    "Draft",
    "ExportLog",
    "JobState",
    "LateChange",
    "ListView",
    "LongTask",
    "LongTaskQuerySet",
    "Message",
    "MessageQuerySet",
    "PaperWording",
    "Photo",
    "Pin",
    "PrintedPaper",
    "PurgePermit",
    "PurgeRun",
    "Record",
    "RecordQuerySet",
    "Runner",
    "SearchEntry",
    "SerialCounter",
    "ServicePoint",
    "Setting",
    "SignInAttempt",
    "Signature",
    "StoragePlace",
    "Submission",
    "TableMark",
    "Unsought",
    "User",
    "VisitorCode",
    "VisitorCodeQuerySet",
    "VisitorCount",
    "Zone",
    "at_desk_before",
    "of_desks",
]
