"""Documents of a claim: which are taken, and what in a number makes the clerk read it again.

Kind, form and expiry refuse. A number only warns: real people have old county codes, cards whose
number begins with 81, 82 or 83, and numbers issued before the check digit.
"""

import datetime as dt
import re
from dataclasses import dataclass

from lostfound.choices import NEVER_ALLOWED_DOCUMENTS, RESIDENT_NUMBER_DOCUMENTS, DocumentForm, DocumentKind
from lostfound.errors.claims import (
    DocumentExpired,
    DocumentIncomplete,
    DocumentKindRefused,
    DocumentNotOriginal,
    DocumentOfWork,
)
from servicedesk.sealing import normal
from servicedesk.services import preferences

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_RESIDENT = re.compile(r"[0-9]{17}[0-9X]")


@dataclass(frozen=True, kw_only=True)
class Document:
    """What the clerk reads off the document in the claimant's hand. No picture of it is kept."""

    kind: str = ""
    form: str = ""
    name: str = ""
    number: str = ""
    expires_on: dt.date | None = None

    @property
    def is_blank(self) -> bool:
        return not (self.kind or self.name.strip() or self.number.strip())


def allowed_documents() -> list[tuple[str, str]]:
    """The kinds the manager allows, in the order of the rule, as choices of a field."""
    allowed = preferences.value("lostfound.documents")
    return [(k.value, k.label) for k in DocumentKind if k.value in allowed and k not in NEVER_ALLOWED_DOCUMENTS]


def require_acceptable(document: Document, *, whose: str, on: dt.date) -> None:
    """Refuse a document that proves nothing at the desk. `whose` is 认领人, 代领人 or 监护人.

    Raises:
        DocumentIncomplete, DocumentOfWork, DocumentKindRefused, DocumentNotOriginal, DocumentExpired
    """
    if not (document.kind and document.name.strip() and document.number.strip()):
        raise DocumentIncomplete(whose=whose)
    label = _label(document.kind)
    if document.kind in NEVER_ALLOWED_DOCUMENTS:
        raise DocumentOfWork(document=label, whose=whose)
    if document.kind not in dict(allowed_documents()):
        raise DocumentKindRefused(document=label, allowed="、".join(dict(allowed_documents()).values()))
    if document.form != DocumentForm.ORIGINAL:
        raise DocumentNotOriginal(whose=whose, document=label)
    if document.expires_on and document.expires_on < on:
        raise DocumentExpired(whose=whose, document=label, on=f"{document.expires_on:%Y年%m月%d日}")


def _label(kind: str) -> str:
    return str(DocumentKind(kind).label) if kind in DocumentKind.values else kind


def check_digit(first_seventeen: str) -> str:
    """The last character of an 18-digit number (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11]


def birth_date(number: str) -> dt.date | None:
    """The date of birth in an 18-digit number; None when there is none in it."""
    text = normal(number)
    if not _RESIDENT.fullmatch(text):
        return None
    try:
        return dt.date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return None


def doubts(kind: str, number: str, *, on: dt.date) -> list[str]:
    """Why a number should be read once more. Other documents than residents' have no rule to check."""
    text = normal(number)
    if kind not in RESIDENT_NUMBER_DOCUMENTS or not text:
        return []
    if not _RESIDENT.fullmatch(text):
        return ["号码不是 18 位,请对照证件再读一遍。"]
    found = []
    if check_digit(text[:17]) != text[17]:
        found.append("号码的校验位对不上,多半有一位打错了,请对照证件再读一遍。")
    born = birth_date(text)
    if born is None or born.year < 1900 or born > on:
        found.append("号码里的出生日期不对,请对照证件再读一遍。")
    return found


def age(number: str, *, on: dt.date) -> int | None:
    """Full years on a day, from an 18-digit number."""
    born = birth_date(number)
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) if born else None
