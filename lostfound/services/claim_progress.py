"""How far a claim has come, and what the desk should know about the claimant."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from lostfound.choices import OPEN_CLAIM_STATES, ClaimState
from lostfound.models import Claim, ClaimStatement
from lostfound.services.claim_paths import is_document_read
from lostfound.services.claim_statements import counted, least_statements

SAY, DOCUMENT, CHECK, SIGN = 1, 2, 3, 4
LABELS = {SAY: "先说特征", DOCUMENT: "核对证件与姓名", CHECK: "打开核对", SIGN: "签字发还"}
MOST_EARLIER = 5


@dataclass(frozen=True, kw_only=True)
class Step:
    """One field of the strip: done, current, blocked, or still closed (none of them)."""

    number: int
    label: str
    note: str
    is_done: bool = False
    is_current: bool = False
    is_blocked: bool = False
    is_open: bool = False


def said_in_time(claim: Claim, statements: Iterable[ClaimStatement]) -> int:
    """How many statements of the person at the desk now were made before the thing was opened: as `counted`."""
    opened = claim.opened_for_view_at
    return sum(not one.of_earlier and (opened is None or one.said_at <= opened) for one in statements)


def current_step(claim: Claim, said: int | None = None) -> int:
    """The step that waits to be done; 0 when the claim has ended. `said`: counted statements, if known."""
    if claim.state not in OPEN_CLAIM_STATES:
        return 0
    if claim.state == ClaimState.APPROVED:
        return SIGN
    if claim.state == ClaimState.BLOCKED:
        return DOCUMENT
    if not _is_said(claim, counted(claim).count() if said is None else said):
        return SAY
    return CHECK if is_document_read(claim) else DOCUMENT


def furthest_step(claim: Claim, here: int) -> int:
    """The last step whose panel may be looked at: what has been opened stays open."""
    return max(here, CHECK) if here and claim.opened_for_view_at else here


def _is_said(claim: Claim, said: int) -> bool:
    return claim.opened_for_view_at is not None or said >= least_statements()


def strip(claim: Claim, shown: int, said: int) -> list[Step]:
    """The four steps as the page shows them; `shown` is the one whose panel is open, `said` as in `current_step`."""
    here, notes, done = current_step(claim, said), _notes(claim, said), _done(claim, said)
    furthest = furthest_step(claim, here)
    return [
        Step(
            number=number, label=label, note=notes[number], is_done=done[number], is_current=number == shown,
            is_blocked=number == DOCUMENT and bool(claim.blocked_reason) and bool(here),
            is_open=number <= furthest,
        )
        for number, label in LABELS.items()
    ]


def _done(claim: Claim, said: int) -> dict[int, bool]:
    return {
        SAY: _is_said(claim, said),
        DOCUMENT: is_document_read(claim) and not claim.blocked_reason,
        CHECK: claim.approved_at is not None,
        SIGN: claim.state == ClaimState.HANDED_OVER,
    }


def _notes(claim: Claim, said: int) -> dict[int, str]:
    state = ClaimState(claim.state)
    return {
        SAY: f"已说 {said} 项,至少 {least_statements()} 项",
        DOCUMENT: "姓名不一致" if claim.blocked_reason else "姓名一致" if is_document_read(claim) else "等待证件原件",
        CHECK: "已开启" if claim.opened_for_view_at else "关闭中",
        SIGN: {ClaimState.HANDED_OVER: "已发还", ClaimState.APPROVED: "可以发还"}.get(state, "等待核验通过"),
    }


def earlier_claims(claim: Claim, user) -> models.QuerySet:
    """Other claims by the same phone or document that the person may see, newest first."""
    same = Q(phone_digest=claim.phone_digest)
    if claim.document_digest:
        same |= Q(document_digest=claim.document_digest)
    rows = Claim.objects.visible_to(user).filter(same).exclude(pk=claim.pk).exclude(phone_digest="")
    return rows.select_related("item").order_by("-created_at")[:MOST_EARLIER]


def rivals(claim: Claim) -> models.QuerySet:
    """All disputed claims of the item, this one among them."""
    return Claim.objects.filter(item_id=claim.item_id, state=ClaimState.ESCALATED).order_by("pk")
