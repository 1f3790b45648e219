"""Kinds of what lies in a month archive; states of the import of an old ledger."""

from django.db import models

from servicedesk.choices import Tone


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


class OldBookState(models.TextChoices):
    """Where the import of an old ledger stands."""

    CHECKING = "checking", "核对中"
    WAITING = "waiting", "待确认"
    RUNNING = "running", "导入中"
    DONE = "done", "已导入"
    UNDONE = "undone", "已撤销"
    DROPPED = "dropped", "已放弃"


OLD_BOOK_TRANSITIONS: dict[str, frozenset[str]] = {
    OldBookState.CHECKING: frozenset({OldBookState.WAITING, OldBookState.DROPPED}),
    OldBookState.WAITING: frozenset({OldBookState.RUNNING, OldBookState.DROPPED}),
    OldBookState.RUNNING: frozenset({OldBookState.DONE, OldBookState.WAITING}),
    OldBookState.DONE: frozenset({OldBookState.UNDONE}),
    OldBookState.UNDONE: frozenset(),
    OldBookState.DROPPED: frozenset(),
}
OLD_BOOK_BADGES = {
    OldBookState.CHECKING: (Tone.INK, "hourglass-split"),
    OldBookState.WAITING: (Tone.OCHRE, "eye"),
    OldBookState.RUNNING: (Tone.INK, "hourglass-split"),
    OldBookState.DONE: (Tone.JADE, "check2-circle"),
    OldBookState.UNDONE: (Tone.GREY, "arrow-counterclockwise"),
    OldBookState.DROPPED: (Tone.GREY, "x-circle"),
}
