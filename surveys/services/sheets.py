"""问卷: written once, by a visitor or by staff; never changed; void by a manager alone."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from servicedesk.errors import ReasonNeeded
from servicedesk.models import VisitorCode
from servicedesk.services.inbox import settle_all
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial
from servicedesk.services.transitions import move
from surveys.choices import BY_STAFF, SHEET_PREFIX, Channel, Language, Score, SheetState
from surveys.errors.sheets import (
    AnsweredInFuture,
    ConsentWithoutPhone,
    NotAScore,
    NothingAnswered,
    OnlyPaperHasSerial,
    OtherVersion,
    OverallNeeded,
    PhoneWithoutConsent,
    SheetEntered,
)
from surveys.errors.versions import NoVersion
from surveys.models import SurveyAnswer, SurveyItem, SurveySheet, SurveyVersion
from surveys.services.batches import batch_of
from surveys.services.care import care_for

TOLERANCE = dt.timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class SheetFacts:
    """What stands on a sheet. `scores` are by the line of the item; an item left blank is not in it."""

    channel: str
    scores: Mapping[int, int]
    overall: int | None
    answered_at: dt.datetime | None = None
    nps: int | None = None
    origin: str = ""
    party: str = ""
    sex: str = ""
    age_band: str = ""
    visits: str = ""
    heard_from: list[str] = field(default_factory=list)
    heard_other: str = ""
    transport: str = ""
    comment: str = ""
    visitor_name: str = ""
    phone: str = ""
    may_call: bool = False
    language: str = Language.CHINESE
    zone: Any = None
    serial: str = ""
    is_valid: bool = True


PLAIN = (
    "channel", "overall", "nps", "origin", "party", "sex", "age_band", "visits", "heard_from", "heard_other",
    "transport", "comment", "visitor_name", "phone", "may_call", "language",
)


@transaction.atomic
def enter_sheet(facts: SheetFacts, *, by, point, version: SurveyVersion | None = None) -> SurveySheet:
    """Write down a paper sheet by its number, or a call; `version` is the one whose items were typed.

    Raises:
        OverallNeeded, NothingAnswered, NotAScore, PhoneWithoutConsent, ConsentWithoutPhone, AnsweredInFuture,
        OnlyPaperHasSerial: a slip of the hand.
        NotHandedOut: no sheet with this number went out.
        SheetEntered: it was entered before.
        OtherVersion: what is printed on it is another version than what was typed.
    """
    assert facts.channel in BY_STAFF
    version = version or _current()
    if facts.serial and facts.channel != Channel.PAPER:
        raise OnlyPaperHasSerial(field="serial")
    if not facts.serial:
        return _save(facts, by=by, point=point, version=version, zone=facts.zone)
    batch, number = batch_of(facts.serial, point)
    if batch.survey_version != version:
        raise OtherVersion(number=number, version=batch.survey_version, batch=batch, field="serial")
    if SurveySheet.objects.filter(number=number).exists():
        raise SheetEntered(number=number, field="serial")
    try:
        with transaction.atomic():
            return _save(
                facts, by=by, point=point, version=version, number=number, batch=batch,
                zone=facts.zone or batch.zone, handed_out_by=batch.handed_out_by,
            )
    except IntegrityError:
        raise SheetEntered(number=number, field="serial") from None


@transaction.atomic
def take_answer(facts: SheetFacts, *, code: VisitorCode, key: uuid.UUID) -> SurveySheet:
    """A visitor's own answer from an open page. The same form sent twice is one sheet.

    Raises:
        OverallNeeded, PhoneWithoutConsent, ConsentWithoutPhone: what the form of the page refuses before.
        NoVersion: nothing is asked.
    """
    try:
        with transaction.atomic():
            return _save(
                facts, by=None, point=code.service_point, version=_current(), code=code, zone=code.zone,
                posted_key=key,
            )
    except IntegrityError:
        first = SurveySheet.objects.filter(posted_key=key).first()
        if first is None:
            raise
        return first


def _current() -> SurveyVersion:
    version = SurveyVersion.current()
    if version is None:
        raise NoVersion
    return version


def _save(facts: SheetFacts, *, by, point, version: SurveyVersion, number: str = "", **links: Any) -> SurveySheet:
    items = {item.line: item for item in version.items.all()}
    scores = {line: score for line, score in facts.scores.items() if line in items}
    _check(facts, scores, items)
    lowest = min((s for s in [*scores.values(), facts.overall] if s), default=None)
    sheet = SurveySheet(
        number=number or take_serial(SHEET_PREFIX, point), service_point=point, created_at=timezone.now(),
        created_by=by, survey_version=version, answered_at=facts.answered_at or timezone.now(), lowest=lowest,
        state=SheetState.VALID if facts.is_valid else SheetState.INVALID,
        **{name: getattr(facts, name) for name in PLAIN}, **links,
    )
    sheet._history_user = by
    sheet.save()
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(sheet=sheet, item=items[line], score=score) for line, score in scores.items()
    )
    index_record(sheet)
    care_for(sheet, by=by)
    return sheet


def _check(facts: SheetFacts, scores: Mapping[int, int], items: Mapping[int, SurveyItem]) -> None:
    for line, score in scores.items():
        if score not in Score.values:
            raise NotAScore(text=items[line].text)
    if facts.is_valid and not facts.overall:
        raise OverallNeeded(field="overall")
    if not scores and not facts.overall and not facts.comment.strip():
        raise NothingAnswered
    if (facts.phone or facts.visitor_name) and not facts.may_call:
        raise PhoneWithoutConsent(field="phone")
    if facts.may_call and not facts.phone:
        raise ConsentWithoutPhone(field="phone")
    if facts.answered_at and facts.answered_at > timezone.now() + TOLERANCE:
        raise AnsweredInFuture(field="answered_at")


@transaction.atomic
def void_sheet(sheet: SurveySheet, *, by, reason: str) -> SurveySheet:
    """作废: it stays listed and counts no more.

    Raises:
        ReasonNeeded: no reason.
        NotPossibleNow, SomeoneWasFaster: it was void before.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    move(sheet, SheetState.VOID, by=by, reason=reason.strip()[:100], void_reason=reason.strip()[:200])
    settle_all(sheet)
    index_record(sheet)
    return sheet
