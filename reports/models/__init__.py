"""Models of the top floor: it owns no register, only what it makes of them."""

from reports.models.archives import MonthArchive, MonthArchiveFile
from reports.models.oldbooks import OldBookImport, OldBookRow

__all__ = [
    "MonthArchive",
    "MonthArchiveFile",
    "OldBookImport",
    "OldBookRow",
]
