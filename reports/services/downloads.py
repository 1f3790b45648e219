"""A file of an archive leaves the house: proved whole, and noted, before the first byte."""

from collections.abc import Iterator

from reports.choices import FileKind
from reports.models import MonthArchiveFile
from reports.services import store
from reports.services.archiving import LOG
from servicedesk.errors import ReasonNeeded
from servicedesk.models import ExportLog, User
from servicedesk.services.longexports import EXCEL

TYPES = {
    FileKind.WORKBOOK: EXCEL, FileKind.FULL_WORKBOOK: EXCEL, FileKind.BINDER: "application/pdf",
    FileKind.MANIFEST: "application/json",
}


def hand_out(file: MonthArchiveFile, *, by: User, reason: str = "") -> Iterator[bytes]:
    """The content, piece by piece, once the download stands in the export log.

    Raises:
        ReasonNeeded: whole numbers without saying what for.
        FileGone, FileDamaged: it is not what was archived; nothing is noted.
    """
    if file.needs_reason and not reason.strip():
        raise ReasonNeeded("下载完整号码请写明用途。")
    store.check(file)
    ExportLog.objects.create(
        register=LOG, query=f"{file.archive} {file.get_kind_display()}", reason=reason.strip()[:200], by=by,
        rows=sum(each["rows"] for each in file.archive.facts["registers"]),
        is_full=file.kind == FileKind.FULL_WORKBOOK,
    )
    return store.read(file)
