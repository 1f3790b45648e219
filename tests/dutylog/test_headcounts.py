"""报送人数: once per time, never falling, corrected by a further row, told with a record, beside the year before."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from dutylog.choices import DayState, SendMeans
from dutylog.errors.days import DayLocked
from dutylog.errors.headcounts import (
    AlreadyCorrected,
    CountFalls,
    CountOvertakes,
    CountTooLarge,
    MoreInsideThanEntered,
    NoChannel,
    NoSuchSlot,
    NothingCorrected,
    NotOfBefore,
    OtherDeskReports,
    RecipientNeeded,
    SlotTaken,
    TakenInFuture,
)
from dutylog.gates.headcounts import HEADCOUNT_GATE
from dutylog.models import DutyDay, HeadcountReport, HeadcountSend
from dutylog.papers.headcounts import sheet_rows
from dutylog.services.days import duty_day
from dutylog.services.headcount_tables import month_table, same_time_last_year, times_of, year_before
from dutylog.services.headcounts import (
    HeadcountFacts,
    correct_headcount,
    file_headcount,
    file_past_total,
    note_sent,
    send_headcount,
    sends_of,
    slots_of,
    standing_rows,
    text_of,
    with_sends,
)
from dutylog.today import headcounts
from servicedesk.choices import ChannelKind
from servicedesk.errors import NotInRange, ReasonNeeded
from servicedesk.models import Channel, Delivery
from servicedesk.services.today import answered
from tests.dutylog.conftest import TODAY


def waiting(user) -> list:
    return answered(headcounts.waiting(user))[0]


@pytest.fixture
def report(day, clerk):
    """`report("10:00", 1280)` on today's sheet."""

    def make(slot="10:00", entered=1280, *, on=day, by=clerk, **more) -> HeadcountReport:
        return file_headcount(on, HeadcountFacts(slot=slot, entered=entered, **more), by=by)

    return make


@pytest.fixture
def tell(clerk):
    def make(row, to_whom="值班经理", means=SendMeans.PHONE, **more) -> HeadcountSend:
        return note_sent(row, to_whom, means=means, by=clerk, **more)

    return make


def correct(row, entered, by, reason="闸机漏计") -> HeadcountReport:
    return correct_headcount(row, HeadcountFacts(slot=row.slot, entered=entered), by=by, reason=reason)


def test_the_times_are_settings_and_closing_follows_the_day(day, moment, choose):
    assert [slot.label for slot in slots_of(day)] == ["10:00", "12:00", "14:00", "16:00", "闭园"]
    assert slots_of(day)[-1].due_at == moment("17:30")
    choose("dutylog.headcount_times", ["闭园", "09:30"])
    assert [slot.label for slot in slots_of(day)] == ["09:30", "闭园"]
    for wrong in ([], ["中午"], ["10:00", "10:00"]):
        with pytest.raises(NotInRange):
            choose("dutylog.headcount_times", wrong)


def test_a_holiday_has_its_own_times_when_the_manager_gives_them(point, clerk, clock, choose):
    holiday = duty_day(dt.date(2026, 10, 1), point, by=clerk)
    assert len(slots_of(holiday)) == 5
    choose("dutylog.headcount_times_holiday", ["09:00", "11:00", "闭园"])
    assert [slot.label for slot in slots_of(holiday)] == ["09:00", "11:00", "闭园"]


def test_a_time_is_reported_once(report, second_clerk):
    first = report()
    assert (first.number, first.on, first.slot) == ("RS-20261124-001", TODAY, "10:00")
    with pytest.raises(SlotTaken) as refusal:
        report(entered=1300, by=second_clerk)
    assert "王芳登记为 1,280 人" in refusal.value.sentence
    assert HeadcountReport.objects.count() == 1
    with pytest.raises(NoSuchSlot):
        report("11:11")


def test_the_count_never_falls_in_a_day_and_equal_is_well(report):
    report("12:00", 1280)
    with pytest.raises(CountFalls):
        report("14:00", 1279)
    with pytest.raises(CountOvertakes):
        report("10:00", 1281)
    assert report("10:00", 1280).entered == 1280
    assert report("14:00", 1280).entered == 1280


def test_figures_that_cannot_be_are_refused(report, moment):
    with pytest.raises(MoreInsideThanEntered):
        report(inside=1281)
    with pytest.raises(CountTooLarge):
        report(entered=100_001)
    with pytest.raises(CountTooLarge):
        report(shows=[("10:30 大剧院", 100_001)])
    with pytest.raises(TakenInFuture):
        report(taken_at=moment("10:32"))
    assert report(inside=1280, taken_at=moment("10:31")).inside == 1280


def test_a_correction_is_a_row_more_with_the_old_figure_and_the_reason(report, clerk, second_clerk):
    old = report()
    with pytest.raises(ReasonNeeded):
        correct(old, 1300, clerk, " ")
    with pytest.raises(NothingCorrected):
        correct(old, 1280, clerk)
    new = correct(old, 1300, second_clerk)
    old.refresh_from_db()
    assert (old.entered, new.entered, new.corrects, new.reason) == (1280, 1300, old, "闸机漏计")
    assert HeadcountReport.objects.standing().get() == new
    assert "更正:" in text_of(new)
    assert "原报入园 1,280 人" in text_of(new)
    with pytest.raises(AlreadyCorrected):
        correct(old, 1310, clerk)
    assert correct(new, 1310, clerk).entered == 1310


def test_a_correction_keeps_its_place_between_the_other_times(report, clerk):
    first, second = report("10:00", 1000), report("12:00", 2000)
    with pytest.raises(CountOvertakes):
        correct(first, 2001, clerk)
    with pytest.raises(CountFalls):
        correct(second, 999, clerk)
    correct(first, 1900, clerk)
    with pytest.raises(CountFalls):
        correct(second, 1899, clerk)


def test_a_closed_day_takes_neither_figure_nor_correction(report, day, clerk):
    old = report()
    DutyDay.objects.filter(pk=day.pk).update(state=DayState.CLOSED)
    day.refresh_from_db()
    old.refresh_from_db()
    with pytest.raises(DayLocked):
        report("12:00", 2000)
    with pytest.raises(DayLocked):
        correct(HeadcountReport.objects.get(pk=old.pk), 1300, clerk)


def test_nothing_of_it_is_changed_or_deleted_in_the_database(report, tell):
    sent = tell(report())
    for row, column in ((sent.report, "entered"), (sent, "to_whom")):
        rows = type(row).objects.filter(pk=row.pk)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**{column: "1"})
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_the_ready_text_says_all_that_was_counted(report):
    row = report(inside=1150, shows=[("10:30 大剧院", 320), ("露天剧场", 1200)], events="灯会预演")
    assert text_of(row) == (
        "主服务中心11月24日 10:00 入园 1,280 人,在园 1,150 人,"
        "剧院 10:30 大剧院 320 人;露天剧场 1,200 人,活动 灯会预演。"
    )


def test_told_by_hand_keeps_to_whom_which_way_and_when(report, tell, moment):
    row = report()
    with pytest.raises(RecipientNeeded):
        tell(row, " ")
    with pytest.raises(TakenInFuture):
        tell(row, at=moment("10:35"))
    sent = tell(row, at=moment("10:05"))
    assert (sent.to_whom, sent.means, sent.at, sent.by.name) == ("值班经理", "phone", moment("10:05"), "王芳")
    assert row.get_state_display() == "已报送"


def test_sending_queues_for_the_channels_that_get_headcounts(report, clerk):
    row = report()
    with pytest.raises(NoChannel):
        send_headcount(row, by=clerk)
    assert not HeadcountSend.objects.exists()
    url = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=11111111-2222-3333-4444-555555555555"
    for name, topics in (("园区群", ["headcount"]), ("安全群", ["urgent"])):
        Channel.objects.create(name=name, kind=ChannelKind.WECOM, address=url, topics=topics)
    sent = send_headcount(row, by=clerk)
    assert (sent.means, sent.to_whom, sent.at) == ("channel", "园区群", timezone.now())
    delivery = Delivery.objects.get()
    assert (delivery.about, delivery.text) == (row, f"【报送人数】{text_of(row)}")


def test_a_figure_that_was_corrected_is_told_no_more(report, tell, clerk):
    old = report()
    new = correct(old, 1300, clerk)
    with pytest.raises(AlreadyCorrected):
        tell(old)
    with pytest.raises(AlreadyCorrected):
        send_headcount(old, by=clerk)
    assert tell(new).report == new


def test_due_and_overdue_go_by_the_moments_and_equal_is_on_time(day, report, tell, clock, moment, clerk, duty_manager):
    def said() -> list[str]:
        return [line.sentence for line in waiting(clerk)]

    clock.move_to(moment("09:59"))
    assert said() == []
    clock.move_to(moment("10:15"))
    assert said() == ["10:00 报送人数还没有登记"]
    clock.move_to(moment("10:16"))
    assert said() == ["10:00 报送人数还没有登记,已逾期"]
    assert waiting(duty_manager) == []
    row = report()
    assert said() == ["10:00 入园 1,280 人还没有报送"]
    tell(row)
    assert said() == []


def test_the_gate_names_each_time_until_it_is_told(day, report, tell, clerk):
    assert len(HEADCOUNT_GATE.missed(day)) == 5
    for place, slot in enumerate(slots_of(day), start=1):
        row = report(slot.label, 1000 * place)
    assert [miss.sentence for miss in HEADCOUNT_GATE.missed(day)][-1] == "闭园 的接待人数还没有报送"
    assert HEADCOUNT_GATE.missed(day)[-1].url == f"/duty/headcounts/{row.pk}/"
    for row in HeadcountReport.objects.all():
        tell(row)
    assert HEADCOUNT_GATE.missed(day) == []
    again = correct(HeadcountReport.objects.get(slot="闭园"), 6000, clerk)
    assert [miss.sentence for miss in HEADCOUNT_GATE.missed(day)] == ["闭园 的接待人数还没有报送"]
    tell(again)
    assert HEADCOUNT_GATE.missed(day) == []


def test_a_time_that_left_the_settings_is_still_shown(day, report, choose):
    report("12:00", 2000)
    choose("dutylog.headcount_times", ["10:00", "闭园"])
    assert [row["label"] for row in times_of(day)] == ["10:00", "12:00", "闭园"]


def test_the_block_of_the_days_sheet_is_filled_from_these_rows(day, report, tell, clerk, moment):
    old = report(inside=1150, shows=[("大剧院", 320)])
    new = correct(old, 1300, clerk)
    tell(new, at=moment("10:05"))
    rows = sheet_rows(day)
    assert rows[0] == {
        "at": "10:00", "entered": "1,300(更正,原报 1,280)", "inside": "/", "theatre": "/", "events": "/",
        "sent": "值班经理 电话 10:05",
    }
    assert (rows[-1]["at"], rows[-1]["entered"], rows[-1]["sent"]) == ("闭园合计", "/", "/")


def test_figures_of_former_years_are_typed_once_and_only_for_days_before(day, clerk, point):
    row = file_past_total(dt.date(2025, 11, 24), 3000, by=clerk, point=point)
    assert (row.get_state_display(), row.day, row.slot) == ("往年数", None, "闭园")
    with pytest.raises(SlotTaken):
        file_past_total(dt.date(2025, 11, 24), 3100, by=clerk, point=point)
    for on in (TODAY, TODAY + dt.timedelta(days=1)):
        with pytest.raises(NotOfBefore):
            file_past_total(on, 3000, by=clerk, point=point)
    assert correct(row, 3100, clerk).entered == 3100


def test_the_same_day_of_the_year_before_is_found(report, clerk, point):
    file_past_total(dt.date(2025, 11, 24), 3000, by=clerk, point=point)
    closing = report("闭园", 3300)
    assert same_time_last_year(closing).get().entered == 3000
    assert list(same_time_last_year(report("10:00", 900))) == []
    assert year_before(dt.date(2028, 2, 29)) == dt.date(2027, 2, 28)


def test_the_month_says_which_days_are_missing_and_compares_what_both_years_know(report, clerk, point, clock, moment):
    early = duty_day(dt.date(2026, 11, 20), point, by=clerk)
    report("闭园", 2000, on=early)
    report("10:00", 700, on=duty_day(dt.date(2026, 11, 22), point, by=clerk))
    report("闭园", 3300)
    file_past_total(dt.date(2025, 11, 20), 1000, by=clerk, point=point)
    file_past_total(dt.date(2025, 11, 21), 900, by=clerk, point=point)
    clock.move_to(moment("09:00", dt.date(2026, 11, 25)))
    rows = HeadcountReport.objects.standing().between(dt.date(2026, 11, 1), dt.date(2026, 11, 30))
    table = month_table(point, dt.date(2026, 11, 1), rows)
    assert (table.slots, table.missing, table.without_closing) == (["10:00", "闭园"], [21, 23], [22])
    assert (table.total, table.last_year) == (5300, 1900)
    assert (table.days[19].change, table.days[20].change, table.compared) == ("+100.0%", "", "+100.0%")
    assert table.said == (
        "不完整:缺报 21日、23日。没有闭园数 22日。1日至19日尚未启用报送。25日起还没有到。增减按两年都有数的 1 天计算。"
    )
    assert not table.is_complete


def test_a_desk_that_does_not_report_owes_no_headcount(day, clerk, choose, other_point, clock, moment):
    choose("dutylog.headcount_points", [other_point.name])
    clock.move_to(moment("18:30"))
    assert slots_of(day) == []
    assert HEADCOUNT_GATE.missed(day) == []
    assert waiting(clerk) == []
    assert sheet_rows(day)[0]["sent"] == "由其他服务点报送"
    with pytest.raises(OtherDeskReports, match="主服务中心不报送人数,由东门服务点报送"):
        file_headcount(day, HeadcountFacts(slot="10:00", entered=5), by=clerk)


def test_the_form_at_a_desk_that_does_not_report_says_who_does(day, as_user, clerk, choose, other_point):
    client = as_user(clerk)
    assert client.get(reverse("dutylog:headcount_create")).status_code == 200
    choose("dutylog.headcount_points", [other_point.name])
    page = client.get(reverse("dutylog:headcount_create"))
    assert page.status_code == 409
    assert "由东门服务点报送" in page.content.decode()


def test_the_desk_of_the_setting_reports(day, choose, point, other_point):
    choose("dutylog.headcount_points", [point.name])
    assert [slot.label for slot in slots_of(day)] == ["10:00", "12:00", "14:00", "16:00", "闭园"]


def test_all_desks_report_again_when_none_of_the_setting_is_there(day, choose, other_point):
    choose("dutylog.headcount_points", [other_point.name])
    other_point.name = "东门服务站"
    other_point.save()
    assert slots_of(day)


def test_only_desks_that_are_open_can_be_named(db, choose):
    with pytest.raises(NotInRange, match="在用服务点"):
        choose("dutylog.headcount_points", ["没有的服务点"])


def test_the_page_of_a_day_knows_to_whom_each_was_told_without_asking_again(
    report, tell, day, django_assert_num_queries
):
    told, untold = report("10:00"), report("12:00", 1300)
    tell(told, "景区办")
    rows = standing_rows(day).prefetch_related(None)
    reports, sends = list(rows), list(sends_of(rows))
    with django_assert_num_queries(0):
        found = {row.pk: [send.to_whom for send in row.sent] for row in with_sends(reports, sends)}
    assert found == {told.pk: ["景区办"], untold.pk: []}
