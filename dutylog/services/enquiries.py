"""来电、咨询: written in full, answered until its moment, told on, turned into a record of another register."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from dutylog.choices import (
    ENQUIRY_PREFIX,
    EnquiryDirection,
    EnquiryKind,
    EnquiryState,
    EntryCategory,
    NoticeChannel,
    NoticeRole,
)
from dutylog.errors.enquiries import (
    AnsweredBeforeAsked,
    AnswerNeeded,
    BackdatedTooFar,
    EnquiryBecame,
    EnquiryIsVoid,
    MissedIsNotAnswered,
    MissedNeedsPhone,
    NumberInText,
    OnlyCallsAreMissed,
    ReceivedInFuture,
    RelayNeeds,
    SummaryNeeded,
)
from dutylog.handoffs import PARAMETER
from dutylog.models import Enquiry, LogEntry
from dutylog.services.chain import StepFacts, tell_step, who_is
from dutylog.services.clocks import Reckoning, service_time
from dutylog.services.entries import record_in_log
from dutylog.services.locks import refuse_locked
from dutylog.services.registerlines import lines_about, strike_lines_about
from servicedesk.errors import ReasonNeeded
from servicedesk.services import preferences
from servicedesk.services.inbox import tell
from servicedesk.services.search import index_record
from servicedesk.services.sending import PERSONAL
from servicedesk.services.serials import take_serial
from servicedesk.services.transitions import amend, move

TOLERANCE = dt.timedelta(minutes=1)
# What a line of the log stands under: a lost report or a complaint writes its own, once it is made.
CATEGORIES = {EnquiryKind.HELP.value: EntryCategory.RESCUE}

# What stands in the line of the day and in its figures; who asked, and the answer, go on after the day is closed.
OF_THE_DAY = ("direction", "received_at", "is_missed", "kind", "summary")


@dataclass(frozen=True, kw_only=True)
class EnquiryFacts:
    """A call or question as the clerk typed it. With an `answer` it is answered at `answered_at`, else now."""

    direction: str
    received_at: dt.datetime
    kind: str
    summary: str = ""
    is_missed: bool = False
    phone: str = ""
    caller_name: str = ""
    answer: str = ""
    answered_at: dt.datetime | None = None
    relay_to: Any = None
    relay_text: str = ""


def due_of(facts: EnquiryFacts) -> Reckoning:
    """Until when it is to be answered, in 服务时: a missed call, a price, anything else left open."""
    if facts.is_missed:
        return service_time(facts.received_at, preferences.value("dutylog.missed_call_minutes"))
    name = "dutylog.price_answer_hours" if facts.kind == EnquiryKind.PRICE else "dutylog.answer_hours"
    return service_time(facts.received_at, 60 * preferences.value(name))


@transaction.atomic
def register_enquiry(facts: EnquiryFacts, *, by, point) -> Enquiry:
    """Write a call or question into the book and as a line of the day; tell the colleague it is meant for.

    A complaint that is not in its own register yet is told to the supervisor on duty at once.

    Raises:
        SummaryNeeded, MissedNeedsPhone, OnlyCallsAreMissed, MissedIsNotAnswered, NumberInText, ReceivedInFuture,
        AnsweredBeforeAsked, RelayNeeds: a slip of the hand.
        BackdatedTooFar: longer ago than a clerk may write.
    """
    check_facts(facts)
    _refuse_backdated(facts.received_at, by)
    now, due = timezone.now(), due_of(facts)
    is_answered = bool(facts.answer.strip())
    enquiry = Enquiry(
        number=take_serial(ENQUIRY_PREFIX, point), service_point=point, created_at=now, created_by=by,
        state=EnquiryState.ANSWERED if is_answered else EnquiryState.OPEN, answer=facts.answer.strip(),
        answered_at=(facts.answered_at or now) if is_answered else None, answered_by=by if is_answered else None,
        due_at=due.due_at, due_steps=list(due.steps), **_columns(facts),
    )
    enquiry._history_user = by
    enquiry.save()
    entry = _write_line(enquiry, by=by)
    if facts.relay_to is not None:
        relay_enquiry(enquiry, facts.relay_to, facts.relay_text, by=by)
    if enquiry.kind == EnquiryKind.COMPLAINT:
        _tell_supervisor(enquiry, entry, by=by)
    index_record(enquiry)
    return enquiry


def _refuse_backdated(received_at: dt.datetime, by) -> None:
    """The clock runs from when the visitor spoke: what would be late at once is the supervisor's to write."""
    hours = preferences.value("dutylog.backdate_hours")
    if received_at < timezone.now() - dt.timedelta(hours=hours) and not by.has_perm("dutylog.backdate_enquiry"):
        said = f"{timezone.localtime(received_at):%m-%d %H:%M}"
        raise BackdatedTooFar(at=said, hours=hours, field="received_at")


def _columns(facts: EnquiryFacts) -> dict[str, Any]:
    return {
        "direction": facts.direction, "received_at": facts.received_at, "is_missed": facts.is_missed,
        "phone": facts.phone.strip(), "caller_name": facts.caller_name.strip(), "kind": facts.kind,
        "summary": facts.summary.strip(),
    }


def check_facts(facts: EnquiryFacts) -> None:
    """Refuse what is missing or cannot be."""
    if facts.is_missed and facts.direction != EnquiryDirection.INCOMING:
        raise OnlyCallsAreMissed(field="is_missed")
    if facts.is_missed and not facts.phone.strip():
        raise MissedNeedsPhone(field="phone")
    if facts.is_missed and facts.answer.strip():
        raise MissedIsNotAnswered(field="answer")
    if not facts.is_missed and not facts.summary.strip():
        raise SummaryNeeded(field="summary")
    for field in ("summary", "answer", "relay_text"):
        refuse_numbers(getattr(facts, field), field)
    if facts.received_at > timezone.now() + TOLERANCE:
        raise ReceivedInFuture(at=f"{timezone.localtime(facts.received_at):%m-%d %H:%M}", field="received_at")
    if facts.answer.strip():
        _check_answered(facts.received_at, facts.answered_at)
    if (facts.relay_to is None) != (not facts.relay_text.strip()):
        raise RelayNeeds(field="relay_text" if facts.relay_to else "relay_to")


def refuse_numbers(text: str, field: str) -> None:
    """Raises NumberInText: what enters the log or an inbox holds no phone and no document number."""
    if found := PERSONAL.search(text):
        raise NumberInText(found=f"{found[0][:3]}****", field=field)


def _check_answered(received_at: dt.datetime, answered_at: dt.datetime | None) -> None:
    # What was typed has whole minutes; what was answered at once is not earlier than asked.
    if answered_at is None:
        return
    if answered_at < received_at.replace(second=0, microsecond=0):
        raise AnsweredBeforeAsked(at=f"{timezone.localtime(received_at):%m-%d %H:%M}", field="answered_at")
    if answered_at > timezone.now() + TOLERANCE:
        raise ReceivedInFuture(at=f"{timezone.localtime(answered_at):%m-%d %H:%M}", field="answered_at")


def _write_line(enquiry: Enquiry, *, by) -> LogEntry:
    category = CATEGORIES.get(enquiry.kind, EntryCategory.ENQUIRY)
    result = "已答复" if enquiry.answered_at else f"{timezone.localtime(enquiry.due_at):%m-%d %H:%M} 前答复"
    return record_in_log(
        enquiry, category, enquiry.described, by=by, happened_at=enquiry.received_at, handling=enquiry.answer,
        result=result,
    )


def page_of(enquiry: Enquiry) -> str:
    return reverse("dutylog:enquiry_detail", args=[enquiry.pk])


def _tell_supervisor(enquiry: Enquiry, entry: LogEntry, *, by) -> None:
    person = who_is(NoticeRole.SUPERVISOR, entry.day)
    if person is None:
        return
    facts = StepFacts(
        role=NoticeRole.SUPERVISOR, channel=NoticeChannel.INBOX, told_at=timezone.now(), person=person
    )
    sentence = f"{enquiry.number} {enquiry.get_direction_display()}投诉,请应答"
    tell_step(entry, facts, by=by, sentence=sentence, url=page_of(enquiry))


@transaction.atomic
def edit_enquiry(enquiry: Enquiry, facts: EnquiryFacts, *, by, version: int | None = None) -> Enquiry:
    """Put right what was typed. While it is open its moment is reckoned anew.

    Raises:
        DayLocked: what was asked stands in a closed sheet; name and phone may still be put right.
        EnquiryIsVoid, EditedMeanwhile: too late.
        SummaryNeeded and the other refusals of `register_enquiry`.
    """
    _refuse_void(enquiry)
    check_facts(facts)
    changes = _columns(facts)
    if _in_minutes(facts.received_at) != _in_minutes(enquiry.received_at):
        _refuse_backdated(facts.received_at, by)
    if any(_in_minutes(getattr(enquiry, name)) != _in_minutes(changes[name]) for name in OF_THE_DAY):
        for line in lines_about(enquiry):
            refuse_locked(line.day)
    if enquiry.is_open:
        due = due_of(facts)
        changes |= {"due_at": due.due_at, "due_steps": list(due.steps)}
    elif enquiry.answered_at:
        _check_answered(facts.received_at, enquiry.answered_at)
    amend(enquiry, by=by, version=version, **changes)
    index_record(enquiry)
    return enquiry


def _in_minutes(value: Any) -> Any:
    """A moment as it is typed: without its seconds."""
    return value.replace(second=0, microsecond=0) if isinstance(value, dt.datetime) else value


def _refuse_void(enquiry: Enquiry) -> None:
    if enquiry.state == EnquiryState.VOID:
        raise EnquiryIsVoid(number=enquiry.number)


@transaction.atomic
def answer_enquiry(enquiry: Enquiry, answer: str, *, by, answered_at: dt.datetime | None = None) -> Enquiry:
    """记答复: what was said, and when.

    Raises:
        AnswerNeeded, NumberInText, AnsweredBeforeAsked, ReceivedInFuture: a slip of the hand.
        NotPossibleNow, SomeoneWasFaster: it is answered or void.
    """
    if not answer.strip():
        raise AnswerNeeded(field="answer")
    refuse_numbers(answer, "answer")
    _check_answered(enquiry.received_at, answered_at)
    move(
        enquiry, EnquiryState.ANSWERED, by=by, answer=answer.strip()[:500], answered_by=by,
        answered_at=answered_at or timezone.now(),
    )
    index_record(enquiry)
    return enquiry


@transaction.atomic
def relay_enquiry(enquiry: Enquiry, person: Any, text: str, *, by) -> Enquiry:
    """转告: put a message for an absent colleague into their inbox; a second one takes the place of the first.

    Raises:
        EnquiryIsVoid: it counts no more.
        RelayNeeds, NumberInText: a slip of the hand.
    """
    _refuse_void(enquiry)
    if person is None or not text.strip():
        raise RelayNeeds(field="relay_to" if person is None else "relay_text")
    refuse_numbers(text, "relay_text")
    amend(
        enquiry, by=by, reason="转告", relay_to=person, relay_text=text.strip()[:300], relayed_at=timezone.now()
    )
    tell([person], f"转告 {enquiry.number}:{text.strip()[:200]}", url=page_of(enquiry), about=enquiry)
    return enquiry


@transaction.atomic
def void_enquiry(enquiry: Enquiry, *, by, reason: str) -> Enquiry:
    """作废: it stays listed and counts no more; its line of the day is struck.

    Raises:
        ReasonNeeded: no reason.
        NotPossibleNow, SomeoneWasFaster: it was void before.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    move(enquiry, EnquiryState.VOID, by=by, reason=reason.strip()[:100], void_reason=reason.strip()[:200])
    strike_lines_about(enquiry, f"登记作废:{reason.strip()}", by=by)
    index_record(enquiry)
    return enquiry


def of_request(request: HttpRequest) -> Enquiry | None:
    """The enquiry that an address brings along and the person may see, for the form that goes on from it."""
    key = request.GET.get(PARAMETER, "")
    if not key.isdigit() or len(key) > 18 or not request.user.has_perm("dutylog.view_enquiry"):
        return None
    return Enquiry.objects.visible_to(request.user).filter(pk=int(key)).first()


@transaction.atomic
def note_became(enquiry: Enquiry, record: models.Model, *, by) -> Enquiry:
    """Write what became of an enquiry; one still open is answered by it.

    Raises:
        EnquiryIsVoid, EnquiryBecame: it goes nowhere any more.
    """
    enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    _refuse_void(enquiry)
    if enquiry.became_number:
        raise EnquiryBecame(number=enquiry.number, became=enquiry.became_number)
    number = str(record)
    link = {
        "content_type": ContentType.objects.get_for_model(record), "object_id": record.pk, "became_number": number,
    }
    if enquiry.is_open:
        move(
            enquiry, EnquiryState.ANSWERED, by=by, reason=f"转为 {number}", answered_at=timezone.now(), answered_by=by,
            answer=f"已转 {number}", **link,
        )
    else:
        amend(enquiry, by=by, reason=f"转为 {number}", **link)
    index_record(enquiry)
    return enquiry
