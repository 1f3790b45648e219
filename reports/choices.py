"""Kinds of what lies in a month archive."""

from django.db import models


class FileKind(models.TextChoices):
    """A file of a month archive."""

    WORKBOOK = "workbook", "工作簿(已脱敏)"
    FULL_WORKBOOK = "full", "工作簿(完整号码)"
    BINDER = "binder", "装订册 PDF"
    MANIFEST = "manifest", "清单与校验值"


FILE_ICONS = {
    FileKind.WORKBOOK: "file-earmark-spreadsheet",
    FileKind.FULL_WORKBOOK: "file-earmark-lock",
    FileKind.BINDER: "journal-bookmark",
    FileKind.MANIFEST: "list-check",
}
# What opens to nobody without a reason.
NEEDS_REASON = frozenset({FileKind.FULL_WORKBOOK})
# What bears names or numbers of visitors: it goes when these are forgotten.
WITH_PEOPLE = frozenset({FileKind.WORKBOOK, FileKind.FULL_WORKBOOK, FileKind.BINDER})
