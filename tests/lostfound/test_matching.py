"""Suggestions both ways, and what people make of them."""

import datetime as dt
import threading

import pytest
from django.db import connection, connections

from lostfound.choices import IntakeKind, ItemState, MatchState, ReportState
from lostfound.errors.reports import ItemAlreadyMatched, ItemNotOpen, ReportClosed
from lostfound.models import ContentLine, FoundItem, ItemCategory, LostReport, LostReportZone, Match, ReportLine
from lostfound.services.claims import open_claim
from lostfound.services.item_facts import FoundItemFacts
from lostfound.services.items import register_found_item
from lostfound.services.matching import (
    close_matches,
    confirm_match,
    live_matches,
    match_by_hand,
    reject_match,
    similar_items,
    similar_reports,
    suggest_for_item,
    suggest_for_report,
)
from lostfound.services.release import HandOver, release_found_item
from lostfound.services.signs import found_signs, lost_signs, neighbours
from servicedesk.errors import NotPossibleNow, ReasonNeeded, Refusal
from servicedesk.services import preferences


@pytest.fixture
def walked(zone, near_zone):
    """Give a report its route: `walked(report)` ends at the terrace."""

    def walk(report: LostReport, *zones) -> LostReport:
        for order, place in enumerate(zones or (near_zone, zone), start=1):
            LostReportZone.objects.create(report=report, zone=place, order=order)
        return report

    return walk


@pytest.fixture
def report(make_report, walked) -> LostReport:
    return walked(make_report(colour="黑色"))


@pytest.fixture
def pair(item, report) -> Match:
    """The umbrella at the desk and the report it may belong to."""
    return suggest_for_item(item)[0]


def test_a_find_lights_up_the_reports_it_may_belong_to_with_the_reasons(item, report):
    match = suggest_for_item(item)[0]
    assert (match.item, match.report, match.state) == (item, report, MatchState.SUGGESTED)
    assert match.why == "同类 · 名称一致 · 同色 · 地点相同 · 时间吻合"


def test_a_report_lights_up_the_finds_in_the_same_words(item, report):
    assert [(m.item, m.why) for m in suggest_for_report(report)] == [
        (item, "同类 · 名称一致 · 同色 · 地点相同 · 时间吻合"),
    ]


def test_registering_a_find_suggests_by_itself(report, zone, clerk, point, now):
    facts = FoundItemFacts(
        intake_kind=IntakeKind.VISITOR, category=ItemCategory.objects.get(name="雨具"), thing="雨伞", colour="黑色",
        found_at=now - dt.timedelta(hours=3), zone=zone, finder_name="张三",
    )
    item = register_found_item(facts, by=clerk, point=point)
    assert [m.report for m in item.matches.all()] == [report]


def test_suggesting_again_changes_nothing(item, report):
    first = suggest_for_item(item)
    assert suggest_for_report(report) == first
    assert suggest_for_item(item) == first
    assert [m.history.count() for m in first] == [1]


def test_an_edit_freshens_the_reasons_and_what_is_no_longer_alike_goes_stale(pair, item, report):
    LostReport.objects.filter(pk=report.pk).update(name_on_item="杨明静")
    FoundItem.objects.filter(pk=item.pk).update(name_on_item="杨明静")
    item.refresh_from_db()
    assert suggest_for_item(item)[0].score > pair.score
    FoundItem.objects.filter(pk=item.pk).update(
        name_on_item="", thing="手机", category=ItemCategory.objects.get(name="手机")
    )
    item = FoundItem.objects.get(pk=item.pk)
    assert suggest_for_item(item) == []
    pair.refresh_from_db()
    assert pair.state == MatchState.STALE


def test_a_stale_pair_that_is_alike_again_is_suggested_again(pair, item):
    close_matches(item.matches.all(), reason="误改")
    assert [m.state for m in suggest_for_item(item)] == [MatchState.SUGGESTED]


def test_what_a_person_rejected_is_not_suggested_again(pair, item, report, clerk):
    reject_match(pair, by=clerk, reason="失主说伞柄是木的")
    assert suggest_for_item(item) == []
    assert suggest_for_report(report) == []
    pair.refresh_from_db()
    assert (pair.state, pair.decision_reason, pair.decided_by) == (MatchState.REJECTED, "失主说伞柄是木的", clerk)


@pytest.mark.parametrize("ended", [ItemState.RETURNED, ItemState.VOID, ItemState.POLICE, ItemState.DISPOSED])
def test_an_item_that_ended_keeps_no_suggestion_and_frees_its_report(matched, item, ended):
    FoundItem.objects.filter(pk=item.pk).update(state=ended)
    assert suggest_for_item(FoundItem.objects.get(pk=item.pk)) == []
    matched.refresh_from_db()
    assert matched.state == MatchState.STALE
    assert LostReport.objects.get(pk=matched.report_id).state == ReportState.OPEN


@pytest.mark.parametrize("state", [ReportState.FOUND, ReportState.WITHDRAWN, ReportState.EXPIRED])
def test_a_report_that_ended_is_not_suggested(item, report, state):
    LostReport.objects.filter(pk=report.pk).update(state=state)
    assert suggest_for_item(item) == []
    assert suggest_for_report(LostReport.objects.get(pk=report.pk)) == []


def test_things_at_finance_are_still_suggested(item, report):
    FoundItem.objects.filter(pk=item.pk).update(state=ItemState.FINANCE)
    assert len(suggest_for_report(report)) == 1


def test_the_least_score_is_a_setting(item, report, manager):
    preferences.choose("lostfound.match_score", 99, manager)
    assert suggest_for_item(item) == []


def test_the_days_looked_at_are_a_setting(make_item, report, manager, now):
    late = make_item(found_at=report.lost_to + dt.timedelta(days=20))
    assert [m.item for m in suggest_for_report(report)] == [late]
    Match.objects.all().delete()
    preferences.choose("lostfound.match_days", 10, manager)
    assert suggest_for_report(report) == []


def test_the_name_finds_across_kinds_and_outside_the_days(make_item, make_report, walked, now):
    report = walked(make_report(
        thing="卡包", category=ItemCategory.objects.get(name="其他"), lost_from=now - dt.timedelta(days=200),
        lost_to=now - dt.timedelta(days=200),
    ))
    card = make_item("身份证护照", thing="身份证", name_on_item="杨明静")
    assert "姓名一致" in suggest_for_item(card)[0].reasons
    assert [m.item for m in suggest_for_report(report)] == [card]


def test_the_number_finds_whatever_the_kind(make_item, make_report, walked):
    report = walked(make_report(number_on_item="860123456789012", thing="机器", category=ItemCategory.objects.get(
        name="其他")))
    phone = make_item("手机", thing="手机", number_on_item="8601 2345 6789 012")
    assert "号码一致" in suggest_for_report(report)[0].reasons
    assert [m.report for m in suggest_for_item(phone)] == [report]


def test_a_further_thing_of_a_report_is_looked_for_too(make_item, report):
    wallet = ItemCategory.objects.get(name="钱包现金")
    ReportLine.objects.create(report=report, thing="钱包", look="棕色", category=wallet)
    found = make_item("钱包现金", thing="钱包", colour="棕色")
    assert suggest_for_item(found)[0].why == "同类 · 名称一致 · 同色 · 地点相同 · 时间吻合"
    assert found in [m.item for m in suggest_for_report(report)]


def test_what_is_inside_speaks_for_a_bag(make_item, make_report, walked):
    bag = ItemCategory.objects.get(name="包袋")
    walked(make_report(category=bag, thing="双肩包", features="里面有儿童外套和保温杯"))
    item = make_item("包袋", thing="双肩包", features="")
    ContentLine.objects.create(item=item, thing="儿童外套")
    ContentLine.objects.create(item=item, thing="保温杯")
    assert "特征相近" in suggest_for_item(item)[0].reasons


def test_at_most_ten_are_suggested_the_likeliest_first(item, make_report, walked):
    for _ in range(11):
        walked(make_report())
    best = walked(make_report(colour="黑色"))
    matches = suggest_for_item(item)
    assert len(matches) == 10
    assert matches[0].report == best


def test_a_find_at_another_desk_is_suggested_too(make_item, report, other_point):
    far = make_item(service_point=other_point)
    assert [m.item for m in suggest_for_report(report)] == [far]


def test_a_pair_is_visible_to_the_desks_of_either_side(item, make_report, other_point, clerk, outsider, make_person):
    own = Match.objects.create(item=item, report=make_report(), score=50)
    shared = Match.objects.create(item=item, report=make_report(service_point=other_point), score=60)
    assert list(Match.objects.visible_to(clerk).order_by("pk")) == [own, shared]
    assert list(Match.objects.visible_to(outsider)) == [shared]
    assert list(Match.objects.visible_to(make_person("1999", "新人", at=None))) == []


def test_what_is_typed_is_compared_without_leaving_a_trace(item, report, clerk, outsider):
    found = found_signs(item, neighbours([item.zone_id]))
    lost = lost_signs(report)
    assert [(a.score, i) for a, i in similar_items(lost, clerk)] == [(70, item)]
    assert [(a.score, r) for a, r in similar_reports(found, clerk)] == [(70, report)]
    assert similar_items(lost, outsider) == []
    assert similar_reports(found, outsider) == []
    assert Match.objects.count() == 0


def test_confirming_makes_the_report_wait_for_its_owner(pair, report, clerk):
    confirm_match(pair, by=clerk)
    report.refresh_from_db()
    assert (pair.state, pair.decided_by, report.state) == (MatchState.CONFIRMED, clerk, ReportState.MATCHED)


def test_a_second_report_for_the_same_item_is_told_who_was_faster(item, make_report, clerk, second_clerk):
    first, second = (Match.objects.create(item=item, report=make_report(), score=60) for _ in range(2))
    confirm_match(first, by=clerk)
    with pytest.raises(ItemAlreadyMatched, match=f"王芳确认为 {first.report.number}"):
        confirm_match(second, by=second_clerk)
    second.refresh_from_db()
    assert (second.state, second.report.state) == (MatchState.SUGGESTED, ReportState.OPEN)


def test_a_report_of_two_things_may_be_met_by_two_items(make_item, report, clerk):
    matches = [Match.objects.create(item=make_item(), report=report, score=60) for _ in range(2)]
    for match in matches:
        confirm_match(match, by=clerk)
    assert report.matches.confirmed().count() == 2


def test_what_has_ended_is_not_confirmed(pair, item, report, clerk):
    FoundItem.objects.filter(pk=item.pk).update(state=ItemState.RETURNED)
    with pytest.raises(ItemNotOpen, match="已认领"):
        confirm_match(pair, by=clerk)
    FoundItem.objects.filter(pk=item.pk).update(state=ItemState.IN_CUSTODY)
    LostReport.objects.filter(pk=report.pk).update(state=ReportState.WITHDRAWN)
    with pytest.raises(ReportClosed, match="撤销"):
        confirm_match(pair, by=clerk)


def test_a_decided_match_is_not_decided_again(pair, clerk):
    reject_match(pair, by=clerk, reason="不是")
    with pytest.raises(NotPossibleNow):
        confirm_match(pair, by=clerk)


def test_rejecting_needs_a_reason(pair, clerk):
    with pytest.raises(ReasonNeeded):
        reject_match(pair, by=clerk, reason=" ")
    pair.refresh_from_db()
    assert pair.state == MatchState.SUGGESTED


def test_rejecting_a_confirmed_match_searches_again_unless_another_is_left(make_item, report, clerk):
    first, second = (Match.objects.create(item=make_item(), report=report, score=60) for _ in range(2))
    for match in (first, second):
        confirm_match(match, by=clerk)
    reject_match(first, by=clerk, reason="颜色不对")
    assert LostReport.objects.get(pk=report.pk).state == ReportState.MATCHED
    reject_match(second, by=clerk, reason="也不是")
    assert LostReport.objects.get(pk=report.pk).state == ReportState.OPEN


def test_a_pair_that_only_a_person_saw_is_confirmed_by_hand(make_item, report, clerk):
    item = make_item("手机", thing="手机")
    match = match_by_hand(item, report, by=clerk)
    assert (match.state, match.reasons[:2]) == (MatchState.CONFIRMED, ["人工关联", "类别不同"])


def test_a_rejected_pair_may_be_brought_back_by_hand_alone(pair, item, report, clerk, second_clerk):
    reject_match(pair, by=clerk, reason="看错")
    assert match_by_hand(item, report, by=second_clerk).state == MatchState.CONFIRMED


def test_waiting_shows_only_pairs_whose_two_sides_are_open(pair, item, clerk):
    assert list(Match.objects.waiting()) == [pair]
    assert list(live_matches(clerk, item=item)) == [pair]
    FoundItem.objects.filter(pk=item.pk).update(state=ItemState.POLICE)
    assert list(Match.objects.waiting()) == []


@pytest.mark.parametrize("way", ["item", "report"])
def test_suggesting_costs_the_same_with_one_and_with_six_candidates(
    item, report, make_item, make_report, walked, django_assert_max_num_queries, way
):
    def cost() -> int:
        Match.objects.all().delete()
        with django_assert_max_num_queries(200) as counted:
            made = suggest_for_item(item) if way == "item" else suggest_for_report(report)
        writing = [q for q in counted.captured_queries if "INSERT" in q["sql"] or "SAVEPOINT" in q["sql"]]
        return len(counted.captured_queries) - len(writing) - len(made)  # one look-up per pair that is written

    alone = cost()
    for _ in range(5):
        walked(make_report(colour="黑色"))
        make_item()
    assert cost() == alone


def test_candidates_are_asked_for_by_index(item, report, on_sqlite):
    if not on_sqlite:  # its planner reads a table of one row whole, unless it is told not to
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    questions = [
        LostReport.objects.searching().filter(category__in=[1, 99], lost_to__gte=item.found_at),
        LostReport.objects.searching().filter(owner_name__in=["杨明静"]),
        LostReport.objects.searching().filter(number_on_item_tail="1234"),
        FoundItem.objects.open().filter(category__in=[1, 99], found_at__gte=item.found_at),
        FoundItem.objects.open().filter(name_on_item__in=["杨明静"]),
        FoundItem.objects.open().filter(number_on_item_tail="1234"),
    ]
    plans = [question.explain().upper() for question in questions]
    assert [plan for plan in plans if "SEQ SCAN" in plan or plan.startswith("SCAN ")] == []


@pytest.mark.django_db(transaction=True)
def test_two_desks_confirm_two_matches_of_one_item_at_once_and_one_succeeds(
    item, make_report, clerk, second_clerk
):
    pairs = [Match.objects.create(item=item, report=make_report(), score=60) for _ in range(2)]
    start, told = threading.Barrier(2), []

    def confirm(pk: int, person) -> None:
        match = Match.objects.select_related("item", "report").get(pk=pk)
        start.wait(timeout=20)
        try:
            confirm_match(match, by=person)
            told.append("confirmed")
        except Refusal as refusal:
            told.append(type(refusal).__name__)
        finally:
            connections["default"].close()

    desks = [
        threading.Thread(target=confirm, args=(pair.pk, person))
        for pair, person in zip(pairs, (clerk, second_clerk), strict=True)
    ]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join(timeout=60)
    assert sorted(told) == ["ItemAlreadyMatched", "confirmed"]
    assert Match.objects.confirmed().count() == 1
    assert LostReport.objects.filter(state=ReportState.MATCHED).count() == 1


def test_a_release_without_a_linked_report_frees_the_report_that_waited(matched, item, facts, to_approved, clerk):
    Match.objects.filter(pk=matched.pk).update(state=MatchState.SUGGESTED)
    claim = to_approved(open_claim(item, facts(claimant_name="杨明静"), by=clerk))
    Match.objects.filter(pk=matched.pk).update(state=MatchState.CONFIRMED)
    release_found_item(claim, HandOver(pieces=1), by=clerk)
    matched.refresh_from_db()
    assert (matched.state, matched.decision_reason) == (MatchState.STALE, f"已由 {claim.number} 认领")
    assert LostReport.objects.get(pk=matched.report_id).state == ReportState.OPEN
