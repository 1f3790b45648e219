"""Lost reports on screen: the form that loses nothing, the book, the record page, what is closed."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from lostfound.choices import MatchState, ReportState
from lostfound.forms.reports import usual_window
from lostfound.models import ItemCategory, LostReport, LostReportZone, Match, Measure
from lostfound.services.claims import open_claim
from lostfound.services.report_facts import LostReportFacts
from lostfound.services.reports import edit_lost_report, register_lost_report
from servicedesk.choices import Role
from servicedesk.models import Disclosure, Signature
from servicedesk.services.search import index_record

pytestmark = pytest.mark.one_database

SECRET = "屏保是一只橘猫"


def url(name: str, *args) -> str:
    return reverse(f"lostfound:{name}", args=args)


@pytest.fixture
def typed(zone, near_zone):
    """What a clerk types for a visitor on the phone: `typed(thing="背包")`."""

    def make(**more) -> dict:
        return {
            "channel": "phone", "owner_name": "杨明静", "phone": "13800001234", "relation": "self", "thing": "手机",
            "colour": "黑色", "lost_from": "-180", "lost_to": "-60", "zones": [near_zone.pk, zone.pk],
            "quantity": "1", "unit": "部", "lines-TOTAL_FORMS": "0", "lines-INITIAL_FORMS": "0",
            "measures-TOTAL_FORMS": "0", "measures-INITIAL_FORMS": "0", **more,
        }

    return make


@pytest.fixture
def report(clerk, point, zone, near_zone, now) -> LostReport:
    return register_lost_report(
        LostReportFacts(
            owner_name="杨明静", phone="13800001234", category=ItemCategory.objects.get(name="手机"), thing="手机",
            lost_from=now - dt.timedelta(hours=3), lost_to=now - dt.timedelta(hours=1), zones=(near_zone, zone),
            channel="phone", number_on_item="860123456789012", blind_answers=SECRET,
        ),
        by=clerk, point=point,
    )


def test_the_form_opens_with_the_last_two_hours(as_user, clerk, point):
    page = as_user(clerk).get(url("lostreport_create"))
    assert page.status_code == 200
    now = timezone.make_aware(dt.datetime(2026, 11, 22, 14, 47, 33))
    window = usual_window(now)
    assert [f"{window[name]:%H:%M}" for name in ("lost_from", "lost_to")] == ["12:30", "14:47"]


def test_the_usual_window_may_reach_back_over_midnight(db):
    window = usual_window(timezone.make_aware(dt.datetime(2026, 12, 1, 0, 20)))
    assert f"{window['lost_from']:%m-%d %H:%M}" == "11-30 22:00"


def test_a_phone_report_is_saved_with_its_route_in_order(as_user, clerk, typed, zone, near_zone):
    answer = as_user(clerk).post(url("lostreport_create"), typed())
    report = LostReport.objects.get()
    assert answer.headers["Location"] == url("lostreport_detail", report.pk)
    assert [step.zone for step in report.steps.all()] == [near_zone, zone]
    assert report.category.name == "手机"
    assert Signature.objects.count() == 0


def test_the_same_form_sent_twice_makes_one_report(as_user, clerk, typed):
    browser = as_user(clerk)
    form = typed(submission_key="7f8b4c9e-8a51-4a53-9d2b-3f4c1f1f0a11")
    first, second = (browser.post(url("lostreport_create"), form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert LostReport.objects.count() == 1


def test_a_desk_report_without_a_signature_comes_back_with_all_that_was_typed(as_user, clerk, typed):
    answer = as_user(clerk).post(url("lostreport_create"), typed(channel="desk", signature_how="screen"))
    assert answer.status_code == 422
    assert "现场登记须失主签字" in answer.content.decode()
    assert answer.context["form"]["owner_name"].value() == "杨明静"
    assert LostReport.objects.count() == 0
    signed = as_user(clerk).post(url("lostreport_create"), typed(channel="desk", signature_how="paper"))
    assert signed.status_code == 302
    assert Signature.objects.get().signer_name == "杨明静"


@pytest.mark.parametrize(("wrong", "field", "sentence"), [
    ({"owner_name": ""}, "owner_name", "请填写。"),
    ({"phone": "12"}, "phone", "电话号码不对,请核对位数;境外号码以 + 开头。"),
    ({"zones": []}, "zones", "请填写。"),
    ({"zones": ["99999"]}, "zones", None),
    ({"lost_from": "不知道"}, "lost_from", "看不懂这个时间,请写成 1020、昨1530 或 2026-11-22 10:20。"),
    ({"lost_from": "-10"}, "lost_to", "遗失时间“止”早于“起”,请核对两个时间。"),
    ({"pickup_way": "mail"}, "mail_address", "选择邮寄时请填写收件地址。"),
    ({"thing": "长" * 61}, "thing", None),
    ({"features": "长" * 10_001}, "features", None),
    ({"quantity": "0"}, "quantity", None),
    ({"estimated_value": "很多"}, "estimated_value", "金额请写数字,如 1280.50。"),
    ({"owner_name": "\x00"}, "owner_name", None),
])
def test_bad_input_is_refused_at_its_field_and_nothing_is_lost(as_user, clerk, typed, wrong, field, sentence):
    answer = as_user(clerk).post(url("lostreport_create"), typed(**wrong))
    assert answer.status_code in ({400, 422} if "\x00" in str(wrong.values()) else {422})
    assert LostReport.objects.count() == 0
    if answer.status_code == 422:
        errors = answer.context["form"].errors
        assert field in errors
        assert sentence is None or errors[field] == [sentence]
        assert answer.context["form"]["colour"].value() == "黑色"


def test_lines_and_measures_are_saved_and_bad_ones_come_back(as_user, clerk, typed):
    more = {
        "lines-TOTAL_FORMS": "2", "lines-0-thing": "手机壳", "lines-0-quantity": "1",
        "lines-1-quantity": "1", "measures-TOTAL_FORMS": "1", "measures-0-kind": "broadcast",
        "measures-0-detail": "两遍",
    }
    bad = as_user(clerk).post(url("lostreport_create"), typed(**more, **{"lines-1-look": "红色"}))
    assert bad.status_code == 422
    assert LostReport.objects.count() == 0
    as_user(clerk).post(url("lostreport_create"), typed(**more))
    report = LostReport.objects.get()
    assert [line.thing for line in report.lines.all()] == ["手机壳"]
    assert [(m.kind, m.detail) for m in report.measures.all()] == [("broadcast", "两遍")]


def test_typing_shows_the_same_phone_and_what_may_be_it(as_user, clerk, outsider, report, item, typed, zone):
    item.thing, item.category = "手机", ItemCategory.objects.get(name="手机")
    item.save()
    form = typed(zones=[zone.pk], lost_from="-240", lost_to="-60")
    page = as_user(clerk).post(url("lostreport_hints"), form).content.decode()
    assert report.number in page
    assert item.number in page
    assert "同类 · 名称一致" in page
    elsewhere = as_user(outsider).post(url("lostreport_hints"), form).content.decode()
    assert report.number not in elsewhere
    assert item.number not in elsewhere


@pytest.mark.parametrize("rubbish", [
    {}, {"phone": "\ud7ff" * 40}, {"zones": ["x", "1" * 30]}, {"lost_from": "9" * 40, "thing": "手机"},
    {"lost_from": "-10", "lost_to": "-500", "thing": "手机"}, {"category": "-1", "thing": "🙂" * 3000},
])
def test_typing_rubbish_is_never_a_fault(as_user, clerk, rubbish):
    assert as_user(clerk).post(url("lostreport_hints"), rubbish).status_code == 200


def test_the_record_page_masks_the_phone_and_closes_the_answers(as_user, clerk, report):
    edit_lost_report(
        report, facts_of(report, blind_answers=f"{SECRET},名字叫豆豆"), by=clerk, version=report.version
    )
    page = as_user(clerk).get(url("lostreport_detail", report.pk)).content.decode()
    assert "138****1234" in page
    assert "13800001234" not in page
    assert "已记录(封存)" in page
    assert "橘猫" not in page
    assert "豆豆" not in page


def facts_of(report: LostReport, **more) -> LostReportFacts:
    names = ("owner_name", "phone", "category", "thing", "lost_from", "lost_to", "channel", "number_on_item",
             "blind_answers", "colour")
    zones = tuple(step.zone for step in report.steps.all())
    return LostReportFacts(**{**{name: getattr(report, name) for name in names}, "zones": zones, **more})


def test_a_clerk_opens_the_phone_to_call_and_it_is_written_down(as_user, clerk, report):
    address = url("lostreport_reveal", report.pk, "phone")
    assert "13800001234" not in as_user(clerk).get(address).content.decode()
    assert Disclosure.objects.count() == 0
    assert "13800001234" in as_user(clerk).post(address, {"reason": "致电失主"}).content.decode()
    opened = Disclosure.objects.of(report).get()
    assert (opened.user, opened.field, opened.reason) == (clerk, "联系电话", "致电失主")


def test_opening_without_a_reason_shows_nothing(as_user, clerk, report):
    answer = as_user(clerk).post(url("lostreport_reveal", report.pk, "phone"), {"reason": " "})
    assert answer.status_code == 422
    assert "13800001234" not in answer.content.decode()
    assert Disclosure.objects.count() == 0


@pytest.mark.parametrize(("field", "value"), [("number_on_item", "860123456789012"), ("blind_answers", SECRET)])
def test_number_and_answers_open_to_the_supervisor_and_not_to_a_clerk(
    as_user, clerk, supervisor, report, field, value
):
    address = url("lostreport_reveal", report.pk, field)
    assert as_user(clerk).post(address, {"reason": "好奇"}).status_code == 403
    assert value in as_user(supervisor).post(address, {"reason": "核对失主"}).content.decode()
    assert Disclosure.objects.of(report).count() == 1


def test_answers_stay_closed_while_a_claimant_still_has_to_speak(as_user, supervisor, clerk, matched, facts):
    LostReport.objects.filter(pk=matched.report_id).update(blind_answers=SECRET)
    open_claim(matched.item, facts(), by=clerk, report=matched.report)
    answer = as_user(supervisor).post(
        url("lostreport_reveal", matched.report_id, "blind_answers"), {"reason": "核对失主"}
    )
    assert answer.status_code >= 400
    assert SECRET not in answer.content.decode()
    assert Disclosure.objects.count() == 0


def test_an_edit_keeps_what_is_sealed_unless_it_is_typed_anew(as_user, clerk, report, typed):
    form = typed(phone="", blind_answers="", number_on_item="无", version=str(report.version), colour="银色")
    answer = as_user(clerk).post(url("lostreport_edit", report.pk), form)
    assert answer.status_code == 302
    edited = LostReport.objects.get(pk=report.pk)
    assert (edited.phone, edited.blind_answers, edited.number_on_item) == ("13800001234", SECRET, "")
    assert (edited.colour, edited.number_on_item_tail) == ("银色", "")


def test_of_two_editors_the_second_is_told_and_keeps_the_text(as_user, clerk, second_clerk, report, typed):
    read = report.version
    edit_lost_report(report, facts_of(report, colour="白色"), by=second_clerk, version=read)
    form = typed(phone="", version=str(read), colour="金色")
    answer = as_user(clerk).post(url("lostreport_edit", report.pk), form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "李娜在您填写时修改了" in page
    assert "现在的记录是:白色" in page
    assert answer.context["form"]["colour"].value() == "金色"
    again = as_user(clerk).post(url("lostreport_edit", report.pk), {**form, "version": str(read + 1)})
    assert again.status_code == 302
    assert LostReport.objects.get(pk=report.pk).colour == "金色"


def test_the_steps_fit_the_state_and_the_person(as_user, clerk, supervisor, report):
    def labels(user) -> list[str]:
        return [step["label"] for step in as_user(user).get(url("lostreport_detail", report.pk)).context["steps"]]

    assert labels(clerk) == ["关联拾物", "联系失主", "记措施", "编辑", "已找回", "撤销"]
    LostReport.objects.filter(pk=report.pk).update(state=ReportState.MATCHED)
    assert labels(clerk)[0] == "联系失主"
    LostReport.objects.filter(pk=report.pk).update(state=ReportState.EXPIRED)
    assert labels(clerk) == []
    assert labels(supervisor) == ["重新寻找"]


def test_each_step_does_its_work(as_user, clerk, supervisor, report, make_item):
    browser = as_user(clerk)
    browser.post(url("lostreport_measure", report.pk), {"kind": "store", "detail": "未见"})
    browser.post(url("lostreport_contact", report.pk), {"channel": "sms", "outcome": "sent", "note": "已发短信"})
    item = make_item("手机", thing="手机")
    linked = browser.post(url("lostreport_match", report.pk), {"item_number": item.number.lower()})
    assert linked.headers["Location"] == url("lostreport_contact", report.pk)
    report.refresh_from_db()
    assert report.state == ReportState.MATCHED
    browser.post(url("lostreport_close", report.pk), {"reason": "失主放弃"})
    as_user(supervisor).post(url("lostreport_reopen", report.pk), {"reason": "失主改主意"})
    browser = as_user(clerk)
    browser.post(url("lostreport_found", report.pk), {"fetched_by": "杨明静", "item_number": item.number})
    report.refresh_from_db()
    assert (report.state, report.found_item, report.fetched_by) == (ReportState.FOUND, item, "杨明静")
    page = browser.get(url("lostreport_detail", report.pk)).content.decode()
    for words in ("查拾物库", "未见", "已发短信", "失主改主意", item.number):
        assert words in page


@pytest.mark.parametrize("number", ["", "SW-19990101-001", "' OR 1=1 --", "SW-20261122-001"])
def test_a_number_of_nothing_or_of_another_desk_is_refused_at_its_field(
    as_user, clerk, report, make_item, other_point, number
):
    make_item(service_point=other_point)
    answer = as_user(clerk).post(url("lostreport_match", report.pk), {"item_number": number})
    assert answer.status_code == 422
    assert "item_number" in answer.context["form"].errors
    assert Match.objects.count() == 0


def test_the_book_shows_its_views(as_user, clerk, make_report, now):
    today = timezone.localdate()
    rows = {
        "state=open": make_report(created_at=now - dt.timedelta(days=3)),
        "state=matched": make_report(state=ReportState.MATCHED, created_at=now - dt.timedelta(days=3)),
        "when=today": make_report(state=ReportState.FOUND),
        "when=expiring": make_report(expires_on=today + dt.timedelta(days=30), created_at=now - dt.timedelta(days=9)),
        "when=leaving": make_report(
            leaves_at=now, created_at=now - dt.timedelta(days=3), state=ReportState.MATCHED
        ),
    }
    found = {query: numbers(as_user(clerk), query) for query in rows}
    assert found["when=today"] == [rows["when=today"].number]
    assert found["when=expiring"] == [rows["when=expiring"].number]
    assert found["when=leaving"] == [rows["when=leaving"].number]
    assert set(found["state=open"]) == {rows["state=open"].number, rows["when=expiring"].number}
    assert set(found["state=matched"]) == {rows["state=matched"].number, rows["when=leaving"].number}


def numbers(browser, query: str) -> list[str]:
    page = browser.get(f"{url('lostreport_list')}?{query}")
    return [row.record.number for row in page.context["table"].paginated_rows]


def test_a_report_that_passed_a_zone_twice_is_listed_once(as_user, clerk, make_report, zone):
    report = make_report()
    for order in (1, 2):
        LostReportZone.objects.create(report=report, zone=zone, order=order)
    assert numbers(as_user(clerk), f"zone={zone.pk}") == [report.number]


def test_the_book_and_the_record_cost_the_same_with_one_and_with_three(
    as_user, clerk, report, make_report, make_item, zone, django_assert_max_num_queries
):
    browser = as_user(clerk)

    def cost(address: str) -> int:
        with django_assert_max_num_queries(60) as counted:
            assert browser.get(address).status_code == 200
        return len(counted.captured_queries)

    addresses = [f"{url('lostreport_list')}?all=1", url("lostreport_detail", report.pk)]
    for address in addresses:
        browser.get(address)
    alone = [cost(address) for address in addresses]
    for _ in range(2):
        other = make_report(phone="13800001234")
        LostReportZone.objects.create(report=other, zone=zone, order=1)
        Match.objects.create(item=make_item(), report=report, score=60, state=MatchState.SUGGESTED)
        Measure.objects.create(report=report, kind="store", at=timezone.now(), by=clerk)
    assert [cost(address) for address in addresses] == alone


def test_many_reports_get_a_measure_at_once(as_user, clerk, make_report, other_point):
    own, ended, foreign = make_report(), make_report(state=ReportState.FOUND), make_report(service_point=other_point)
    browser = as_user(clerk)
    browser.post(url("lostreport_bulk"), {"action": "broadcast", "pick": [own.pk, foreign.pk]})
    assert list(Measure.objects.values_list("report", "kind", "by")) == [(own.pk, "broadcast", clerk.pk)]
    browser.post(url("lostreport_bulk"), {"action": "store", "pick": [own.pk, ended.pk]})
    assert Measure.objects.filter(kind="store").count() == 0


def test_the_workbook_masks_name_and_phone(as_user, clerk, report, tmp_path):
    path = tmp_path / "reports.xlsx"
    path.write_bytes(as_user(clerk).get(url("lostreport_export")).content)
    text = [str(cell.value) for row in load_workbook(path).active.iter_rows() for cell in row]
    assert "138****1234" in text
    assert "杨**" in text
    assert not any("13800001234" in cell or "杨明静" in cell or "橘猫" in cell for cell in text)


@pytest.mark.parametrize("words", ["杨明静", "ymj", "yangmingjing", "1234", "手机", "13800001234"])
def test_a_report_is_found_by_name_pinyin_tail_and_thing(as_user, clerk, report, words):
    index_record(report)
    assert numbers(as_user(clerk), f"q={words}") == [report.number]


def test_no_report_is_found_by_its_sealed_answers(as_user, clerk, report):
    assert numbers(as_user(clerk), "q=橘猫") == []


def test_a_foreman_takes_no_lost_reports(as_user, foreman, make_person):
    assert as_user(foreman).get(url("lostreport_create")).status_code == 403
    assert as_user(make_person("1502", "经理", Role.DUTY_MANAGER)).get(url("lostreport_list")).status_code == 200
