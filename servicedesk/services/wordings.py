"""The desk's own wording of a paper: title, form code, version, footnotes, signature labels, tear line."""

from dataclasses import dataclass, field

from django.db import transaction

from servicedesk.errors import EditedMeanwhile
from servicedesk.models import PaperWording
from servicedesk.paper import Paper
from servicedesk.services.transitions import last_editor


@dataclass(frozen=True, kw_only=True)
class WordingFacts:
    """What a manager may change; an empty text means the declared one."""

    title: str = ""
    form_code: str = ""
    form_version: str = ""
    footnotes: str = ""
    signature_labels: dict[str, str] = field(default_factory=dict)
    has_tear_line: bool = True


def wording_row(paper: Paper) -> PaperWording:
    """The stored wording, or an unsaved row that changes nothing."""
    return PaperWording.objects.filter(paper=paper.key).first() or PaperWording(paper=paper.key)


def wording_version(row: PaperWording) -> int:
    """Counts the changes, so that two editors are told; 0 before the first."""
    return row.history.count() if row.pk else 0


@transaction.atomic
def change_wording(paper: Paper, facts: WordingFacts, *, by, version: int | None = None) -> PaperWording:
    """Store the wording; its history keeps the old one and who changed it.

    Raises:
        EditedMeanwhile: somebody changed it since `version` was read.
    """
    row = PaperWording.objects.select_for_update().filter(paper=paper.key).first() or PaperWording(paper=paper.key)
    if version is not None and version != wording_version(row):
        raise EditedMeanwhile(number=paper.title, who=last_editor(row))
    row.title, row.form_code, row.form_version = facts.title, facts.form_code, facts.form_version
    row.footnotes, row.has_tear_line = facts.footnotes, facts.has_tear_line
    row.signature_labels = {key: label for key, label in facts.signature_labels.items() if label}
    row._history_user = by
    row.save()
    return row
