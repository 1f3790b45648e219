"""The list of assets: entered, put right, retired, lent, brought back."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from checklists.choices import AssetState
from checklists.errors.assets import (
    AssetRetired,
    BackAlready,
    BadAreaCode,
    BadTag,
    DueBeforeGoing,
    StillAway,
    TagTaken,
    TooManyAway,
)
from checklists.loans import on_loan
from checklists.models import Asset, AssetAway
from servicedesk.errors import ReasonNeeded
from servicedesk.services import preferences
from servicedesk.services.search import index_record
from servicedesk.services.transitions import amend, move, note_history

TAG = re.compile(r"[A-Z]{1,4}-[A-Z]{1,4}-\d{3,6}\Z")
CODE = re.compile(r"[A-Z]{1,4}\Z")
UPSERT = """
INSERT INTO checklists_tagcounter (prefix, last) VALUES (%s, 1)
ON CONFLICT (prefix) DO UPDATE SET last = checklists_tagcounter.last + 1
RETURNING last
"""


@dataclass(frozen=True, kw_only=True)
class AssetFacts:
    """A thing of the desk. `number` is the tag on it; left empty, one is taken under `code` (DT, BM …)."""

    name: str
    area: str
    spec: str = ""
    place: str = ""
    expected_quantity: int = 1
    is_counted: bool = False
    bought_on: dt.date | None = None
    note: str = ""


@transaction.atomic
def register_asset(facts: AssetFacts, *, by, point, number: str = "", code: str = "") -> Asset:
    """Enter an asset under the tag it bears, or under the next free one.

    Raises:
        BadTag, TagTaken, BadAreaCode: about the tag.
    """
    tag = _own_tag(number) if number.strip() else _next_tag(code)
    asset = Asset(
        number=tag, service_point=point, created_at=timezone.now(), created_by=by, **vars(facts),
    )
    asset._history_user = by
    asset.save()
    index_record(asset)
    return asset


def _own_tag(number: str) -> str:
    tag = number.strip().upper()
    if not TAG.match(tag):
        raise BadTag(field="number")
    if Asset.objects.filter(number=tag).exists():
        raise TagTaken(number=tag, field="number")
    return tag


def _next_tag(code: str) -> str:
    code = code.strip().upper()
    if not CODE.match(code):
        raise BadAreaCode(field="code")
    prefix = f"{preferences.value('checklists.tag_prefix').strip().upper()[:4]}-{code}"
    while True:
        with connection.cursor() as cursor:
            cursor.execute(UPSERT, [prefix])
            tag = f"{prefix}-{cursor.fetchone()[0]:04d}"
        if not Asset.objects.filter(number=tag).exists():
            return tag


@transaction.atomic
def edit_asset(asset: Asset, facts: AssetFacts, *, by, version: int | None = None) -> Asset:
    """Put right what is written of an asset; its tag stays.

    Raises:
        AssetRetired, EditedMeanwhile: too late.
    """
    if asset.state == AssetState.RETIRED:
        raise AssetRetired(number=asset.number)
    amend(asset, by=by, version=version, **vars(facts))
    index_record(asset)
    return asset


@transaction.atomic
def retire_asset(asset: Asset, *, by, reason: str) -> Asset:
    """报废: the round does not look for it any more; its history stays.

    Raises:
        ReasonNeeded: no reason.
        StillAway: some of it is lent or being mended.
        NotPossibleNow, SomeoneWasFaster: it is retired already.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    if asset.absences.filter(back_on=None).exists():
        raise StillAway(number=asset.number)
    move(asset, AssetState.RETIRED, by=by, reason=reason[:100])
    return asset


@transaction.atomic
def restore_asset(asset: Asset, *, by) -> Asset:
    """恢复在用."""
    move(asset, AssetState.IN_USE, by=by, reason="恢复在用")
    return asset


@dataclass(frozen=True, kw_only=True)
class AwayFacts:
    """Where it went, how many, why, and until when."""

    kind: str
    reason: str
    due_on: dt.date
    quantity: int = 1
    away_on: dt.date | None = None


@transaction.atomic
def mark_away(asset: Asset, facts: AwayFacts, *, by) -> AssetAway:
    """借出 or 送修: until it is back the round shows ○ for as many.

    Raises:
        AssetRetired: it is not in use.
        ReasonNeeded, DueBeforeGoing: a slip of the hand.
        TooManyAway: more than there are.
    """
    asset = Asset.objects.select_for_update().get(pk=asset.pk)
    if asset.state == AssetState.RETIRED:
        raise AssetRetired(number=asset.number)
    if not facts.reason.strip():
        raise ReasonNeeded(field="reason")
    went = facts.away_on or timezone.localdate()
    if facts.due_on < went:
        raise DueBeforeGoing(field="due_on")
    away = on_loan(asset, went)
    if facts.quantity > asset.expected_quantity - away:
        raise TooManyAway(
            number=asset.number, expected=asset.expected_quantity, away=away, quantity=facts.quantity, field="quantity"
        )
    absence = AssetAway(
        asset=asset, kind=facts.kind, quantity=facts.quantity, reason=facts.reason.strip(), away_on=went,
        due_on=facts.due_on, by=by,
    )
    absence._history_user = by
    absence.save()
    return absence


@transaction.atomic
def bring_back(absence: AssetAway, *, by) -> AssetAway:
    """归还: from today on the round looks for it again.

    Raises:
        BackAlready: it was brought back before.
    """
    back: dict[str, Any] = {"back_on": timezone.localdate(), "back_by": by}
    if not AssetAway.objects.filter(pk=absence.pk, back_on=None).update(**back):
        raise BackAlready
    absence.refresh_from_db()
    note_history(absence, by, "归还")
    return absence
