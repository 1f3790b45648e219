"""来电、咨询 on screen and on paper."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse

from dutylog.models import Enquiry
from dutylog.papers.enquiries import CALL_LEDGER, of_month
from dutylog.services.enquiries import EnquiryFacts, register_enquiry
from dutylog.services.tallies import count_question
from lostfound.models import LostReport
from servicedesk.models import Disclosure
from servicedesk.paper import Ledger
from servicedesk.services.printing.sheets import sheet_html

pytestmark = pytest.mark.one_database

PHONE = "13812341234"
HTMX = {"HX-Request": "true"}


def url(name: str, *args) -> str:
    return reverse(f"dutylog:enquiry_{name}", args=args)


@pytest.fixture
def ask(clock, moment, clerk, point):
    def make(summary="末班车几点", clock="10:20", **more) -> Enquiry:
        facts = {"direction": "incoming", "kind": "question", "received_at": moment(clock), **more}
        return register_enquiry(EnquiryFacts(summary=summary, **facts), by=clerk, point=point)

    return make


def typed(**more) -> dict[str, str]:
    return {"direction": "incoming", "received_at": "1020", "kind": "price", "summary": "团队票价格", **more}


def test_a_clerk_writes_a_call_and_reads_until_when_to_answer(as_user, clerk, day):
    answer = as_user(clerk).post(url("create"), typed(phone=PHONE, caller_name="杨明静"), follow=True)
    enquiry = Enquiry.objects.get()
    page = answer.content.decode()
    assert f"已登记 {enquiry}" in page
    assert "请于 明天 08:20 前答复" in page
    assert "为什么是这个时间" in page
    assert "11-24 10:20 至 18:00 计 7 小时 40 分钟" in page
    assert "138****1234" in page
    assert PHONE not in page


def test_a_form_sent_twice_is_one_call(as_user, clerk, day):
    browser, key = as_user(clerk), "3f0e1c9e-6f0e-4b7e-9d5e-0f5a4d1c2b3a"
    for _ in range(2):
        browser.post(url("create"), typed(submission_key=key))
    assert Enquiry.objects.count() == 1


def test_a_refusal_comes_back_with_what_was_typed(as_user, clerk, day):
    answer = as_user(clerk).post(url("create"), typed(summary="请回 13812341234"))
    assert answer.status_code == 422
    assert "不能写电话或证件号" in answer.content.decode()
    assert "请回 13812341234" in answer.content.decode()
    assert not Enquiry.objects.exists()


def test_while_typing_a_known_number_shows_its_records(as_user, clerk, ask):
    first = ask("丢了雨伞", phone=PHONE)
    answer = as_user(clerk).post(url("hints"), {"phone": "138 1234 1234"}).content.decode()
    assert first.number in answer
    assert first.number not in as_user(clerk).post(url("hints"), {"phone": "13899991234"}).content.decode()


def test_an_empty_phone_keeps_the_number_when_the_line_is_put_right(as_user, clerk, ask):
    enquiry = ask(phone=PHONE)
    as_user(clerk).post(url("edit", enquiry.pk), typed(version=enquiry.version, summary="班车时间"))
    enquiry.refresh_from_db()
    assert (enquiry.summary, enquiry.phone) == ("班车时间", PHONE)


def test_the_number_is_shown_with_a_reason_that_is_kept(as_user, clerk, ask):
    enquiry = ask(phone=PHONE)
    browser = as_user(clerk)
    assert browser.post(url("reveal", enquiry.pk), {"reason": ""}).status_code == 422
    assert PHONE in browser.post(url("reveal", enquiry.pk), {"reason": "回电"}).content.decode()
    assert Disclosure.objects.get().reason == "回电"


def test_the_list_narrows_by_what_waits_way_kind_and_words(as_user, clerk, ask, clock, moment, second_clerk):
    missed = ask("", is_missed=True, phone=PHONE)
    price = ask("团队票价格", kind="price", relay_to=second_clerk, relay_text="请回电")
    done = ask(answer="17:30", direction="on_site")
    clock.move_to(moment("10:40"))

    def listed(query: str) -> set[Enquiry]:
        page = as_user(clerk).get(f"{url('list')}?{query}")
        return {row.record for row in page.context["table"].paginated_rows}

    assert listed("wait=open") == {missed, price}
    assert listed("wait=overdue") == {missed}
    assert listed("wait=missed") == {missed}
    assert listed("wait=relayed") == {price}
    assert listed("wait=late") == set()
    assert listed("kind=price") == {price}
    assert listed("direction=on_site") == {done}
    assert listed("recent=today") == {missed, price, done}
    assert listed("q=1234") == {missed}


def test_the_list_costs_the_same_with_one_and_with_three(as_user, clerk, ask, django_assert_max_num_queries):
    browser = as_user(clerk)
    ask(phone=PHONE)

    def cost() -> int:
        with django_assert_max_num_queries(40) as counted:
            assert browser.get(f"{url('list')}?all=1").status_code == 200
        return len(counted.captured_queries)

    cost()
    alone = cost()
    ask(phone=PHONE)
    ask("票价", answer="八折")
    assert cost() == alone


def test_the_workbook_masks_names_and_numbers(as_user, clerk, ask):
    ask("=1+1", phone=PHONE, caller_name="杨明静")
    answer = as_user(clerk).get(f"{url('export')}?all=1")
    cells = [str(c.value) for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.rows for c in row]
    assert "138****1234" in cells
    assert "杨**" in cells
    assert "=1+1" in cells
    assert not any("杨明静" in cell or PHONE in cell for cell in cells)


def test_one_key_turns_a_call_into_a_lost_report_with_its_fields(as_user, clerk, ask, near_zone):
    enquiry = ask("黑色长柄伞", phone=PHONE, caller_name="杨明静", kind="lost")
    browser = as_user(clerk)
    first = browser.get(url("detail", enquiry.pk)).context["steps"][0]
    assert (first["label"], first["is_primary"]) == ("转失物登记", True)
    form = browser.get(first["url"]).context["form"]
    assert [form[name].value() for name in ("channel", "owner_name", "phone", "features")] == [
        "phone", "杨明静", PHONE, "黑色长柄伞",
    ]
    browser.post(first["url"], {
        "channel": "phone", "owner_name": "杨明静", "phone": PHONE, "relation": "self", "lost_from": "0900",
        "lost_to": "1000", "zones": [near_zone.pk], "thing": "雨伞", "quantity": 1, "unit": "把",
        "features": "黑色长柄伞", "lines-TOTAL_FORMS": 0, "lines-INITIAL_FORMS": 0, "measures-TOTAL_FORMS": 0,
        "measures-INITIAL_FORMS": 0,
    })
    report = LostReport.objects.get()
    enquiry.refresh_from_db()
    assert (enquiry.became, enquiry.became_number, enquiry.state) == (report, report.number, "answered")
    page = browser.get(url("detail", enquiry.pk))
    assert report.number in page.content.decode()
    assert "转失物登记" not in [step["label"] for step in page.context["steps"]]


def test_a_call_of_another_desk_fills_no_form(as_user, outsider, ask):
    enquiry = ask("黑色长柄伞", phone=PHONE, caller_name="杨明静", kind="lost")
    page = as_user(outsider).get(f"{reverse('lostfound:lostreport_create')}?enquiry={enquiry.pk}")
    assert page.context["form"]["phone"].value() is None
    assert as_user(outsider).get(url("detail", enquiry.pk)).status_code == 404


def test_the_history_says_who_answered_and_keeps_the_number_masked(
    as_user, clerk, second_clerk, ask, clock, moment
):
    enquiry = ask(phone=PHONE)
    clock.move_to(moment("10:40"))
    as_user(second_clerk).post(url("answer", enquiry.pk), {"answer": "17:30"})
    lines = as_user(clerk).get(url("detail", enquiry.pk)).context["timeline"]
    assert [(line["title"], line["who"]) for line in lines] == [("已答复", "李娜"), ("登记", "王芳")]
    assert PHONE not in str(lines)


def test_the_ledger_holds_the_month_its_sums_and_the_strokes(ask, clerk, point, day):
    ask(answer="17:30", phone=PHONE, caller_name="杨明静")
    late = ask("", "08:00", is_missed=True, phone=PHONE)
    for _ in range(3):
        count_question("天气", "phone", by=clerk, point=point)
    month = dt.date(2026, 11, 1)
    rows = list(of_month(Enquiry.objects.all(), month))
    html = sheet_html(CALL_LEDGER, Ledger(month=month, rows=rows, all_rows=rows, place=point.name))
    for part in (late.number, "杨**", "138****1234", "登记 2 件", "未接 1", "超时 1", "按时答复率 50%",
                 "电话 3 次", "天气 3"):
        assert part in html, part
    assert "杨明静" not in html
    assert PHONE not in html


def test_the_ledger_prints_filled_empty_and_blank(as_user, clerk, ask):
    ask(answer="17:30")
    for query in ("month=2026-11", "month=2026-10", "blank=1"):
        answer = as_user(clerk).get(f"{reverse('paper_pdf', args=[CALL_LEDGER.key])}?{query}")
        assert answer.status_code == 200, query
