"""What each of the four paths of a claim needs, judged from the stored row."""

import datetime as dt

from django.utils import timezone

from lostfound.choices import ClaimPath
from lostfound.errors.claims import (
    AuthorisationMissing,
    DelegateIncomplete,
    FaceNotCompared,
    GuardianIncomplete,
    GuardianshipUnproven,
    NoNameOnDocument,
    NotADocument,
    NumberNotDictated,
    OwnerCalledInFuture,
    OwnerNotCalled,
    SecondSignNeeded,
)
from lostfound.models import Claim
from lostfound.services.documents import Document, require_acceptable
from lostfound.services.names import Comparison

# Clocks of the desks' computers differ a little.
CLOCK_TOLERANCE = dt.timedelta(minutes=2)
OWN, DELEGATE, GUARDIAN = "", "delegate_", "guardian_"


def document_of(claim: Claim, whose: str = OWN) -> Document:
    """The document as it stands in the row; `whose` is the prefix of its columns."""
    return Document(
        kind=getattr(claim, f"{whose}document_kind"), form=getattr(claim, f"{whose}document_form"),
        name=getattr(claim, f"{whose}document_name"), number=getattr(claim, f"{whose}document_number"),
        expires_on=getattr(claim, f"{whose}document_expires_on"),
    )


def require_path(claim: Claim, *, on: dt.date) -> None:
    """Refuse a claim whose path lacks something. Names are compared elsewhere.

    Raises:
        one of the refusals about documents and paths in `lostfound.errors.claims`.
    """
    _NEEDS[ClaimPath(claim.path)](claim, on)


def _owner(claim: Claim, on: dt.date) -> None:
    require_acceptable(document_of(claim), whose="认领人", on=on)


def _delegate(claim: Claim, on: dt.date) -> None:
    if not (claim.delegate_name.strip() and claim.delegate_phone.strip() and claim.delegate_relation.strip()):
        raise DelegateIncomplete
    require_acceptable(document_of(claim), whose="失主", on=on)
    require_acceptable(document_of(claim, DELEGATE), whose="代领人", on=on)
    if not (claim.has_authorisation and claim.authorisation_name.strip()):
        raise AuthorisationMissing
    if not (claim.owner_called_at and claim.owner_call_result.strip()):
        raise OwnerNotCalled
    if claim.owner_called_at > timezone.now() + CLOCK_TOLERANCE:
        raise OwnerCalledInFuture(field="owner_called_at")


def _own_document(claim: Claim, on: dt.date) -> None:
    item = claim.item
    if not item.category.is_identity:
        raise NotADocument(category=item.category.name)
    if not item.name_on_item.strip():
        raise NoNameOnDocument(number=item.number)
    if not claim.is_face_compared:
        raise FaceNotCompared
    if not claim.is_number_dictated:
        raise NumberNotDictated
    if not (claim.second_sign.strip() or claim.second_person_id):
        raise SecondSignNeeded
    _optional(claim, OWN, "认领人", on)


def _minor(claim: Claim, on: dt.date) -> None:
    if not claim.guardian_name.strip():
        raise GuardianIncomplete
    require_acceptable(document_of(claim, GUARDIAN), whose="监护人", on=on)
    if not (claim.has_household_register or claim.guardian_statement.strip()):
        raise GuardianshipUnproven
    _optional(claim, OWN, "未成年人", on)


def _optional(claim: Claim, prefix: str, whose: str, on: dt.date) -> None:
    document = document_of(claim, prefix)
    if not document.is_blank:
        require_acceptable(document, whose=whose, on=on)


_NEEDS = {
    ClaimPath.OWNER: _owner, ClaimPath.DELEGATE: _delegate, ClaimPath.OWN_ID: _own_document,
    ClaimPath.MINOR: _minor,
}


def is_document_read(claim: Claim) -> bool:
    """Whether step ② has been done at least once."""
    return bool(claim.document_kind or claim.guardian_document_kind or claim.is_face_compared)


def comparisons(claim: Claim) -> list[Comparison]:
    """The pairs of names that must agree: (a) document, (c) 委托书, (b) the thing, (d) the lost report."""
    who = {ClaimPath.DELEGATE: "失主", ClaimPath.MINOR: "未成年人"}.get(ClaimPath(claim.path), "认领人")
    return [*_documents(claim, who), *_letter(claim), *_thing_and_report(claim, who)]


def _documents(claim: Claim, who: str) -> list[Comparison]:
    pairs = []
    if claim.document_name.strip():
        below = "失主证件" if claim.path == ClaimPath.DELEGATE else "证件"
        pairs.append(_pair(who, claim.claimant_name, below, claim.document_name))
    if claim.path == ClaimPath.DELEGATE:
        pairs.append(_pair("代领人", claim.delegate_name, "代领人证件", claim.delegate_document_name))
    if claim.path == ClaimPath.MINOR:
        pairs.append(_pair("监护人", claim.guardian_name, "监护人证件", claim.guardian_document_name))
    return pairs


def _letter(claim: Claim) -> list[Comparison]:
    if claim.path != ClaimPath.DELEGATE:
        return []
    return [_pair("委托书", claim.authorisation_name, "失主证件", claim.document_name)]


def _thing_and_report(claim: Claim, who: str) -> list[Comparison]:
    pairs = []
    if claim.item.name_on_item.strip():
        pairs.append(_pair(who, claim.claimant_name, "物品上的姓名", claim.item.name_on_item))
    if claim.report is not None:
        pairs.append(_pair(who, claim.claimant_name, "失物登记", claim.report.owner_name))
    return pairs


def _pair(above_label: str, above: str, below_label: str, below: str) -> Comparison:
    return Comparison(above_label=above_label, above=above, below_label=below_label, below=below)
