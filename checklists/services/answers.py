"""Answers given while one goes: each is saved by itself, a failure is reported in the same moment."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from checklists.choices import FAILED_ANSWERS, Answer, Fault
from checklists.errors.rounds import NotAnAnswer, PhotoNeeded, QuantityNeeded, RemarkNeeded, ReportedAlready
from checklists.models import Round, RoundLine
from checklists.services.failures import BEFORE, report_failure
from checklists.services.rounds import lines_left, refuse_closed
from servicedesk.services.photos import PreparedPhoto, keep_photo


@dataclass(frozen=True, kw_only=True)
class Given:
    """What was tapped and typed for one line."""

    answer: str = ""
    quantity: int | None = None
    fault: str = ""
    remark: str = ""
    photo: PreparedPhoto | None = None

    @property
    def is_empty(self) -> bool:
        return not self.answer and self.quantity is None and self.photo is None


@transaction.atomic
def answer_line(line: RoundLine, given: Given, *, by) -> RoundLine:
    """Save the answer of a line. A failure makes one follow-up, however often it is sent.

    Raises:
        RoundClosed: the round runs no more.
        NotAnAnswer, QuantityNeeded, RemarkNeeded, PhotoNeeded: something is missing.
        ReportedAlready: the line was reported and is not good again by being tapped.
    """
    # The round first: one lock for all its lines, so that finishing and answering never cross.
    round_ = Round.objects.select_for_update().get(pk=line.round_id)
    refuse_closed(round_)
    line = RoundLine.objects.select_related("item", "asset", "follow_up", "photo").get(pk=line.pk)
    line.round = round_
    answer = judged(line, given)
    _check(line, given, answer)
    fault = _fault(line, given, answer)
    told = (answer, given.quantity if line.is_counted else None, fault, given.remark.strip())
    if told == (line.answer, line.quantity, line.fault, line.remark) and given.photo is None:
        return line
    line.answer, line.quantity, line.fault, line.remark = told
    line.answered_at, line.answered_by = timezone.now(), by
    if given.photo:
        line.photo = keep_photo(given.photo, round_, by, f"{line.order} {line.text}")
    if line.is_failure and line.follow_up is None:
        line.follow_up = report_failure(line, given.photo, by=by)
    elif line.follow_up and given.photo:
        keep_photo(given.photo, line.follow_up, by, BEFORE)
    line.save()
    return line


def judged(line: RoundLine, given: Given) -> str:
    """The sign of the answer: a number is set against what must be there."""
    if given.answer and given.answer not in line.answers:
        raise NotAnAnswer(text=line.text)
    if not line.is_counted or given.answer in {Answer.DAMAGED, Answer.NONE}:
        if not given.answer:
            raise NotAnAnswer(text=line.text)
        return given.answer
    if given.quantity is None:
        raise QuantityNeeded(text=line.text)
    return Answer.OK if given.quantity == line.due_quantity else Answer.FAILED


def _check(line: RoundLine, given: Given, answer: str) -> None:
    is_failure = answer in FAILED_ANSWERS
    if line.follow_up and not is_failure:
        raise ReportedAlready(text=line.text, follow_up=line.follow_up.number)
    if is_failure and not given.remark.strip():
        raise RemarkNeeded(text=line.text)
    # A danger is reported at once; the round is not signed before its photo is there.
    if line.needs_photo and answer != Answer.NONE and not is_failure and not (given.photo or line.photo_id):
        raise PhotoNeeded(text=line.text, field="photo")


def _fault(line: RoundLine, given: Given, answer: str) -> str:
    """情况 of a failure; a count and △ say it by themselves."""
    if answer not in FAILED_ANSWERS:
        return ""
    if answer == Answer.DAMAGED:
        return Fault.DAMAGED
    if line.is_counted and given.quantity is not None:
        return Fault.SURPLUS if given.quantity > line.due_quantity else Fault.MISSING
    return given.fault if given.fault in Fault.values else Fault.MISSING if line.asset_id else ""


@transaction.atomic
def fill_area(round_: Round, area: str, *, by) -> tuple[int, int]:
    """全部正常: whatever has no answer in an area is as it must be. What needs a photo is left.

    Returns how many were filled, and how many are left for a photo.

    Raises:
        RoundClosed: the round runs no more.
    """
    refuse_closed(Round.objects.select_for_update().get(pk=round_.pk))
    open_lines = [line for line in lines_of(round_) if line.area == area and not line.answer]
    filled = [line for line in open_lines if not line.needs_photo]
    for line in filled:
        line.answer, line.quantity = Answer.OK, line.due_quantity if line.is_counted else None
        line.answered_at, line.answered_by = timezone.now(), by
    RoundLine.objects.bulk_update(filled, ["answer", "quantity", "answered_at", "answered_by"])
    return len(filled), len(open_lines) - len(filled)


def lines_of(round_: Round) -> list[RoundLine]:
    """The lines of a round with what a screen shows of each."""
    return list(
        round_.lines.select_related("item", "asset", "person", "photo", "follow_up__owner", "answered_by")
        .order_by("order")
    )


def by_area(lines: Iterable[RoundLine]) -> list[tuple[str, list[RoundLine]]]:
    """The lines in the parts of the walk, each part once, in the order of its first line."""
    areas: dict[str, list[RoundLine]] = {}
    for line in lines:
        areas.setdefault(line.area, []).append(line)
    return list(areas.items())


def progress(round_: Round) -> tuple[int, int]:
    """How many lines have an answer, of how many."""
    count = round_.lines.count()
    return count - len(lines_left(round_)), count
