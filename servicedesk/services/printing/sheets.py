"""From a declared paper and its record to the HTML of the sheet, in the desk's own wording."""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import segno
from django.template.loader import render_to_string

from servicedesk.models import PaperWording
from servicedesk.paper import Ledger, Paper
from servicedesk.services import preferences


@dataclass(frozen=True)
class Wording:
    """The desk's own title, form code, version, footnotes and signature labels of a paper."""

    title: str
    form_code: str
    version: str
    footnotes: tuple[str, ...]
    labels: dict[str, str]
    has_tear_line: bool


def wording_of(paper: Paper) -> Wording:
    """The declared wording with what a manager changed laid over it."""
    own = PaperWording.objects.filter(paper=paper.key).first() or PaperWording(paper=paper.key)
    notes = tuple(line.strip() for line in own.footnotes.splitlines() if line.strip())
    labels = {key: own.signature_labels.get(key) or label for key, label in paper.signatures}
    return Wording(
        title=own.title or paper.heading or paper.title, form_code=own.form_code or paper.form_code,
        version=own.form_version or paper.version, footnotes=notes or paper.footnotes, labels=labels,
        has_tear_line=paper.has_tear_line and own.has_tear_line,
    )


@dataclass
class Sheet:
    """What every print template knows as `sheet`."""

    paper: Paper
    wording: Wording
    number: str
    title: str
    company: str
    department: str
    is_blank: bool
    carried: list[tuple[str, str]] = field(default_factory=list)

    @property
    def qr(self) -> str:
        """The QR of the number as a picture in the page; none on a blank sheet."""
        return qr_picture(self.number) if self.number and not self.paper.is_ledger else ""

    @property
    def labels(self) -> dict[str, str]:
        return self.wording.labels

    def cell(self, text: Any, limit: int, label: str) -> str:
        """`text`, or its beginning when longer than `limit`: the whole then stands on the 续页."""
        whole = "" if text is None else str(text)
        if len(whole) <= limit:
            return whole
        self.carried.append((label, whole))
        return f"{whole[:max(limit - 8, 1)]}…(全文见续页{len(self.carried)})"


@lru_cache(maxsize=512)
def qr_picture(text: str) -> str:
    """A QR code as a data address (PNG, 8 pixels a module, error correction M)."""
    stream = io.BytesIO()
    segno.make(text, error="m", micro=False).save(stream, kind="png", scale=8, border=1)
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode()


def _sheet(paper: Paper, number: str, title: str, is_blank: bool) -> Sheet:
    wording = wording_of(paper)
    return Sheet(
        paper=paper, wording=wording, number=number, title=title or wording.title, is_blank=is_blank,
        company=preferences.value("servicedesk.company"), department=preferences.value("servicedesk.department"),
    )


def sheet_html(paper: Paper, subject: Any) -> str:
    """The page of a record, a `Ledger`, a list of label records, or of nothing (the blank form)."""
    number = "" if subject is None or isinstance(subject, (Ledger, list)) else paper.number(subject)
    own_title = paper.title_of(subject) if paper.title_of and subject is not None else ""
    sheet = _sheet(paper, number, own_title, subject is None)
    return render_to_string(paper.template, {**paper.context(subject), "sheet": sheet, "subject": subject})


def chunks(rows: Sequence[Any], size: int) -> list[list[Any]]:
    """`rows` in pieces of `size`; one empty piece when there is none."""
    return [list(rows[i:i + size]) for i in range(0, len(rows), size)] or [[]]
