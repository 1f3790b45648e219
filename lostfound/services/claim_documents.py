"""Step ② of a claim: the document is read, the names are compared, and what cures a difference."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from lostfound.choices import ClaimPath, ClaimState
from lostfound.errors.claims import (
    CertificateNotNeeded,
    CertificateNumberNeeded,
    ClaimantNeeded,
    DictatedNumberWrong,
    NamesDiffer,
    NotACorrectableName,
    NothingToCorrect,
    NumberNotDictated,
    SecondPersonIsTheSame,
)
from lostfound.models import Claim, NameCorrection
from lostfound.services.claim_paths import comparisons, require_path
from lostfound.services.claim_rows import hold_rows, require_state
from lostfound.services.claim_statements import begin_anew
from lostfound.services.documents import Document, doubts
from lostfound.services.names import Comparison
from servicedesk.errors import NotAllowed, ReasonNeeded
from servicedesk.sealing import digest
from servicedesk.services.search import index_record
from servicedesk.services.transitions import amend, move

OWNER_CURE = "请失主本人到场。"
WORKING = (ClaimState.OPENED, ClaimState.VERIFYING, ClaimState.ESCALATED)
# Names that a second person may put right: on the claim, on the item, in the lost report.
CORRECTABLE = {
    "claimant_name": "认领人姓名", "document_name": "证件上的姓名", "delegate_name": "代领人姓名",
    "delegate_document_name": "代领人证件姓名", "authorisation_name": "委托书上的委托人",
    "guardian_name": "监护人姓名", "guardian_document_name": "监护人证件姓名",
    "item.name_on_item": "物品上的姓名", "report.owner_name": "失物登记的失主",
}


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What the clerk reads and checks in step ②; each path uses its own part.

    `dictated_number` is compared with the number on the item and not kept. `second_person` has
    confirmed with their own password before this is called.
    """

    path: str = ClaimPath.OWNER
    origin: str = ""
    owner: Document = field(default_factory=Document)
    delegate_name: str = ""
    delegate_phone: str = ""
    delegate_relation: str = ""
    delegate: Document = field(default_factory=Document)
    has_authorisation: bool = False
    authorisation_name: str = ""
    owner_called_at: dt.datetime | None = None
    owner_call_result: str = ""
    is_face_compared: bool = False
    is_number_dictated: bool = False
    dictated_number: str = ""
    second_sign: str = ""
    second_person: Any = None
    guardian_name: str = ""
    guardian: Document = field(default_factory=Document)
    has_household_register: bool = False
    guardian_statement: str = ""


@transaction.atomic
def record_document(claim: Claim, proof: Proof, *, by, version: int | None = None) -> list[Comparison]:
    """Keep what was read off the originals and compare the names; unequal names block the claim.

    Nothing is stored when the path lacks something. A blocked claim is not cured by typing again:
    that is `correct_name`, `owner_comes` or `certify_names`.

    Raises:
        ClaimEnded, ClaimIsBlocked, NotPossibleNow, EditedMeanwhile
        SecondPersonIsTheSame: the one who types is no second member of staff.
        the refusals about documents and paths of `lostfound.errors.claims`
    """
    hold_rows(claim)
    require_state(claim, *WORKING)
    if proof.second_person == by:
        raise SecondPersonIsTheSame(field="second_person")
    return _keep(claim, proof, {}, by=by, version=version)


@transaction.atomic
def owner_comes(claim: Claim, proof: Proof, *, claimant_name: str, phone: str, by) -> list[Comparison]:
    """Cure of a blocked claim: the owner stands at the desk; path K1 with new values, compared anew.

    The blind check begins anew too: what the earlier person said does not count for the owner, and the thing
    is closed until the owner has spoken.

    Raises:
        NotPossibleNow: the claim is not blocked. Else as `record_document`.
    """
    hold_rows(claim)
    require_state(claim, ClaimState.BLOCKED, wanted=ClaimState.VERIFYING)
    if not (claimant_name.strip() and phone.strip()):
        raise ClaimantNeeded
    begin_anew(claim, speaker_of(claim), by=by)
    changes = {"claimant_name": claimant_name.strip(), "phone": phone.strip(), "opened_for_view_at": None}
    return _keep(claim, proof, changes, by=by, reason="失主本人到场")


def speaker_of(claim: Claim) -> str:
    """Who stands at the desk and speaks: the owner, the delegate or the guardian."""
    other = {ClaimPath.DELEGATE: claim.delegate_name, ClaimPath.MINOR: claim.guardian_name}
    return other.get(ClaimPath(claim.path), "").strip() or claim.claimant_name


def _keep(claim: Claim, proof: Proof, more: dict, *, by, version=None, reason: str = "") -> list[Comparison]:
    changes = {**_changes(claim, proof), **more}
    if any(changes.get(name, getattr(claim, name)) != getattr(claim, name) for name in _NAMES):
        changes |= {"certificate_number": "", "certificate_by": None}
    # Judged on a row that is not saved: a refusal must leave nothing behind.
    draft = Claim.objects.get(pk=claim.pk)
    draft.item, draft.report = claim.item, claim.report
    for name, value in changes.items():
        setattr(draft, name, value)
    require_path(draft, on=timezone.localdate())
    doubt = " ".join(doubts(proof.owner.kind, proof.owner.number, on=timezone.localdate()))
    amend(claim, by=by, version=version, reason=reason or (f"已复读:{doubt}" if doubt else "核对证件"), **changes)
    index_record(claim)
    return check_names(claim, by=by)


_NAMES = ("claimant_name", "document_name", "delegate_name", "delegate_document_name", "authorisation_name",
          "guardian_name", "guardian_document_name")
_PLAIN = {
    ClaimPath.OWNER: (),
    ClaimPath.DELEGATE: (
        "delegate_name", "delegate_phone", "delegate_relation", "has_authorisation", "authorisation_name",
        "owner_called_at", "owner_call_result",
    ),
    ClaimPath.OWN_ID: ("is_face_compared", "is_number_dictated", "second_sign", "second_person"),
    ClaimPath.MINOR: ("guardian_name", "has_household_register", "guardian_statement"),
}


def _changes(claim: Claim, proof: Proof) -> dict[str, Any]:
    """The columns of the proof's path; those of the other paths are emptied."""
    changes: dict[str, Any] = {"path": proof.path, "origin": proof.origin.strip() or claim.origin}
    for path, names in _PLAIN.items():
        blank = Proof()
        source = proof if path == proof.path else blank
        changes |= {name: _tidy(getattr(source, name)) for name in names}
    changes |= _columns("", proof.owner)
    changes |= _columns("delegate_", proof.delegate if proof.path == ClaimPath.DELEGATE else Document())
    changes |= _columns("guardian_", proof.guardian if proof.path == ClaimPath.MINOR else Document())
    if proof.path == ClaimPath.OWN_ID:
        changes["is_number_dictated"] = _is_dictated(claim, proof)
    return changes


def _tidy(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _columns(prefix: str, document: Document) -> dict[str, Any]:
    return {
        f"{prefix}document_kind": document.kind, f"{prefix}document_form": document.form if document.kind else "",
        f"{prefix}document_name": document.name.strip(), f"{prefix}document_number": document.number.strip(),
        f"{prefix}document_expires_on": document.expires_on,
    }


def _is_dictated(claim: Claim, proof: Proof) -> bool:
    """Whether the claimant knew the number; the desk's tick is enough only where the item has none on record."""
    known = claim.item.number_on_item_digest
    if not known:
        return proof.is_number_dictated
    if not proof.dictated_number.strip():
        raise NumberNotDictated(field="dictated_number")
    if digest(proof.dictated_number) != known:
        raise DictatedNumberWrong(field="dictated_number")
    return True


def check_names(claim: Claim, *, by) -> list[Comparison]:
    """Compare all names and bring the state after them: unequal blocks, equal frees. Rows locked by the caller.

    A police certificate stands for names that differ. A disputed claim stays with the supervisor.
    """
    found = comparisons(claim)
    blocked = "" if claim.certificate_number else blocking_sentence(found)
    if claim.state == ClaimState.ESCALATED:
        if claim.blocked_reason != blocked:
            amend(claim, by=by, blocked_reason=blocked)
        return found
    if blocked and claim.state != ClaimState.BLOCKED:
        if claim.state == ClaimState.OPENED:
            move(claim, ClaimState.VERIFYING, by=by)
        move(claim, ClaimState.BLOCKED, by=by, reason="姓名不一致", blocked_reason=blocked)
    elif blocked:
        amend(claim, by=by, blocked_reason=blocked)
    elif claim.state in (ClaimState.BLOCKED, ClaimState.OPENED):
        move(claim, ClaimState.VERIFYING, by=by, blocked_reason="")
    return found


def blocking_sentence(found: list[Comparison]) -> str:
    """The refusal in one sentence; empty when all names agree."""
    differing = [pair for pair in found if not pair.agrees]
    return names_refusal(differing).sentence if differing else ""


def names_refusal(differing: list[Comparison]) -> NamesDiffer:
    return NamesDiffer(differences=";".join(pair.sentence for pair in differing), cure=OWNER_CURE)


def require_names(claim: Claim) -> None:
    """Refuse while a pair of names differs and no certificate stands for it.

    Raises:
        NamesDiffer
    """
    differing = [pair for pair in comparisons(claim) if not pair.agrees]
    if differing and not claim.certificate_number:
        raise names_refusal(differing)


@transaction.atomic
def correct_name(claim: Claim, name_field: str, new: str, *, by, reread_by, reason: str) -> NameCorrection:
    """Put right a typing error in a name; a second person has re-read the original.

    The old spelling stays in `NameCorrection` and in the history; a certificate about the old names is void.
    `name_field` is a key of `CORRECTABLE`.

    Raises:
        NotACorrectableName, SecondPersonIsTheSame, ReasonNeeded, NothingToCorrect, ClaimEnded
    """
    hold_rows(claim)
    require_state(claim, *WORKING, ClaimState.BLOCKED)
    record, column = _place(claim, name_field)
    if reread_by is None or reread_by == by:
        raise SecondPersonIsTheSame(field="second_person")
    if not reason.strip():
        raise ReasonNeeded("请写明哪里打错了。", field="reason")
    old, fresh = getattr(record, column), new.strip()
    if not fresh or old == fresh:
        raise NothingToCorrect(name=fresh, field="name")
    written: dict = {column: fresh}
    amend(record, by=by, reason=f"打字更正,{reread_by.name}复读:{reason.strip()}"[:200], **written)
    index_record(record)
    if claim.certificate_number:
        # The certificate spoke of the names as they were.
        amend(claim, by=by, reason="更正姓名后须重新认可证明", certificate_number="", certificate_by=None)
    correction = NameCorrection.objects.create(
        claim=claim, field=name_field, old=old, new=fresh, reason=reason.strip()[:200], at=timezone.now(),
        by=by, reread_by=reread_by,
    )
    check_names(claim, by=by)
    return correction


def _place(claim: Claim, name_field: str) -> tuple[models.Model, str]:
    """The row and column that a key of `CORRECTABLE` means for this claim."""
    owner, _, column = name_field.rpartition(".")
    record = {"": claim, "item": claim.item, "report": claim.report}.get(owner)
    if name_field not in CORRECTABLE or record is None or not getattr(record, column).strip():
        raise NotACorrectableName
    return record, column


def correctable_names(claim: Claim) -> list[tuple[str, str]]:
    """The names of this claim that stand somewhere to be put right, as choices."""
    choices = []
    for key, label in CORRECTABLE.items():
        owner, _, column = key.rpartition(".")
        record = {"": claim, "item": claim.item, "report": claim.report}.get(owner)
        if record is not None and getattr(record, column).strip():
            choices.append((key, f"{label}:{getattr(record, column)}"))
    return choices


@transaction.atomic
def certify_names(claim: Claim, number: str, *, by) -> Claim:
    """A police certificate says that the two names are one person; the manager vouches with its file number.

    Raises:
        NotAllowed, CertificateNotNeeded, CertificateNumberNeeded
    """
    if not by.has_perm("lostfound.certify_claim"):
        raise NotAllowed(right="认可公安证明", whom="负责人")
    hold_rows(claim)
    if claim.state != ClaimState.BLOCKED:
        raise CertificateNotNeeded(number=claim.number)
    if not number.strip():
        raise CertificateNumberNeeded(field="certificate_number")
    move(
        claim, ClaimState.VERIFYING, by=by, reason="认可公安证明", certificate_number=number.strip()[:60],
        certificate_by=by, blocked_reason="",
    )
    return claim
