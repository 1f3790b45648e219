"""Lost reports: taking one, changing it, how it ends and begins again."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from lostfound.choices import MatchState, MeasureKind, PickupWay, ReportChannel, ReportState
from lostfound.errors import reports as refusals
from lostfound.models import ItemCategory, LostReport, Match, Measure
from lostfound.services.figures import report_month
from lostfound.services.matching import confirm_match
from lostfound.services.report_facts import LineFacts, LostReportFacts, MeasureFacts
from lostfound.services.reports import (
    add_measure,
    close_as_found,
    close_lost_report,
    edit_lost_report,
    expire_lost_reports,
    mark_found,
    register_lost_report,
    reopen_lost_report,
    term_end,
)
from servicedesk.errors import BadSignature, EditedMeanwhile, NotPossibleNow, ReasonNeeded
from servicedesk.models import Signature
from servicedesk.services import preferences


@pytest.fixture
def told(zone, near_zone, now):
    """What a visitor on the phone says: `told(thing="背包")`."""

    def make(**more) -> LostReportFacts:
        return LostReportFacts(**{
            "owner_name": "杨明静", "phone": "13800001234", "category": ItemCategory.objects.get(name="雨具"),
            "thing": "雨伞", "colour": "黑色", "lost_from": now - dt.timedelta(hours=4),
            "lost_to": now - dt.timedelta(hours=3), "zones": (near_zone, zone), "channel": ReportChannel.PHONE,
            **more,
        })

    return make


@pytest.fixture
def report(told, clerk, point) -> LostReport:
    return register_lost_report(told(), by=clerk, point=point)


def test_a_report_gets_number_route_term_and_a_history_of_its_clerk(report, clerk, near_zone, zone):
    assert report.number.startswith("SS-")
    assert report.state == ReportState.OPEN
    assert [step.zone for step in report.steps.all()] == [near_zone, zone]
    assert report.expires_on == term_end(timezone.localdate())
    assert report.history.get().history_user == clerk


def test_a_phone_report_needs_no_signature_and_a_desk_report_does(told, clerk, point, strokes):
    with pytest.raises(refusals.OwnerSignatureNeeded):
        register_lost_report(told(channel=ReportChannel.DESK), by=clerk, point=point)
    on_paper = told(channel=ReportChannel.DESK, signature_means="paper")
    on_screen = told(channel=ReportChannel.DESK, signature_means="screen", signature_image=strokes)
    for facts in (on_paper, on_screen):
        report = register_lost_report(facts, by=clerk, point=point)
        signature = Signature.objects.of(report).get()
        assert signature.signer_name == "杨明静"
        assert report.number in signature.text


def test_the_one_who_stands_at_the_desk_signs(told, clerk, point):
    facts = told(channel=ReportChannel.DESK, signature_means="paper", reporter_name="杨父", relation="family")
    report = register_lost_report(facts, by=clerk, point=point)
    assert Signature.objects.of(report).get().signer_name == "杨父"


def test_an_unreadable_signature_leaves_no_report_and_no_number(told, clerk, point):
    facts = told(channel=ReportChannel.DESK, signature_means="screen", signature_image="data:image/png;base64,xx")
    with pytest.raises(BadSignature):
        register_lost_report(facts, by=clerk, point=point)
    assert LostReport.objects.count() == 0
    assert register_lost_report(told(), by=clerk, point=point).number.endswith("-001")


@pytest.mark.parametrize(("wrong", "refusal", "field"), [
    ({"owner_name": " "}, refusals.OwnerNeeded, "owner_name"),
    ({"phone": ""}, refusals.PhoneNeeded, "phone"),
    ({"zones": ()}, refusals.RouteNeeded, "zones"),
    ({"pickup_way": PickupWay.MAIL}, refusals.AddressNeeded, "mail_address"),
    ({"quantity": 0}, refusals.AbsurdFigure, "quantity"),
    ({"quantity": 10**7}, refusals.AbsurdFigure, "quantity"),
    ({"estimated_value": Decimal(10**9)}, refusals.AbsurdFigure, "estimated_value"),
    ({"lines": (LineFacts(thing="伞套", quantity=-1),)}, refusals.AbsurdFigure, "quantity"),
    ({"thing": "伞" * 61}, refusals.TextTooLong, "thing"),
    ({"features": "长" * 10_001}, refusals.TextTooLong, "features"),
])
def test_what_is_missing_or_absurd_is_refused_at_its_field(told, clerk, point, wrong, refusal, field):
    with pytest.raises(refusal) as caught:
        register_lost_report(told(**wrong), by=clerk, point=point)
    assert caught.value.facts["field"] == field
    assert LostReport.objects.count() == 0


@pytest.mark.parametrize(("begin", "end", "refusal"), [
    (dt.timedelta(hours=3), dt.timedelta(hours=4), refusals.LostBackwards),
    (dt.timedelta(hours=1), -dt.timedelta(hours=1), refusals.LostInFuture),
    (dt.timedelta(days=40), dt.timedelta(hours=1), refusals.LostWindowTooLong),
    (dt.timedelta(days=365 * 60), dt.timedelta(days=365 * 60), refusals.LostTooLongAgo),
])
def test_impossible_times_are_refused(told, clerk, point, now, begin, end, refusal):
    with pytest.raises(refusal):
        register_lost_report(told(lost_from=now - begin, lost_to=now - end), by=clerk, point=point)


def test_a_loss_may_run_over_midnight_and_the_end_of_a_month(told, clerk, point):
    zone = timezone.get_current_timezone()
    begin = dt.datetime(2026, 10, 31, 23, 30, tzinfo=zone)
    report = register_lost_report(
        told(lost_from=begin, lost_to=begin + dt.timedelta(hours=1)), by=clerk, point=point
    )
    assert timezone.localdate(report.lost_to) == dt.date(2026, 11, 1)


@pytest.mark.parametrize(("day", "end"), [
    (dt.date(2026, 11, 30), dt.date(2027, 11, 30)),
    (dt.date(2024, 2, 29), dt.date(2025, 2, 28)),
])
def test_the_term_is_a_year_to_the_day(db, day, end):
    assert term_end(day) == end


def test_the_term_is_a_setting(db, manager):
    preferences.choose("lostfound.report_months", 3, manager)
    assert term_end(dt.date(2026, 11, 30)) == dt.date(2027, 2, 28)


@pytest.mark.parametrize("name", ["㛃䶮𬭎", "欧阳·买买提", "A" * 100, "王🙂"])
def test_rare_and_long_names_are_kept_as_typed(told, clerk, point, name):
    report = register_lost_report(told(owner_name=name), by=clerk, point=point)
    assert LostReport.objects.get(pk=report.pk).owner_name == name


def test_a_ten_thousand_character_description_is_kept_and_indexed(told, clerk, point):
    report = register_lost_report(told(features="红色龙猫挂件," * 1428), by=clerk, point=point)
    assert len(LostReport.objects.get(pk=report.pk).features) == 1428 * 7


def test_further_things_get_a_guessed_category(told, clerk, point):
    lines = (LineFacts(thing="黑色钱包"), LineFacts(thing="不知名的东西", quantity=2))
    report = register_lost_report(told(lines=lines), by=clerk, point=point)
    assert [line.category and line.category.name for line in report.lines.all()] == ["钱包现金", None]


def test_measures_are_written_once_with_their_time(report, clerk, now):
    row = add_measure(report, MeasureFacts(kind=MeasureKind.BROADCAST, at=now, detail="广播两遍"), by=clerk)
    assert (row.at, row.by, row.detail) == (now, clerk, "广播两遍")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Measure.objects.filter(pk=row.pk).update(detail="一遍")


def test_a_measure_in_the_future_or_on_a_closed_report_is_refused(report, clerk, now):
    with pytest.raises(refusals.MeasureInFuture):
        add_measure(report, MeasureFacts(kind=MeasureKind.CAMERA, at=now + dt.timedelta(hours=1)), by=clerk)
    close_lost_report(report, by=clerk, reason="失主已自行找到")
    with pytest.raises(refusals.ReportClosed):
        add_measure(report, MeasureFacts(kind=MeasureKind.CAMERA), by=clerk)
    assert report.measures.count() == 0


def test_an_edit_changes_route_lines_and_facts_and_says_so_in_the_history(report, told, clerk, zone, far_zone):
    facts = told(colour="深蓝", zones=(zone, far_zone), lines=(LineFacts(thing="伞套"),))
    edited = edit_lost_report(report, facts, by=clerk, version=report.version)
    assert edited.colour == "深蓝"
    assert edited.route == "观景台 → 西门停车场"
    assert [line.thing for line in edited.lines.all()] == ["伞套"]
    assert edited.history.first().history_change_reason == (
        "路线:缆车上站→观景台 改为 观景台→西门停车场;同时遗失的物品已改"
    )


def test_an_edit_without_a_change_writes_no_history(report, told, clerk):
    edit_lost_report(report, told(), by=clerk, version=report.version)
    assert report.history.count() == 1


def test_two_editors_are_told(report, told, clerk, second_clerk):
    read = report.version
    edit_lost_report(report, told(colour="白色"), by=second_clerk, version=read)
    stale = LostReport.objects.get(pk=report.pk)
    with pytest.raises(EditedMeanwhile, match="李娜"):
        edit_lost_report(stale, told(colour="红色"), by=clerk, version=read)
    assert LostReport.objects.get(pk=report.pk).colour == "白色"


def test_a_closed_report_is_not_edited(report, told, clerk):
    close_lost_report(report, by=clerk, reason="不找了")
    with pytest.raises(refusals.ReportClosed, match="撤销"):
        edit_lost_report(report, told(colour="白色"), by=clerk)


def test_withdrawing_needs_a_reason_and_lets_its_matches_go(report, item, clerk):
    match = Match.objects.get(item=item, report=report) if report.matches.exists() else Match.objects.create(
        item=item, report=report, score=60
    )
    with pytest.raises(ReasonNeeded):
        close_lost_report(report, by=clerk, reason="  ")
    close_lost_report(report, by=clerk, reason="失主在车上找到")
    match.refresh_from_db()
    assert (report.state, report.close_reason, match.state) == (
        ReportState.WITHDRAWN, "失主在车上找到", MatchState.STALE,
    )
    with pytest.raises(NotPossibleNow):
        close_lost_report(report, by=clerk, reason="再撤一次")


def test_found_by_hand_needs_who_fetched_it_and_how(report, clerk):
    with pytest.raises(refusals.FetcherNeeded):
        close_as_found(report, by=clerk, fetched_by="")
    with pytest.raises(ReasonNeeded):
        close_as_found(report, by=clerk, fetched_by="杨明静")
    close_as_found(report, by=clerk, fetched_by="杨明静", reason="失主在座椅下找到")
    assert (report.state, report.fetched_by, report.closed_by) == (ReportState.FOUND, "杨明静", clerk)


def test_a_release_ends_the_report_and_lets_every_other_match_go(make_item, make_report, clerk):
    item, other_item = make_item(), make_item()
    report, other = make_report(), make_report()
    pairs = [(item, report), (item, other), (other_item, report)]
    confirmed, of_item, of_report = [Match.objects.create(item=i, report=r, score=70) for i, r in pairs]
    confirm_match(confirmed, by=clerk)
    mark_found(report, item, fetched_by="杨明静", by=clerk)
    report.refresh_from_db()
    assert (report.state, report.found_item, report.fetched_by) == (ReportState.FOUND, item, "杨明静")
    for match in (confirmed, of_item, of_report):
        match.refresh_from_db()
    assert [m.state for m in (confirmed, of_item, of_report)] == [
        MatchState.CONFIRMED, MatchState.STALE, MatchState.STALE,
    ]


def test_a_release_to_somebody_else_frees_the_report_that_waited(matched, make_report, clerk):
    right = make_report(owner_name="杨民敬")
    mark_found(right, matched.item, fetched_by="杨民敬", by=clerk)
    matched.refresh_from_db()
    assert matched.state == MatchState.STALE
    assert LostReport.objects.get(pk=matched.report_id).state == ReportState.OPEN


@pytest.mark.parametrize("ended", [ReportState.WITHDRAWN, ReportState.EXPIRED])
def test_a_release_is_never_blocked_by_a_report_that_had_ended(make_report, item, clerk, ended):
    report = make_report(state=ended)
    assert mark_found(report, item, fetched_by="杨明静", by=clerk).state == ReportState.FOUND


def test_a_report_found_once_keeps_its_first_item(make_report, make_item, clerk):
    first, second = make_item(), make_item()
    report = make_report()
    mark_found(report, first, fetched_by="杨明静", by=clerk)
    mark_found(report, second, fetched_by="杨明静", by=clerk)
    report.refresh_from_db()
    assert report.found_item == first
    assert second.number in report.history.first().history_change_reason


def test_reopening_needs_a_reason_and_gives_a_full_term(make_report, supervisor, now):
    report = make_report(state=ReportState.EXPIRED, expires_on=dt.date(2026, 1, 1), close_reason="登记期满")
    with pytest.raises(ReasonNeeded):
        reopen_lost_report(report, by=supervisor, reason="")
    reopen_lost_report(report, by=supervisor, reason="失主来电仍在找")
    assert (report.state, report.close_reason, report.expires_on) == (
        ReportState.OPEN, "", term_end(timezone.localdate()),
    )


def test_an_open_report_cannot_be_reopened(report, supervisor):
    with pytest.raises(NotPossibleNow):
        reopen_lost_report(report, by=supervisor, reason="再找")


def test_reports_expire_the_day_after_their_last_and_only_once(make_report, capsys):
    today = timezone.localdate()
    yesterday = today - dt.timedelta(days=1)
    over, last_day = make_report(expires_on=yesterday), make_report(expires_on=today)
    waiting = make_report(expires_on=yesterday, state=ReportState.MATCHED)
    call_command("expire_reports")
    call_command("expire_reports")
    assert capsys.readouterr().out == "期满结案 1 份。\n期满结案 0 份。\n"
    for report in (over, last_day, waiting):
        report.refresh_from_db()
    assert [r.state for r in (over, last_day, waiting)] == [
        ReportState.EXPIRED, ReportState.OPEN, ReportState.MATCHED,
    ]
    assert over.history.first().history_change_reason == "登记期满"


def test_an_expired_report_keeps_no_suggestion(make_report, item):
    report = make_report(expires_on=timezone.localdate() - dt.timedelta(days=1))
    match = Match.objects.create(item=item, report=report, score=60)
    assert expire_lost_reports() == 1
    match.refresh_from_db()
    assert match.state == MatchState.STALE


def test_the_month_counts_registered_found_and_open(make_report, other_point):
    zone = timezone.get_current_timezone()

    def on(*when: int):
        return dt.datetime(*when, tzinfo=zone)

    make_report(created_at=on(2026, 10, 31, 23, 59))
    first = make_report(created_at=on(2026, 11, 1, 0, 0), state=ReportState.FOUND)
    make_report(created_at=on(2026, 11, 15, 12, 0), state=ReportState.MATCHED)
    make_report(created_at=on(2026, 11, 30, 23, 59), state=ReportState.WITHDRAWN)
    make_report(created_at=on(2026, 12, 1, 0, 0))
    make_report(created_at=on(2026, 11, 2, 0, 0), service_point=other_point)
    month = report_month(first.service_point, dt.date(2026, 11, 30))
    assert month.rows[0] == first
    assert (month.registered, month.found, month.open, month.found_rate) == (3, 1, 1, Decimal("33.3"))
    assert report_month(None, dt.date(2026, 11, 1)).registered == 4
    empty = report_month(None, dt.date(2020, 2, 29))
    assert (empty.registered, empty.found_rate) == (0, None)
