"""A visitor tells of a loss on an open page; it waits to be looked at, and one click makes a lost report of it."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from lostfound.choices import ItemState, PartOfDay, ReportChannel, VisitorReportState
from lostfound.errors.visitors import NotWaiting, VisitorForgotten
from lostfound.models import LostReport, VisitorReport
from lostfound.services.notices import draft_notice, publish_notice
from lostfound.services.visitors import (
    VisitorReportFacts,
    drop_visitor_report,
    take_visitor_report,
    verify_visitor_report,
)
from servicedesk.errors import NotPossibleNow, ReasonNeeded, SomeoneWasFaster
from servicedesk.models import VisitorCode
from servicedesk.services.preferences import choose
from servicedesk.services.purging import purge
from servicedesk.services.today import waiting

PHONE = "13800001234"


@pytest.fixture
def code(db, point, zone) -> VisitorCode:
    return VisitorCode.objects.create(code="TEST2345", name="东门", service_point=point, zone=zone)


@pytest.fixture
def tell(code, zone):
    """`tell(thing="手机")`: a visitor's report in the inbox."""

    def told(**more) -> VisitorReport:
        facts = {"owner_name": "杨明静", "phone": PHONE, "thing": "雨伞", "colour": "黑色", "zone": zone,
                 "lost_on": timezone.localdate(), "part_of_day": PartOfDay.ALL_DAY, **more}
        return take_visitor_report(VisitorReportFacts(**facts), code=code, key=uuid.uuid4())

    return told


def typed(**more) -> dict:
    return {"key": str(uuid.uuid4()), "thing": "雨伞", "colour": "黑色", "lost_on": f"{timezone.localdate()}",
            "part_of_day": "all_day", "owner_name": "杨明静", "phone": PHONE, "consent": "on", **more}


def url(code, page="visitor_loss") -> str:
    return reverse(f"lostfound:{page}", args=[code.code])


@pytest.mark.one_database
def test_a_visitor_tells_it_without_signing_in_and_gets_a_number(client, code):
    answer = client.post(url(code), typed(), follow=True)
    told = VisitorReport.objects.get()
    assert (told.state, told.zone, told.number[:3]) == (VisitorReportState.WAITING, code.zone, "WS-")
    assert told.number in answer.content.decode()
    assert PHONE not in answer.content.decode()
    assert not LostReport.objects.exists()


@pytest.mark.one_database
@pytest.mark.parametrize(("more", "said"), [
    ({"thing": ""}, "请填写"), ({"phone": "123"}, "电话号码不对"), ({"consent": ""}, "请勾选同意"),
    ({"lost_on": f"{timezone.localdate() + dt.timedelta(days=2)}"}, "还没有到"),
    ({"lost_on": "2020-01-01"}, "请到服务台登记"), ({"lost_on": "昨天"}, "请选日期"), ({"part_of_day": "x"}, "请重选"),
])
def test_a_slip_comes_back_with_what_was_typed(client, code, more, said):
    answer = client.post(url(code), typed(features="伞柄有字", **more))
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert "伞柄有字" in answer.content.decode()
    assert not VisitorReport.objects.exists()


@pytest.mark.one_database
def test_the_page_speaks_english_too_and_asks_for_a_place_where_the_code_has_none(client, code):
    VisitorCode.objects.update(zone=None)
    answer = client.post(f"{url(code)}?lang=en", typed())
    assert (answer.status_code, "Please choose a place." in answer.content.decode()) == (422, True)


@pytest.mark.one_database
def test_the_same_form_sent_twice_is_one_report_and_a_flood_is_stopped(client, code, manager):
    choose("servicedesk.visitor_device_posts", 2, manager)
    told = typed()
    assert client.post(url(code), told).url == client.post(url(code), told).url
    assert [client.post(url(code), typed()).status_code for _ in range(2)] == [302, 429]
    assert VisitorReport.objects.count() == 2


def test_one_click_makes_the_lost_report_with_all_that_falls_out_of_it(as_user, tell, clerk):
    told = tell(features="伞柄有字", last_seen="缆车上")
    answer = as_user(clerk).post(reverse("lostfound:visitorreport_verify", args=[told.pk]))
    report = LostReport.objects.get()
    assert answer.url == reverse("lostfound:lostreport_detail", args=[report.pk])
    assert (report.owner_name, report.phone, report.channel, report.category.name, report.created_by) == (
        "杨明静", PHONE, ReportChannel.ONLINE, "雨具", clerk)
    assert (report.features, report.last_seen, report.route) == ("伞柄有字", "缆车上", told.zone.name)
    told.refresh_from_db()
    assert (told.state, told.report) == (VisitorReportState.VERIFIED, report)


def test_it_is_registered_once(tell, clerk, second_clerk):
    told = tell()
    again = VisitorReport.objects.get(pk=told.pk)
    verify_visitor_report(told, by=clerk)
    with pytest.raises(SomeoneWasFaster):
        verify_visitor_report(again, by=second_clerk)
    with pytest.raises(NotWaiting):
        verify_visitor_report(told, by=second_clerk)
    assert LostReport.objects.count() == 1


def test_what_is_not_registered_needs_a_reason_and_may_still_be(tell, clerk):
    told = tell()
    with pytest.raises(ReasonNeeded):
        drop_visitor_report(told, by=clerk, reason=" ")
    drop_visitor_report(told, by=clerk, reason="与另一份重复")
    with pytest.raises(NotPossibleNow):
        drop_visitor_report(told, by=clerk, reason="再来")
    assert verify_visitor_report(told, by=clerk).thing == "雨伞"
    assert told.drop_reason == ""


@pytest.mark.parametrize(("part", "hours"), [
    (PartOfDay.MORNING, (0, 12)), (PartOfDay.AFTERNOON, (12, 18)), (PartOfDay.ALL_DAY, (0, 24)),
])
def test_the_part_of_the_day_becomes_the_window(part, hours, tell, clerk):
    day = timezone.localdate() - dt.timedelta(days=2)
    report = verify_visitor_report(tell(lost_on=day, part_of_day=part), by=clerk)
    midnight = timezone.make_aware(dt.datetime.combine(day, dt.time()))
    assert (report.lost_from, report.lost_to) == tuple(midnight + dt.timedelta(hours=hour) for hour in hours)


def test_it_waits_on_the_start_page_of_its_desk(tell, clerk, outsider):
    tell()
    said = "游客扫码报失 1 份,等待核实"
    assert [line.sentence for line in waiting(clerk) if "扫码" in line.sentence] == [said]
    assert not [line for line in waiting(outsider) if "扫码" in line.sentence]


@pytest.mark.one_database
def test_lost_reports_of_the_same_number_stand_beside_it(as_user, tell, clerk):
    report = verify_visitor_report(tell(), by=clerk)
    page = as_user(clerk).get(reverse("lostfound:visitorreport_detail", args=[tell().pk])).content.decode()
    assert report.number in page
    assert ("138****1234" in page, PHONE in page) == (True, False)


@pytest.mark.one_database
def test_the_notices_page_says_what_published_notices_say_and_nothing_else(
    client, code, make_item, custodian, point
):
    shown, kept, gone = (make_item(public_text=words, features="伞柄刻字", finder_name="张三")
                         for words in ("黑色雨伞", "白色水杯", "红色帽子"))
    publish_notice(draft_notice([shown, gone], "board", by=custodian, point=point), by=custodian)
    draft_notice([kept], "board", by=custodian, point=point)
    type(gone).objects.filter(pk=gone.pk).update(state=ItemState.RETURNED)
    page = client.get(url(code, "visitor_notices")).content.decode()
    assert [words in page for words in ("黑色雨伞", "白色水杯", "红色帽子", "伞柄刻字", "张三")] == [
        True, False, False, False, False]


def test_an_old_report_is_forgotten_and_can_no_more_be_registered(tell, clerk, manager, time_machine):
    told = tell(features="伞柄有字")
    drop_visitor_report(told, by=clerk, reason="重复")
    time_machine.move_to(timezone.now() + dt.timedelta(days=400))
    purge(by=manager, reason="到期")
    told.refresh_from_db()
    assert (told.phone, told.owner_name, told.features) == ("", "(已清除)", "(已清除)")
    with pytest.raises(VisitorForgotten):
        verify_visitor_report(told, by=clerk)
