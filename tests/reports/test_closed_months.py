"""封账: who changes a closed month says why; what is still worked on goes on without a word."""

import datetime as dt

import pytest
import time_machine
from crispy_forms.utils import render_crispy_form
from django import forms
from django.db import transaction

from complaints.services.complaint_facts import ComplaintFacts
from complaints.services.complaints import accept_complaint, edit_complaint, register_complaint
from dutylog.choices import DayState, EntryCategory
from dutylog.models import DutyDay, LogEntry
from dutylog.services.addenda import add_addendum
from dutylog.services.entries import EntryFacts, write_entry
from lostfound.choices import ItemState, ReportChannel
from lostfound.models import ItemCategory
from lostfound.services.item_facts import ContentFacts
from lostfound.services.items import edit_found_item, void_found_item
from lostfound.services.report_facts import LostReportFacts
from lostfound.services.reports import edit_lost_report, register_lost_report
from servicedesk.errors import EditedMeanwhile, MonthClosed
from servicedesk.forms.base import DeskForm, block
from servicedesk.middleware import CorrectionMiddleware, RefusalMiddleware
from servicedesk.models import LateChange, Zone
from servicedesk.services.closedmonths import close_month, correcting, is_closed
from servicedesk.services.transitions import amend, move
from tests.reports.conftest import local

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(october, manager):
    close_month(october, by=manager)
    return october


def late() -> list[tuple]:
    return list(LateChange.objects.values_list("register", "number", "reason", "is_new"))


def test_a_month_closes_once_and_stays_closed(october, manager, clerk):
    assert not is_closed(october)
    first = close_month(october, by=manager)
    assert close_month(october, by=clerk) == first
    assert is_closed(october)


def test_facts_of_a_find_are_not_edited_without_a_reason(closed, find, find_facts, clerk):
    with pytest.raises(MonthClosed) as refused:
        edit_found_item(find, find_facts(colour="蓝色"), by=clerk, version=find.version)
    assert refused.value.sentence.startswith(f"2026年10月已经封账,{find.number} 不能直接修改")
    find.refresh_from_db()
    assert find.colour == "黑色"
    assert late() == []


def test_facts_of_a_find_are_edited_with_a_reason_that_its_history_keeps(closed, find, find_facts, clerk):
    with correcting("颜色写错了"):
        edit_found_item(find, find_facts(colour="蓝色"), by=clerk, version=find.version)
    find.refresh_from_db()
    assert find.colour == "蓝色"
    assert find.history.first().history_change_reason == "颜色写错了"
    assert late() == [("founditem", find.number, "颜色写错了", False)]


def test_facts_that_are_saved_as_they_were_change_nothing_and_need_no_reason(closed, find, find_facts, clerk):
    version, told = find.version, find.history.count()
    edit_found_item(find, find_facts(), by=clerk, version=version)
    find.refresh_from_db()
    assert (find.version, find.history.count(), late()) == (version, told, [])


def test_only_what_stands_below_a_find_is_an_edit_too(closed, find, find_facts, clerk):
    within = find_facts(contents=(ContentFacts(thing="钥匙", quantity=1),))
    with pytest.raises(MonthClosed):
        edit_found_item(find, within, by=clerk, version=find.version)
    with correcting("漏记了钥匙"):
        edit_found_item(find, within, by=clerk, version=find.version)
    assert [line.thing for line in find.contents.all()] == ["钥匙"]
    assert late() == [("founditem", find.number, "漏记了钥匙", False)]
    assert find.history.first().history_change_reason == "漏记了钥匙;内装物品已改"


def test_a_form_of_an_older_version_is_refused_even_if_it_says_the_same(closed, find, find_facts, clerk):
    old = find.version
    with correcting("颜色写错了"):
        edit_found_item(find, find_facts(colour="蓝色"), by=clerk, version=old)
    with pytest.raises(EditedMeanwhile), correcting("再改"):
        edit_found_item(find, find_facts(colour="蓝色"), by=clerk, version=old)


def test_a_thing_that_still_lies_here_goes_on_without_a_reason(closed, find, clerk, custodian):
    amend(find, by=clerk, holder=custodian)
    move(find, ItemState.CLAIMING, by=clerk)
    assert late() == []


def test_a_find_that_ended_is_not_touched_without_a_reason(closed, find, clerk):
    void_found_item(find, by=clerk, reason="误登")
    assert late() == []
    with pytest.raises(MonthClosed):
        amend(find, by=clerk, features="补一条特征")
    amend(find, by=clerk, features="补一条特征", reason="照片上看到的")
    assert late() == [("founditem", find.number, "照片上看到的", False)]


def test_facts_of_a_complaint_need_a_reason_and_its_steps_do_not(closed, case, zone, supervisor):
    accept_complaint(case, by=supervisor)
    facts = ComplaintFacts(
        occurred_at=local("10:00"), received_at=local("10:20"), zone=zone, category="服务态度", words="改了说法",
        is_reachable=True, visitor_name="杨明静", phone="13812341234",
    )
    with pytest.raises(MonthClosed):
        edit_complaint(case, facts, by=supervisor, version=case.version)
    assert late() == []


def test_a_complaint_that_comes_late_needs_a_reason(closed, case, zone, supervisor, point):
    facts = ComplaintFacts(
        occurred_at=local("10:00"), received_at=local("10:20"), zone=zone, category="票务", words="补登一件",
        is_reachable=False,
    )
    with pytest.raises(MonthClosed):
        register_complaint(facts, by=supervisor, point=point)
    with correcting("漏登,11月2日补"):
        made = register_complaint(facts, by=supervisor, point=point)
    assert ("complaint", made.number, "漏登,11月2日补", True) in late()


def test_a_line_that_comes_late_needs_a_reason(closed, point, clerk):
    facts = EntryFacts(happened_at=local("11:00"), category=EntryCategory.ENQUIRY, text="补记一行")
    before = LogEntry.objects.count()
    with pytest.raises(MonthClosed):
        write_entry(facts, by=clerk, point=point)
    with correcting("交班时漏写"):
        line = write_entry(facts, by=clerk, point=point)
    assert LogEntry.objects.count() == before + 1
    assert late() == [("logentry", str(line)[:40], "交班时漏写", True)]


def test_a_line_of_a_closed_sheet_is_not_changed_without_a_reason(closed, line, clerk):
    DutyDay.objects.update(state=DayState.CLOSED)
    with pytest.raises(MonthClosed):
        amend(line, by=clerk, result="已答复")


def test_an_addendum_is_listed_as_a_correction(closed, day, line, clerk):
    DutyDay.objects.update(state=DayState.CLOSED)
    day.refresh_from_db()
    add_addendum(day, "游客又来电", by=clerk, reason="11月1日补记", entry=line)
    assert [(register, reason) for register, _, reason, _ in late()] == [
        ("dutyday", "补记:11月1日补记"), ("logentry", "补记:11月1日补记"),
    ]


def test_a_record_that_leaves_a_closed_month_is_a_correction_of_that_month(closed, case, supervisor):
    with correcting("其实是11月1日来的"):
        amend(case, by=supervisor, version=case.version, received_at=local("10:20", dt.date(2026, 11, 1)))
    assert list(LateChange.objects.values_list("month", "number")) == [(closed.first, case.number)]


def test_a_line_is_not_put_under_a_day_of_a_closed_month_without_a_reason(closed, day, point, clerk):
    at = local("08:00", dt.date(2026, 11, 2))
    line = write_entry(EntryFacts(happened_at=at, category=EntryCategory.OTHER, text="今天的"), by=clerk, point=point)
    with pytest.raises(MonthClosed):
        amend(line, by=clerk, version=line.version, day=day)
    with correcting("是昨天夜里的事"):
        amend(line, by=clerk, version=line.version, day=day)
    assert [(month, reason) for month, reason in LateChange.objects.values_list("month", "reason")] == [
        (closed.first, "是昨天夜里的事"),
    ]


def test_what_the_program_says_of_an_edit_is_no_reason_for_a_correction(october, zone, point, clerk, manager):
    def said(where: Zone) -> LostReportFacts:
        return LostReportFacts(
            owner_name="王芳", phone="13800005678", category=ItemCategory.objects.get(name="雨具"), thing="雨伞",
            lost_from=local("09:00"), lost_to=local("10:00"), zones=[where], channel=ReportChannel.PHONE,
        )

    with time_machine.travel(local("11:00"), tick=False):
        report = register_lost_report(said(zone), by=clerk, point=point)
    close_month(october, by=manager)
    other = Zone.objects.create(name="南门")
    with pytest.raises(MonthClosed):
        edit_lost_report(report, said(other), by=clerk, version=report.version)
    with correcting("游客来电更正"):
        edit_lost_report(report, said(other), by=clerk, version=report.version)
    assert report.history.first().history_change_reason == f"游客来电更正;路线:{zone} 改为 南门"


def test_what_belongs_to_the_running_month_asks_nothing(closed, find_facts, point, clerk):
    at = local("08:00", dt.date(2026, 11, 2))
    line = write_entry(EntryFacts(happened_at=at, category=EntryCategory.OTHER, text="今天的"), by=clerk, point=point)
    amend(line, by=clerk, version=line.version, text="今天改的")
    assert late() == []


@pytest.mark.one_database
def test_the_form_asks_for_the_reason_and_keeps_what_was_typed():
    class NoteForm(DeskForm):
        note = forms.CharField(label="备注")

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.lay_out(block("内容", "note"))

    form = NoteForm({"note": "照实写"})
    assert form.is_valid()
    refusal = MonthClosed(month="2026年10月", number="SW-1")
    form.refuse(refusal)
    page = render_crispy_form(form)
    assert 'name="correction_reason"' in page
    assert 'value="照实写"' in page
    assert form.non_field_errors() == [refusal.sentence]


@pytest.mark.one_database
def test_a_step_without_a_form_asks_on_a_page_that_sends_it_again(closed, supervisor, rf):
    request = rf.post("/some/step/", {"note": "照办", "csrfmiddlewaretoken": "x"})
    request.user, request.session = supervisor, {}
    answer = RefusalMiddleware(None).process_exception(request, MonthClosed(month=closed, number="TS-1"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert '<input type="hidden" name="note" value="照办">' in page
    assert 'name="correction_reason"' in page
    assert 'value="x"' not in page


@pytest.mark.one_database
def test_a_reason_holds_for_its_own_request_alone(closed, find, clerk, rf):
    def change(request):
        middleware.process_view(request, None, (), {})
        with transaction.atomic():
            amend(find, by=clerk, version=find.version, features=request.POST["features"])

    middleware = CorrectionMiddleware(change)
    middleware(rf.post("/", {"features": "骨架弯", "correction_reason": " 核对照片 "}))
    with pytest.raises(MonthClosed):
        middleware(rf.post("/", {"features": "骨架直"}))
    assert late() == [("founditem", find.number, "核对照片", False)]
