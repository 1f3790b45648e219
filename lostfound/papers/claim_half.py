"""The lower half of 3.3–3.5: who fetched the thing, on which document, and what they said first."""

from typing import Any

from lostfound.choices import (
    WORKING_CLAIM_STATES,
    ClaimPath,
    ClaimState,
    Condition,
    DocumentKind,
    Verdict,
    VerifyMeans,
)
from lostfound.models import Claim, FoundItem
from lostfound.papers.signs import signed_by
from servicedesk.sealing import masked
from servicedesk.services import preferences

NUMBERS_ON_PAPER = "servicedesk.document_numbers_on_paper"
# What stands for the number where the claimant showed no document of their own.
WITHOUT_DOCUMENT = {ClaimPath.OWN_ID: "凭所领证件:照片已比对、号码已背出", ClaimPath.MINOR: "/(凭监护人证件)"}
DOUBTFUL = (ClaimState.REJECTED, ClaimState.BLOCKED, ClaimState.ESCALATED)


def claim_of(item: FoundItem | None) -> Claim | None:
    """The claim that the lower half shows: the one handed over, else the one at work."""
    if item is None:
        return None
    claims = list(item.claims.all())
    done = [c for c in claims if c.state == ClaimState.HANDED_OVER]
    return next(iter(done or [c for c in claims if c.state in WORKING_CLAIM_STATES]), None)


def paper_number(number: str) -> str:
    """A document number as the desk's setting allows it on paper: full, masked or left empty."""
    choice = preferences.value(NUMBERS_ON_PAPER)
    if choice == "blank":
        return ""
    return masked(number) if choice == "masked" else number


def claim_facts(item: FoundItem | None) -> dict[str, Any]:
    """The lower half's facts; an item nobody claims yet has a half to be filled by hand."""
    claim = claim_of(item)
    statement = preferences.value("lostfound.claim_statement")
    if claim is None:
        return {"claim": None, "claim_is_filled": False, "claim_is_over": False, "claim_statement": statement}
    return {
        "claim": claim, "claimed_at": claim.handed_over_at or claim.created_at, "claim_is_filled": True,
        "claim_is_over": claim.state == ClaimState.HANDED_OVER,
        "claim_statement": statement, "document": document_facts(claim), "verify": verify_facts(claim),
        "proxy": proxy_facts(claim), "said": _said(claim), "claim_signs": claim_signs(claim),
        "corrections": list(claim.corrections.all()), "taken_whole": claim.condition == Condition.GOOD,
        "taken_different": claim.condition == Condition.DIFFERENT,
    }


def document_facts(claim: Claim) -> dict[str, Any]:
    kind = claim.document_kind
    return {
        "is_id": kind == DocumentKind.ID_CARD, "is_passport": kind == DocumentKind.PASSPORT,
        "is_other": bool(kind) and kind not in (DocumentKind.ID_CARD, DocumentKind.PASSPORT),
        "other": claim.get_document_kind_display() if kind else "",
        "number": paper_number(claim.document_number) if kind else _without_document(claim),
    }


def _without_document(claim: Claim) -> str:
    """A released sheet has no empty cell that somebody could fill in later."""
    if claim.state != ClaimState.HANDED_OVER:
        return ""
    return WITHOUT_DOCUMENT.get(ClaimPath(claim.path), "")


def verify_facts(claim: Claim) -> dict[str, Any]:
    means = claim.verified_by_means or []
    agreeing = claim.statements.filter(verdict=Verdict.AGREES, of_earlier="").count()
    return {
        "features": VerifyMeans.FEATURES in means or agreeing > 0, "agreeing": agreeing or "",
        # A name on the thing is compared by the desk itself: no claim passes without it.
        "name": VerifyMeans.NAME in means or bool(claim.approved_at and claim.item.name_on_item),
        "unlock": VerifyMeans.UNLOCK in means,
        "receipt": VerifyMeans.RECEIPT in means, "camera": VerifyMeans.CAMERA in means,
        "report": claim.report is not None, "report_number": claim.report.number if claim.report else "",
        "is_sure": claim.approved_at is not None and claim.state not in DOUBTFUL,
        "is_doubtful": claim.state in DOUBTFUL,
    }


def proxy_facts(claim: Claim) -> dict[str, Any]:
    """Who came in the owner's place: a delegate, or the guardian of a minor."""
    if claim.path == ClaimPath.MINOR:
        return {
            "name": claim.guardian_name, "number": paper_number(claim.guardian_document_number),
            "relation": "监护人", "has_letter": False, "is_there": True,
        }
    if claim.path == ClaimPath.DELEGATE:
        return {
            "name": claim.delegate_name, "number": paper_number(claim.delegate_document_number),
            "relation": claim.delegate_relation, "has_letter": claim.has_authorisation, "is_there": True,
        }
    return {"is_there": False}


def _said(claim: Claim) -> str:
    statements = claim.statements.filter(of_earlier="")
    return ";".join(
        f"{order}. {s.text}" + (f"〔{s.get_verdict_display()}〕" if s.verdict else "")
        for order, s in enumerate(statements, start=1)
    )


def claim_signs(claim: Claim) -> dict[str, Any]:
    item = claim.item
    names = {
        "claimant": "", "releaser": claim.handed_over_by.name if claim.handed_over_by else "",
        "reviewer": claim.second_person.name if claim.second_person else "",
        "foreman": item.foreman.name if item.foreman else "", "witness": item.witness.name if item.witness else "",
        "finder": item.finder.name if item.finder else "",
        "clerk": "/" if item.desk_absent_reason and not item.desk_came_at else "",
        "filer": item.foreman.name if item.foreman else "", "filed": item.filed_by.name if item.filed_by else "",
    }
    return signed_by(claim, names)
