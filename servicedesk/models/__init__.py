"""Tables of the ground floor."""

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
from servicedesk.models.messages import Message, MessageQuerySet
from servicedesk.models.people import Department, User
from servicedesk.models.places import ServicePoint, StoragePlace, Zone
from servicedesk.models.records import Draft, ListView, Record, RecordQuerySet, SerialCounter, Submission

__all__ = [
    "AboutRecord", "AboutRecordQuerySet", "Department", "Disclosure", "Draft", "ExportLog", "ListView",
    "Message", "MessageQuerySet", "PaperWording", "Photo", "PrintedPaper", "PurgePermit", "PurgeRun", "Record",
    "RecordQuerySet", "SearchEntry", "SerialCounter", "ServicePoint", "Setting", "SignInAttempt", "Signature",
    "StoragePlace", "Submission", "TableMark", "User", "Zone",
]
