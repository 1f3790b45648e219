"""Which form stands in the panel below the strip, and where it goes."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from lostfound.choices import ClaimPath, ClaimState
from lostfound.forms.claim_documents import PATH_FORMS, initial_of
from lostfound.forms.claim_ends import ReleaseForm
from lostfound.forms.claims import JudgeForm, StatementForm
from lostfound.models import Claim
from lostfound.services.claim_progress import CHECK, DOCUMENT, SAY, SIGN

NAMES = {SAY: "claim_say", DOCUMENT: "claim_document", CHECK: "claim_judge", SIGN: "claim_release"}
RIGHTS = {
    SAY: "lostfound.change_claim", DOCUMENT: "lostfound.change_claim", CHECK: "lostfound.change_claim",
    SIGN: "lostfound.release_founditem",
}


def path_of(claim: Claim, request: HttpRequest) -> str:
    """The path whose form is shown: the one asked for, else the claim's own."""
    asked = request.GET.get("path", "")
    return asked if asked in ClaimPath.values else claim.path


def panel_url(claim: Claim, step: int, request: HttpRequest) -> str:
    """Where the panel's form goes; empty when there is nothing to do."""
    if step not in NAMES:
        return ""
    url = reverse(f"lostfound:{NAMES[step]}", args=[claim.pk])
    return f"{url}?path={path_of(claim, request)}" if step == DOCUMENT else url


def paths_of(claim: Claim, step: int, request: HttpRequest) -> list[dict[str, Any]]:
    """The four paths as tabs above the document form."""
    if step != DOCUMENT:
        return []
    here, page = path_of(claim, request), reverse("lostfound:claim_detail", args=[claim.pk])
    return [
        {"label": label, "url": f"{page}?step={DOCUMENT}&path={value}", "is_current": value == here}
        for value, label in ClaimPath.choices
    ]


def draft_key(claim: Claim, step: int, request: HttpRequest) -> str:
    """The name under which what is typed into the panel is kept."""
    return panel_url(claim, step, request).partition("?")[0].strip("/").replace("/", "-")[:120]


def panel_form(claim: Claim, step: int, request: HttpRequest) -> Any:
    """The form the page shows for a step; None when this person or this state has none."""
    if not request.user.has_perm(RIGHTS.get(step, "none.none")) or not _takes_form(claim, step):
        return None
    return build_form(claim, step, request)


def build_form(claim: Claim, step: int, request: HttpRequest, data: Any = None) -> Any:
    """The form of a step, filled with what was posted; whether the step may be done the service says."""
    more = {"claim": claim, "user": request.user}
    if step == DOCUMENT:
        path = path_of(claim, request)
        initial = {**initial_of(claim, path), "version": claim.version}
        return PATH_FORMS[ClaimPath(path)](data, initial=initial, **more)
    return {SAY: StatementForm, CHECK: JudgeForm, SIGN: ReleaseForm}[step](data, **more)


def _takes_form(claim: Claim, step: int) -> bool:
    working = claim.state in (ClaimState.OPENED, ClaimState.VERIFYING, ClaimState.ESCALATED)
    return {
        SAY: working or claim.state == ClaimState.BLOCKED, DOCUMENT: working,
        CHECK: working and claim.opened_for_view_at is not None, SIGN: claim.state == ClaimState.APPROVED,
    }[step]
