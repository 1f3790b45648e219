"""匹配: guesses that a found item is a lost thing, suggested both ways; a clerk confirms or rejects.

Candidates come from indexed questions (kind and days, the name, the number), never from the whole table.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from lostfound.choices import LIVE_MATCH_STATES, OPEN_ITEM_STATES, MatchState, ReportState
from lostfound.errors.reports import ItemAlreadyMatched, ItemNotOpen, ReportClosed
from lostfound.models import FoundItem, LostReport, Match
from lostfound.services.likeness import Found, Likeness, Lost, likeness
from lostfound.services.names import normal_name
from lostfound.services.signs import found_signs, kinds_to_ask, lost_signs, neighbours
from servicedesk.errors import ReasonNeeded
from servicedesk.services import preferences
from servicedesk.services.transitions import move, note_history

MOST_CANDIDATES = 300
MOST_SUGGESTED = 10
# A visitor may be wrong about when they still had it.
EARLY = dt.timedelta(days=1)
BY_HAND = "人工关联"


@transaction.atomic
def suggest_for_item(item: FoundItem) -> list[Match]:
    """Bring the suggestions of a found item up to date: called when it is new, edited, or has ended.

    Returns the live ones, the likeliest first. An item that has ended keeps none: what was suggested
    or confirmed goes stale, and a report that waited for it is searched for again.
    """
    if not item.is_open:
        close_matches(item.matches.all(), reason=f"拾物{item.get_state_display()}")
        return []
    found = found_signs(item, neighbours([item.zone_id]))
    scored = [
        (likeness(found, lost_signs(report)), item, report)
        for report in candidate_reports(found)
    ]
    return _keep(scored, item.matches.all())


@transaction.atomic
def suggest_for_report(report: LostReport) -> list[Match]:
    """The same for a lost report."""
    if not report.is_searching:
        close_matches(report.matches.all(), reason=f"失物登记{report.get_state_display()}")
        return []
    lost = lost_signs(report)
    scored = [(alike, item, report) for alike, item in score_items(lost)]
    return _keep(scored, report.matches.all())


def similar_items(lost: Lost, user, most: int = 5) -> list[tuple[Likeness, FoundItem]]:
    """Open items of the person's desks that look like what is being typed; nothing is stored."""
    visible = FoundItem.objects.visible_to(user)
    return _likeliest(score_items(lost, visible))[:most]


def similar_reports(found: Found, user, most: int = 5) -> list[tuple[Likeness, LostReport]]:
    """Open reports of the person's desks that look like the find being typed; nothing is stored."""
    reports = candidate_reports(found, LostReport.objects.visible_to(user))
    return _likeliest([(likeness(found, lost_signs(report)), report) for report in reports])[:most]


def score_items(lost: Lost, items: QuerySet | None = None) -> list[tuple[Likeness, FoundItem]]:
    """Candidates with their likeness."""
    candidates = list(candidate_items(lost, items))
    near = neighbours(item.zone_id for item in candidates)
    return [(likeness(found_signs(item, near), lost), item) for item in candidates]


def _likeliest(scored: list) -> list:
    least = preferences.value("lostfound.match_score")
    return sorted((pair for pair in scored if pair[0].score >= least), key=lambda pair: (-pair[0].score, -pair[1].pk))


def _window() -> dt.timedelta:
    return dt.timedelta(days=preferences.value("lostfound.match_days"))


def _written_ways(names: Iterable[str]) -> set[str]:
    """A name as it was typed and in its normal form; the index finds both."""
    return {way for name in names if name for way in (name, normal_name(name))} - {""}


def candidate_reports(found: Found, reports: QuerySet | None = None) -> QuerySet:
    """Reports still searched for that could mean this find, by kind and days, by name, by number."""
    base = (LostReport.objects.all() if reports is None else reports).searching()
    near_days = base.filter(lost_to__gte=found.found_at - _window(), lost_from__lte=found.found_at + EARLY)
    names = _written_ways([found.name])
    questions = [near_days.filter(category__in=kinds_to_ask(found.thing.kind)).order_by("-lost_to")]
    if found.thing.kind is not None:
        questions.append(near_days.filter(lines__category=found.thing.kind).order_by("-lost_to"))
    if names:
        questions += [base.filter(owner_name__in=names), base.filter(name_on_item__in=names)]
    if found.number_tail:
        questions.append(base.filter(number_on_item_tail=found.number_tail))
    return (
        LostReport.objects.filter(pk__in=_ids(questions))
        .select_related("category", "service_point").prefetch_related("lines", "steps__zone")
    )


def candidate_items(lost: Lost, items: QuerySet | None = None) -> QuerySet:
    """Open items that this report could mean, asked in the same ways."""
    base = (FoundItem.objects.all() if items is None else items).open()
    kinds = kinds_to_ask(lost.things[0].kind, (thing.kind for thing in lost.things[1:]))
    questions = [
        base.filter(
            category__in=kinds, found_at__gte=lost.lost_from - EARLY,
            found_at__lte=lost.lost_to + _window(),
        ).order_by("-found_at"),
    ]
    names = _written_ways(lost.names)
    if names:
        questions.append(base.filter(name_on_item__in=names))
    if lost.number_tail:
        questions.append(base.filter(number_on_item_tail=lost.number_tail))
    return (
        FoundItem.objects.filter(pk__in=_ids(questions))
        .select_related("category", "zone", "service_point").prefetch_related("contents")
    )


def _ids(questions: list[QuerySet]) -> set[int]:
    return {pk for question in questions for pk in question.values_list("pk", flat=True)[:MOST_CANDIDATES]}


def _keep(scored: list[tuple[Likeness, FoundItem, LostReport]], present: QuerySet) -> list[Match]:
    """Write the best guesses, freshen those that were there, let the others go stale."""
    least = preferences.value("lostfound.match_score")
    best = sorted((s for s in scored if s[0].score >= least), key=lambda s: (-s[0].score, s[2].pk, s[1].pk))
    kept = [_suggest(alike, item, report) for alike, item, report in best[:MOST_SUGGESTED]]
    gone = present.suggested().exclude(pk__in=[match.pk for match in kept])
    for match in gone.select_related("item", "report"):
        move(match, MatchState.STALE, by=None, reason="不再相近", decided_at=timezone.now())
    return [match for match in kept if match.state in LIVE_MATCH_STATES]


def _suggest(alike: Likeness, item: FoundItem, report: LostReport) -> Match:
    match, is_new = Match.objects.get_or_create(
        item=item, report=report, defaults={"score": alike.score, "reasons": alike.reasons}
    )
    if is_new:
        return match
    if match.state == MatchState.STALE:
        move(match, MatchState.SUGGESTED, by=None, score=alike.score, reasons=alike.reasons, decided_at=None)
    elif match.state == MatchState.SUGGESTED and (match.score, match.reasons) != (alike.score, alike.reasons):
        Match.objects.filter(pk=match.pk, state=MatchState.SUGGESTED).update(
            score=alike.score, reasons=alike.reasons
        )
        match.refresh_from_db()
        note_history(match, None)
    return match


@transaction.atomic
def confirm_match(match: Match, *, by) -> Match:
    """This item is what was lost: the report waits for its owner's word.

    The other suggestions of the item stay until it ends; the database holds one confirmed per item.

    Raises:
        ItemNotOpen, ReportClosed: one side has ended.
        ItemAlreadyMatched: another desk confirmed the item for another report.
        NotPossibleNow, SomeoneWasFaster: this very match was decided meanwhile.
    """
    item = FoundItem.objects.select_for_update().get(pk=match.item_id)
    report = LostReport.objects.select_for_update().get(pk=match.report_id)
    _refuse_ended(item, report)
    _refuse_second(match)
    try:
        with transaction.atomic():
            move(match, MatchState.CONFIRMED, by=by, decided_at=timezone.now(), decided_by=by)
    except IntegrityError:
        _refuse_second(match)
        raise
    if report.state == ReportState.OPEN:
        move(report, ReportState.MATCHED, by=by, reason=f"与拾物 {item.number} 匹配")
    return match


def _refuse_ended(item: FoundItem, report: LostReport) -> None:
    if item.state not in OPEN_ITEM_STATES:
        raise ItemNotOpen(number=item.number, state=item.get_state_display())
    if not report.is_searching:
        raise ReportClosed(number=report.number, state=report.get_state_display())


def _refuse_second(match: Match) -> None:
    other = Match.objects.confirmed().filter(item=match.item_id).exclude(pk=match.pk).first()
    if other is not None:
        who = other.decided_by.name if other.decided_by else "同事"
        raise ItemAlreadyMatched(number=other.item.number, who=who, report=other.report.number)


@transaction.atomic
def match_by_hand(item: FoundItem, report: LostReport, *, by) -> Match:
    """Confirm a pair that a person saw and the reckoning did not.

    Raises:
        as `confirm_match`.
    """
    alike = likeness(found_signs(item, neighbours([item.zone_id])), lost_signs(report))
    reasons = [BY_HAND, *alike.reasons]
    match, is_new = Match.objects.get_or_create(
        item=item, report=report, defaults={"score": alike.score, "reasons": reasons}
    )
    if not is_new and match.state in {MatchState.STALE, MatchState.REJECTED}:
        move(match, MatchState.SUGGESTED, by=by, reason=BY_HAND, score=alike.score, reasons=reasons)
    return confirm_match(match, by=by)


@transaction.atomic
def reject_match(match: Match, *, by, reason: str) -> Match:
    """It is not the same thing. A report that waited for it is searched for again.

    Raises:
        ReasonNeeded: no reason.
        NotPossibleNow, SomeoneWasFaster: the match was decided meanwhile.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    was_confirmed = match.state == MatchState.CONFIRMED
    move(
        match, MatchState.REJECTED, by=by, reason=reason[:100], decided_at=timezone.now(), decided_by=by,
        decision_reason=reason.strip()[:200],
    )
    if was_confirmed:
        search_again(match.report, by=by, reason=f"拾物 {match.item.number} 不是:{reason}")
    return match


def search_again(report: LostReport, *, by, reason: str) -> None:
    """Back to 寻找中 when no confirmed match is left; nothing otherwise."""
    row = LostReport.objects.select_for_update().get(pk=report.pk)
    if row.state == ReportState.MATCHED and not row.matches.confirmed().exists():
        move(row, ReportState.OPEN, by=by, reason=reason[:100])


def close_matches(matches: QuerySet, *, reason: str, by=None) -> None:
    """Let live matches go stale because one side has ended; free the reports that waited."""
    for match in matches.filter(state__in=LIVE_MATCH_STATES).select_related("item", "report"):
        was_confirmed = match.state == MatchState.CONFIRMED
        move(
            match, MatchState.STALE, by=by, reason=reason[:100], decided_at=timezone.now(), decided_by=by,
            decision_reason=reason[:200],
        )
        if was_confirmed:
            search_again(match.report, by=by, reason=reason)


def live_matches(user, **side) -> QuerySet:
    """Suggested and confirmed matches of an item (`item=`) or a report (`report=`), the likeliest first."""
    return (
        Match.objects.visible_to(user).filter(Q(**side), state__in=LIVE_MATCH_STATES)
        .select_related("item__category", "item__zone", "report").order_by("-score", "pk")
    )
