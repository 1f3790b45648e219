"""游客失物登记: from the first word to 已找回, 撤销 or 期满, and how it begins again."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from lostfound.choices import LOST_REPORT_PREFIX, MatchState, MeasureKind, ReportChannel, ReportState
from lostfound.errors.reports import (
    FetcherNeeded,
    MeasureInFuture,
    OwnerSignatureNeeded,
    PersonForgotten,
    ReportClosed,
)
from lostfound.models import FoundItem, ItemCategory, LostReport, LostReportZone, Match, Measure, ReportLine
from lostfound.services.calls import ask_for_call
from lostfound.services.clocks import months_later
from lostfound.services.loglines import log_report
from lostfound.services.matching import close_matches, suggest_for_report
from lostfound.services.report_facts import (
    CLOCK_TOLERANCE,
    PLAIN,
    LineFacts,
    LostReportFacts,
    MeasureFacts,
    check_facts,
)
from lostfound.services.valuables import guess_category
from servicedesk.errors import ReasonNeeded, SomeoneWasFaster
from servicedesk.services import preferences
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial
from servicedesk.services.signing import sign
from servicedesk.services.transitions import amend, move

SIGNED_WORDS = "以上所填情况属实。已知悉:物品保管期限及领取须持本人有效证件原件。"
OWNER_ROLE = "失主"
AT_ONCE = 500
EXPIRED = "登记期满"


@transaction.atomic
def register_lost_report(facts: LostReportFacts, *, by, point) -> LostReport:
    """Write a loss into the book with all that falls out of it.

    Out come: the number, the route, further things with a guessed category, the measures taken, the
    owner's signature, the end of the term, matches with found items, the search words, a line of the
    running log.

    Raises:
        OwnerNeeded, PhoneNeeded, RouteNeeded, AddressNeeded, OwnerSignatureNeeded: something is missing.
        LostInFuture, LostTooLongAgo, LostBackwards, LostWindowTooLong: impossible times.
        AbsurdFigure, TextTooLong, MeasureInFuture: a slip of the hand.
        SignatureMissing, BadSignature: the pad is empty or cannot be read.
    """
    now = timezone.now()
    check_facts(facts, now=now)
    if facts.channel == ReportChannel.DESK and not facts.signature_means:
        raise OwnerSignatureNeeded(field="signature")
    report = LostReport(
        number=take_serial(LOST_REPORT_PREFIX, point), service_point=point, created_at=now, created_by=by,
        expires_on=term_end(timezone.localdate(now)), **{name: getattr(facts, name) for name in PLAIN},
    )
    report._history_user = by
    report.save()
    _walk(report, facts.zones)
    _add_lines(report, facts.lines, by=by)
    for measure in facts.measures:
        add_measure(report, measure, by=by)
    if facts.signature_means:
        sign_report(report, by=by, means=facts.signature_means, image=facts.signature_image)
    suggest_for_report(report)
    index_record(report)
    log_report(report, by=by)
    return report


def term_end(day: dt.date) -> dt.date:
    """Last day of a report's term (setting, in months)."""
    return months_later(day, preferences.value("lostfound.report_months"))


def _walk(report: LostReport, zones: Sequence[Any]) -> None:
    LostReportZone.objects.bulk_create(
        LostReportZone(report=report, zone=zone, order=order) for order, zone in enumerate(zones, start=1)
    )


def _add_lines(report: LostReport, lines: Sequence[LineFacts], *, by) -> None:
    categories = list(ItemCategory.objects.filter(is_active=True)) if lines else []
    for line in lines:
        row = ReportLine(report=report, category=guess_category(line.thing, categories), **vars(line))
        row._history_user = by
        row.save()


def sign_report(report: LostReport, *, by, means: str, image: str = "") -> None:
    """The owner's signature under the exact words that the sheet bears."""
    sign(
        report, OWNER_ROLE, f"{report.number} {report.described}。{SIGNED_WORDS}", by=by, means=means, image=image,
        signer_name=report.reporter_name.strip() or report.owner_name,
    )


@transaction.atomic
def add_measure(report: LostReport, facts: MeasureFacts, *, by) -> Measure:
    """Write down what was done to find it. A row is written once.

    Raises:
        MeasureInFuture: its time has not come.
        ReportClosed: the report has ended.
    """
    _refuse_closed(report)
    at = facts.at or timezone.now()
    if at > timezone.now() + CLOCK_TOLERANCE:
        raise MeasureInFuture(field="at")
    if facts.kind not in MeasureKind.values:
        raise ValueError(facts.kind)
    return Measure.objects.create(report=report, kind=facts.kind, at=at, detail=facts.detail.strip()[:200], by=by)


def _refuse_closed(report: LostReport) -> None:
    if not report.is_searching:
        raise ReportClosed(number=report.number, state=report.get_state_display())


@transaction.atomic
def edit_lost_report(
    report: LostReport, facts: LostReportFacts, *, by, version: int | None = None, reason: str = "",
) -> LostReport:
    """Put right or complete what the visitor said; suggestions follow. Measures and signatures stay.

    Raises:
        ReportClosed: it has ended.
        EditedMeanwhile: another desk edited it since `version` was read.
        and what `register_lost_report` raises of the facts.
    """
    _refuse_closed(report)
    check_facts(facts, now=timezone.now())
    changes = {name: getattr(facts, name) for name in PLAIN if getattr(facts, name) != getattr(report, name)}
    before, after = [step.zone for step in report.steps.select_related("zone")], list(facts.zones)
    words = []
    if before != after:
        words.append(f"路线:{_said(before)} 改为 {_said(after)}")
        report.steps.all().delete()
        _walk(report, after)
    if _line_facts(report) != list(facts.lines):
        words.append("同时遗失的物品已改")
        report.lines.all().delete()
        _add_lines(report, facts.lines, by=by)
    if changes or words:
        amend(report, by=by, version=version, reason=reason, also=";".join(words)[:100], **changes)
    report = LostReport.objects.get(pk=report.pk)
    suggest_for_report(report)
    index_record(report)
    return report


def _said(zones: Sequence[Any]) -> str:
    return "→".join(zone.name for zone in zones)


def _line_facts(report: LostReport) -> list[LineFacts]:
    names = ("thing", "quantity", "look", "features", "estimated_value")
    return [LineFacts(**{name: getattr(line, name) for name in names}) for line in report.lines.all()]


@transaction.atomic
def mark_found(report: LostReport, item: FoundItem, *, fetched_by: str, by) -> LostReport:
    """The item was released to its owner: the report that named it ends as 已找回.

    Called from the release, which nothing here may block: a report that had ended otherwise is taken
    up again first, and one already found keeps its first item (a report may name several things).
    """
    report = LostReport.objects.select_for_update().get(pk=report.pk)
    if report.state == ReportState.FOUND:
        amend(report, by=by, reason=f"另有拾物 {item.number} 由{fetched_by}领取"[:100])
        _keep_the_true_match(report, item, by=by)
        return report
    if not report.is_searching:
        move(report, ReportState.OPEN, by=by, reason=f"拾物 {item.number} 已发还", closed_at=None)
    return close_as_found(report, by=by, fetched_by=fetched_by, item=item)


@transaction.atomic
def close_as_found(
    report: LostReport, *, by, fetched_by: str, item: FoundItem | None = None, reason: str = "",
) -> LostReport:
    """已找回, by the release or by hand (the owner found it themselves, another desk had it).

    Raises:
        FetcherNeeded: nobody fetched it.
        ReasonNeeded: found by hand without an item needs a word on how.
        NotPossibleNow, SomeoneWasFaster: it has ended.
    """
    if not fetched_by.strip():
        raise FetcherNeeded(field="fetched_by")
    if item is None and not reason.strip():
        raise ReasonNeeded("没有对应拾物时,请写明怎样找回的。", field="reason")
    move(
        report, ReportState.FOUND, by=by, reason=reason[:100], found_item=item, fetched_by=fetched_by.strip()[:100],
        close_reason=reason.strip()[:200], closed_at=timezone.now(), closed_by=by,
    )
    others = report.matches.exclude(item=item) if item else report.matches.all()
    close_matches(others, reason="失主已找回", by=by)
    if item is not None:
        _keep_the_true_match(report, item, by=by)
    ask_for_call(report, by=by)
    return report


def _keep_the_true_match(report: LostReport, item: FoundItem, *, by) -> None:
    """The pair that proved true stays as confirmed; whatever else pointed at the item goes stale."""
    close_matches(item.matches.exclude(report=report), reason=f"已由失主领回({report.number})", by=by)
    match = Match.objects.filter(item=item, report=report, state=MatchState.SUGGESTED).first()
    if match is not None:
        move(match, MatchState.CONFIRMED, by=by, reason="已领回", decided_at=timezone.now(), decided_by=by)


@transaction.atomic
def close_lost_report(report: LostReport, *, by, reason: str) -> LostReport:
    """撤销: the visitor no longer looks for it.

    Raises:
        ReasonNeeded: no reason.
        NotPossibleNow, SomeoneWasFaster: it has ended.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    move(
        report, ReportState.WITHDRAWN, by=by, reason=reason[:100], close_reason=reason.strip()[:200],
        closed_at=timezone.now(), closed_by=by,
    )
    close_matches(report.matches.all(), reason="失物登记撤销", by=by)
    ask_for_call(report, by=by)
    return report


@transaction.atomic
def reopen_lost_report(report: LostReport, *, by, reason: str) -> LostReport:
    """重新寻找: a report that had ended is searched for again, for a full term from today.

    Raises:
        ReasonNeeded: no reason.
        PersonForgotten: the purge has made it anonymous.
        NotPossibleNow, SomeoneWasFaster: it is being searched for already.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    if LostReport.objects.select_for_update().get(pk=report.pk).anonymised_at:
        raise PersonForgotten(number=report.number)
    move(
        report, ReportState.OPEN, by=by, reason=reason[:100], closed_at=None, closed_by=None, close_reason="",
        found_item=None, fetched_by="", expires_on=term_end(timezone.localdate()),
    )
    suggest_for_report(LostReport.objects.get(pk=report.pk))
    return report


def expire_lost_reports(on: dt.date | None = None) -> int:
    """End every open report whose term is over on the day `on` (default today); returns how many.

    Run daily and as often as one likes: what has ended is left alone. Each report is a transaction of
    its own, so that one stopped run loses nothing. A report that waits for its owner's word is spared.
    """
    day = on or timezone.localdate()
    ended = 0
    while keys := list(LostReport.objects.term_over(day).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        ended += sum(_expire(pk) for pk in keys)
    return ended


@transaction.atomic
def _expire(pk: int) -> int:
    report = LostReport.objects.get(pk=pk)
    try:
        move(
            report, ReportState.EXPIRED, by=None, reason=EXPIRED, close_reason=EXPIRED, closed_at=timezone.now()
        )
    except SomeoneWasFaster:
        return 0
    close_matches(report.matches.all(), reason=EXPIRED)
    return 1
