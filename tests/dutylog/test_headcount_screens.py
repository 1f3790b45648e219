"""Headcounts on screen and on paper."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse

from dutylog.models import HeadcountReport, HeadcountSend
from dutylog.papers.days import DUTY_LOG
from dutylog.papers.headcounts import MONTH_TABLE, of_month
from dutylog.services.headcounts import HeadcountFacts, correct_headcount, file_headcount, file_past_total, note_sent
from servicedesk.paper import Ledger
from servicedesk.services.printing.sheets import sheet_html

pytestmark = pytest.mark.one_database

MONTH = dt.date(2026, 11, 1)


def url(name: str, *args) -> str:
    return reverse(f"dutylog:headcount_{name}", args=args)


@pytest.fixture
def report(day, clerk):
    def make(slot="10:00", entered=1280, **more) -> HeadcountReport:
        return file_headcount(day, HeadcountFacts(slot=slot, entered=entered, **more), by=clerk)

    return make


def test_a_clerk_writes_the_figures_and_gets_the_ready_text(as_user, clerk, day):
    typed = {"slot": "10:00", "entered": "1,280", "inside": "1150人", "shows": "10:30 大剧院 320\n露天剧场:1,200人"}
    page = as_user(clerk).post(url("create"), typed, follow=True).content.decode()
    row = HeadcountReport.objects.get()
    assert (row.entered, row.inside) == (1280, 1150)
    assert row.shows == [{"show": "10:30 大剧院", "people": 320}, {"show": "露天剧场", "people": 1200}]
    assert 'id="ready-text">主服务中心11月24日 10:00 入园 1,280 人,在园 1,150 人' in page
    assert 'data-copy="#ready-text"' in page


@pytest.mark.parametrize(("field", "typed"), [("entered", "很多"), ("inside", "-5"), ("shows", "大剧院客满")])
def test_what_is_no_number_comes_back_with_what_was_typed(as_user, clerk, day, field, typed):
    answer = as_user(clerk).post(url("create"), {"slot": "10:00", "entered": "1280", field: typed})
    assert answer.status_code == 422
    assert typed in answer.content.decode()
    assert not HeadcountReport.objects.exists()


def test_only_times_that_nobody_wrote_are_offered(as_user, clerk, report):
    report("10:00")
    form = as_user(clerk).get(f"{url('create')}?slot=14:00").context["form"]
    assert [value for value, _ in form.fields["slot"].choices] == ["12:00", "14:00", "16:00", "闭园"]
    assert form["slot"].value() == "14:00"


def test_without_a_sheet_the_page_says_to_open_the_day(as_user, clerk, clock):
    answer = as_user(clerk).get(url("create"))
    assert answer.status_code == 409
    assert "还没有开班" in answer.content.decode()


def test_the_day_screen_leads_to_what_is_still_to_do(as_user, clerk, day, report, clock, moment):
    row = report()
    clock.move_to(moment("12:20"))
    page = as_user(clerk).get(reverse("dutylog:dutyday_detail", args=[day.pk])).content.decode()
    assert "去报送" in page
    assert f"{url('create')}?day={day.pk}&amp;slot=12%3A00" in page
    assert "逾期" in page
    note_sent(row, "值班经理", means="phone", by=clerk)
    page = as_user(clerk).get(reverse("dutylog:dutyday_detail", args=[day.pk])).content.decode()
    assert "去报送" not in page


def test_told_by_hand_and_corrected_from_the_page(as_user, clerk, report):
    row = report()
    browser = as_user(clerk)
    labels = [step["label"] for step in browser.get(url("detail", row.pk)).context["steps"]]
    assert labels == ["发送", "记为已报送", "更正"]
    browser.post(url("told", row.pk), {"to_whom": "园区群", "means": "copied", "at": "1025"})
    assert HeadcountSend.objects.get().to_whom == "园区群"
    answer = browser.post(url("correct", row.pk), {"entered": "1300", "reason": "闸机漏计"})
    new = HeadcountReport.objects.get(corrects=row)
    assert answer.headers["Location"] == url("detail", new.pk)
    page = browser.get(url("detail", row.pk))
    assert page.context["steps"] == []
    assert new.number in page.content.decode()


def test_sending_without_a_channel_says_how_to_go_on(as_user, clerk, report):
    page = as_user(clerk).post(url("send", report().pk), follow=True).content.decode()
    assert "没有接收“报送人数”的通知渠道" in page
    assert not HeadcountSend.objects.exists()


def test_former_years_are_typed_on_their_own_page(as_user, clerk, day):
    as_user(clerk).post(url("past"), {"on": "2025-11-24", "entered": "3,000"})
    assert HeadcountReport.objects.get().entered == 3000
    assert as_user(clerk).post(url("past"), {"on": "2026-11-24", "entered": "3000"}).status_code == 422


def test_the_page_compares_with_the_year_before(as_user, clerk, point, report):
    file_past_total(dt.date(2025, 11, 24), 3000, by=clerk, point=point)
    page = as_user(clerk).get(url("detail", report("闭园", 3300).pk)).content.decode()
    assert "3,000 人(+10.0%)" in page


def test_the_list_narrows_and_costs_the_same_with_one_and_with_three(
    as_user, clerk, report, django_assert_max_num_queries
):
    browser = as_user(clerk)
    old = report()

    def cost() -> int:
        with django_assert_max_num_queries(30) as counted:
            assert browser.get(f"{url('list')}?all=1").status_code == 200
        return len(counted.captured_queries)

    def listed(query: str) -> set[HeadcountReport]:
        return {row.record for row in browser.get(f"{url('list')}?{query}").context["table"].paginated_rows}

    cost()
    alone = cost()
    new = correct_headcount(old, HeadcountFacts(slot="10:00", entered=1300), by=clerk, reason="闸机漏计")
    noon = report("12:00", 2000)
    assert cost() == alone
    assert listed("stands=standing") == {new, noon}
    assert listed("stands=corrected") == {new}
    note_sent(noon, "值班经理", means="phone", by=clerk)
    assert listed("stands=unsent") == {new}
    assert listed("means=phone") == {noon}
    assert listed("since=2026-11-25") == set()
    assert listed("slot=12") == {noon}


def test_the_workbook_holds_figures_as_numbers(as_user, clerk, report):
    report(inside=1150)
    answer = as_user(clerk).get(f"{url('export')}?all=1")
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.rows for cell in row]
    assert 1280 in cells
    assert 1150 in cells


def test_a_headcount_of_another_desk_is_not_there(as_user, outsider, report, day):
    assert as_user(outsider).get(url("detail", report().pk)).status_code == 404
    assert as_user(outsider).get(f"{url('create')}?day={day.pk}").status_code == 404


def test_the_days_sheet_prints_the_block(day, clerk, report):
    note_sent(report(inside=1150), "值班经理", means="phone", by=clerk)
    html = sheet_html(DUTY_LOG, day)
    for part in ("1,280", "1,150", "值班经理 电话", "闭园合计"):
        assert part in html, part


def test_the_month_table_prints_filled_empty_and_blank(as_user, clerk, point, report, clock, moment):
    report("闭园", 3300)
    file_past_total(dt.date(2025, 11, 24), 3000, by=clerk, point=point)
    clock.move_to(moment("09:00", dt.date(2026, 11, 26)))
    rows = list(of_month(HeadcountReport.objects.all(), MONTH))
    html = sheet_html(MONTH_TABLE, Ledger(month=MONTH, rows=rows, all_rows=rows, place=point.name))
    for part in ("3,300", "3,000", "+10.0%", "缺报 25日", "不完整"):
        assert part in html, part
    for query in ("month=2026-11", "month=2026-09", "blank=1"):
        assert as_user(clerk).get(f"{reverse('paper_pdf', args=[MONTH_TABLE.key])}?{query}").status_code == 200
