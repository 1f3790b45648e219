"""The blind check: what the claimant said before the thing was opened, then judged side by side."""

import datetime as dt

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from lostfound.choices import OPEN_CLAIM_STATES, ClaimState, Verdict
from lostfound.errors.claims import (
    NotOpenedYet,
    SaidAfterOpening,
    SaidBefore,
    SaidByAnother,
    StatementEmpty,
    StatementsUnjudged,
    TooFewAgree,
    TooFewStatements,
)
from lostfound.models import Claim, ClaimStatement
from lostfound.services.claim_rows import hold_rows, require_state
from servicedesk.models import Disclosure
from servicedesk.pinyin import normal_text
from servicedesk.services import preferences
from servicedesk.services.transitions import amend, move, note_history

SECRET_MARKS = "暗记"
# Said and opened in the same instant: the later of the two stands this much later.
JUST_AFTER = dt.timedelta(microseconds=1)
LONGEST_STATEMENT = 500


def least_statements() -> int:
    """How many statements the desk's manager asks for (setting)."""
    return preferences.value("lostfound.statements")


def counted(claim: Claim) -> models.QuerySet:
    """The statements of the person at the desk now, made before the thing was opened."""
    rows = ClaimStatement.objects.filter(claim=claim, of_earlier="")
    return rows.filter(said_at__lte=claim.opened_for_view_at) if claim.opened_for_view_at else rows


@transaction.atomic
def add_statement(claim: Claim, text: str, *, by) -> ClaimStatement:
    """Keep one thing the claimant said. After the opening it is kept too, but no longer counts.

    Raises:
        StatementEmpty, ClaimEnded
        SaidBefore: the same words twice are one statement.
    """
    hold_rows(claim)
    require_state(claim, *OPEN_CLAIM_STATES)
    words = text.strip()[:LONGEST_STATEMENT]
    if not words:
        raise StatementEmpty
    if any(normal_text(words) == normal_text(one.text) for one in ClaimStatement.objects.filter(
        claim=claim, of_earlier=""
    )):
        raise SaidBefore(text=words[:30], field="text")
    at = timezone.now()
    if claim.opened_for_view_at:
        at = max(at, claim.opened_for_view_at + JUST_AFTER)
    said = ClaimStatement(claim=claim, text=words, said_at=at, typed_by=by)
    said._history_user = by
    said.save()
    return said


def begin_anew(claim: Claim, earlier: str, *, by) -> None:
    """Another person stands at the desk: what `earlier` said stays as theirs, nothing of it counts.

    The caller closes the thing again (`opened_for_view_at`), in its own change of the row.
    """
    for said in ClaimStatement.objects.filter(claim=claim, of_earlier=""):
        ClaimStatement.objects.filter(pk=said.pk).update(of_earlier=earlier[:100])
        said.refresh_from_db()
        note_history(said, by, "换人认领")


@transaction.atomic
def open_for_view(claim: Claim, *, by) -> Claim:
    """Open photo, features, contents and secret marks to the desk; who opened the marks is logged.

    Opening twice is the first opening. A blocked claim stays closed.

    Raises:
        TooFewStatements, ClaimEnded, ClaimIsBlocked
    """
    hold_rows(claim)
    require_state(claim, ClaimState.OPENED, ClaimState.VERIFYING, ClaimState.ESCALATED)
    if claim.opened_for_view_at is None:
        _open(claim, by)
    look_at_marks(claim, by=by)
    return claim


def _open(claim: Claim, by) -> None:
    said = list(counted(claim))
    if len(said) < least_statements():
        raise TooFewStatements(least=least_statements(), count=len(said))
    at = max([timezone.now(), *(one.said_at for one in said)])
    if claim.state == ClaimState.OPENED:
        move(claim, ClaimState.VERIFYING, by=by, reason="开启核对", opened_for_view_at=at)
    else:
        amend(claim, by=by, reason="开启核对", opened_for_view_at=at)


@transaction.atomic
def look_at_marks(claim: Claim, *, by) -> None:
    """Log that a person sees the secret marks in the course of this claim, once per person and claim.

    Raises:
        NotOpenedYet: before the blind check is opened.
    """
    if claim.opened_for_view_at is None:
        raise NotOpenedYet
    if not may_see_marks(claim, by):
        Disclosure.objects.create(record=claim.item, field=SECRET_MARKS, user=by, reason=_look_of(claim))


def looks_at_marks(claim: Claim, user) -> models.QuerySet:
    """The person's looks at the marks that are in the log: with one of them, the page may show the marks."""
    looks = Disclosure.objects.of(claim.item).filter(user=user, field=SECRET_MARKS, reason=_look_of(claim))
    return looks if claim.opened_for_view_at is not None else looks.none()


def may_see_marks(claim: Claim, user) -> bool:
    """Whether the person's look at the marks is in the log already."""
    return looks_at_marks(claim, user).exists()


def _look_of(claim: Claim) -> str:
    return f"认领核验 {claim.number}"


@transaction.atomic
def judge_statement(statement: ClaimStatement, verdict: str, *, by) -> ClaimStatement:
    """Tick a statement 符合 or 不符 beside the open thing; a verdict may be changed until approval.

    Raises:
        NotOpenedYet, SaidAfterOpening, SaidByAnother, ClaimEnded, NotPossibleNow
    """
    claim = statement.claim
    hold_rows(claim)
    if claim.opened_for_view_at is None:
        raise NotOpenedYet
    require_state(claim, ClaimState.VERIFYING, ClaimState.BLOCKED, ClaimState.ESCALATED)
    statement.refresh_from_db(fields=["of_earlier"])
    if statement.of_earlier:
        raise SaidByAnother(name=statement.of_earlier)
    if statement.said_at > claim.opened_for_view_at:
        raise SaidAfterOpening
    ClaimStatement.objects.filter(pk=statement.pk).update(
        verdict=Verdict(verdict), judged_by=by, judged_at=timezone.now()
    )
    statement.refresh_from_db()
    statement.claim = claim
    note_history(statement, by)
    Claim.objects.filter(pk=claim.pk).update(version=F("version") + 1)
    return statement


def require_enough_agree(claim: Claim) -> None:
    """Refuse approval while a counted statement is unjudged or too few agree.

    Raises:
        NotOpenedYet, StatementsUnjudged, TooFewAgree
    """
    if claim.opened_for_view_at is None:
        raise NotOpenedYet
    rows = counted(claim)
    unjudged = rows.filter(verdict=Verdict.OPEN).count()
    if unjudged:
        raise StatementsUnjudged(count=unjudged)
    agree = rows.filter(verdict=Verdict.AGREES).count()
    if agree < least_statements():
        raise TooFewAgree(least=least_statements(), count=agree)
