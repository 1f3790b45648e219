"""Every paper is reached from the record it is made of and from the list, filled and blank."""

import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from lostfound.choices import BatchKind
from lostfound.services.booklets import issue_booklet
from lostfound.services.claims import open_claim, reject_claim
from lostfound.services.deeds import verify_good_deed
from lostfound.services.notices import draft_notice
from lostfound.services.police import hand_to_police
from lostfound.services.stocktakes import start_stock_take
from servicedesk.models import PrintedPaper
from servicedesk.paper import papers
from servicedesk.register import registers
from tests.pdf import page_count, text_of

pytestmark = pytest.mark.one_database

LIST_PAPERS = {
    "founditem": {"3.3", "3.4", "3.5", "3.9", "3.9-visitor", "3.10", "3.10-sheet"}, "lostreport": {"3.6", "3.7"},
    "claim": {"refusal"}, "notice": {"notice"}, "batch": {"transfer-finance", "transfer-police", "disposal"},
    "gooddeed": {"3.8"}, "stocktake": {"stock-take"},
}


@pytest.fixture
def page(as_user, manager):
    def get(name: str, *args, user=manager) -> str:
        answer = as_user(user).get(reverse(f"lostfound:{name}", args=args), {} if args else {"all": 1})
        assert answer.status_code == 200
        return html.unescape(answer.content.decode())

    return get


def linked(page: str) -> set[str]:
    """The keys of the papers that a page leads to."""
    return set(re.findall(r"/papers/([\w.-]+)/", page)) - {"wording"}


def test_each_paper_of_the_app_hangs_on_a_register_or_a_booklet():
    mine = [register for register in registers() if register.app == "lostfound"]
    hung = {key for register in mine for key in (*register.papers, *register.ledgers)}
    assert {paper.key for paper in papers() if paper.model._meta.app_label == "lostfound"} == {*hung, "booklet"}


@pytest.mark.parametrize("key", LIST_PAPERS)
def test_a_list_offers_its_blank_forms_and_months(key, page):
    found = page(f"{key}_list")
    assert linked(found) == LIST_PAPERS[key]
    assert ("(本月)" in found) == (key in ("lostreport", "gooddeed"))


@pytest.mark.parametrize("key", LIST_PAPERS)
def test_who_may_not_print_is_offered_no_paper(key, page, duty_manager):
    assert linked(page(f"{key}_list", user=duty_manager)) == set()


def test_a_find_leads_to_its_sheet_card_and_slip(page, purse, staff_find, on_spot):
    assert linked(page("founditem_detail", purse.pk)) == {"3.3", "3.9-visitor", "3.10", "3.10-sheet"}
    assert linked(page("founditem_detail", staff_find.pk)) == {"3.4", "3.9", "3.10", "3.10-sheet"}
    assert linked(page("founditem_detail", on_spot.pk)) == {"3.5", "3.9", "3.10", "3.10-sheet"}


def test_what_went_to_the_police_at_once_leads_to_a_list_of_its_own(page, item, supervisor):
    hand_to_police(item, by=supervisor, officer="李警官", unit="西湖派出所", receipt_number="GA-118")
    assert "transfer-police-item" in linked(page("founditem_detail", item.pk))


def test_a_lost_report_leads_to_its_form_and_to_its_month(page, lost_report):
    found = page("lostreport_detail", lost_report.pk)
    assert linked(found) == {"3.6", "3.7"}
    assert f"/papers/3.7/?month={timezone.localdate():%Y-%m}" in found


def test_a_good_deed_leads_to_the_month_it_stands_in(page, staff_find):
    deed = staff_find.good_deeds.get()
    assert f"/papers/3.8/?month={deed.on:%Y-%m}" in page("gooddeed_detail", deed.pk)


def test_a_claim_leads_to_the_lower_half_and_a_refused_one_to_its_note(page, item, facts, clerk):
    claim = open_claim(item, facts(), by=clerk)
    assert linked(page("claim_detail", claim.pk)) == {"3.3"}
    reject_claim(claim, by=clerk, reason="特征不符")
    assert linked(page("claim_detail", claim.pk)) == {"3.3", "refusal"}


@pytest.mark.parametrize(("kind", "key"), [
    (BatchKind.FINANCE, "transfer-finance"), (BatchKind.POLICE, "transfer-police"), (BatchKind.DISPOSAL, "disposal"),
])
def test_a_list_of_things_that_leave_leads_to_the_paper_of_its_kind(kind, key, page, make_batch):
    assert linked(page("batch_detail", make_batch(kind).pk)) == {key}


def test_notice_count_and_booklet_lead_to_their_papers(
    page, make_item, valuable, custodian, clerk, foreman, supervisor, point
):
    notice = draft_notice([make_item(public_text="黑色雨伞")], "board", by=custodian, point=point)
    assert linked(page("notice_detail", notice.pk)) == {"notice"}
    assert linked(page("stocktake_detail", start_stock_take(by=clerk, point=point).pk)) == {"stock-take"}
    booklet = issue_booklet("B012", 2, to=foreman, by=supervisor, point=point)
    assert linked(page("booklet_detail", booklet.pk)) == {"booklet"}
    assert linked(page("booklet_detail", booklet.pk, user=clerk)) == set()


# ---- the screen of a paper -----------------------------------------------------------------


def test_the_screen_shows_the_paper_its_print_button_and_what_was_printed_before(as_user, clerk, item):
    client = as_user(clerk)
    assert "还没有打印过" in client.get("/papers/3.3/", {"id": item.pk}).content.decode()
    answer = client.post("/papers/3.3/print/", {"id": item.pk, "copies": 2})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert page_count(answer.content) == 2
    screen = client.get("/papers/3.3/", {"id": item.pk}).content.decode()
    assert "2 份" in screen
    assert clerk.name in screen
    assert item.number in screen


def test_looking_leaves_no_trace(as_user, clerk, item):
    client = as_user(clerk)
    client.get("/papers/3.3/", {"id": item.pk})
    assert "预览,不作凭证" in text_of(client.get("/papers/3.3/pdf/", {"id": item.pk}).content)
    assert PrintedPaper.objects.count() == 0


def test_chosen_rows_come_in_one_document_and_others_are_passed_over(as_user, clerk, make_item, staff_find):
    items = [make_item(), make_item()]
    asked = {"id": [*(item.pk for item in items), staff_find.pk]}
    client = as_user(clerk)
    assert "有 1 条不用本表,已略过" in client.get("/papers/3.3/", asked).content.decode()
    pdf = client.post("/papers/3.3/print/", asked).content
    assert page_count(pdf) == 2
    assert [f"编号:{item.number}" in text_of(pdf, page) for page, item in enumerate(items, start=1)] == [True, True]


def test_only_unsuitable_rows_are_refused_in_a_sentence(as_user, clerk, staff_find):
    answer = as_user(clerk).get("/papers/3.3/", {"id": staff_find.pk})
    assert answer.status_code == 400
    assert staff_find.number in answer.content.decode()


def test_a_record_of_another_desk_is_not_there(as_user, outsider, item):
    for address in ("/papers/3.3/", "/papers/3.3/pdf/"):
        assert as_user(outsider).get(address, {"id": item.pk}).status_code == 404
    assert as_user(outsider).post("/papers/3.3/print/", {"id": item.pk}).status_code == 404
    assert PrintedPaper.objects.count() == 0


def test_a_ledger_shows_the_month_asked_for_and_of_the_own_desk_only(as_user, clerk, outsider, lost_report):
    month = f"{timezone.localdate():%Y-%m}"
    own = text_of(as_user(clerk).get("/papers/3.7/pdf/", {"month": month}).content)
    assert lost_report.number in own
    assert "主服务中心" in own
    assert lost_report.number not in text_of(as_user(clerk).get("/papers/3.7/pdf/", {"month": "2020-01"}).content)
    assert lost_report.number not in text_of(as_user(outsider).get("/papers/3.7/pdf/", {"month": month}).content)


def test_the_ledger_of_deeds_lists_verified_ones_alone(as_user, manager, staff_find, supervisor):
    deed = staff_find.good_deeds.get()
    month = {"month": f"{deed.on:%Y-%m}"}
    assert staff_find.number not in text_of(as_user(manager).get("/papers/3.8/pdf/", month).content)
    verify_good_deed(deed, by=supervisor)
    text = text_of(as_user(manager).get("/papers/3.8/pdf/", month).content)
    assert staff_find.number in text
    assert staff_find.slip.number in text
    assert "合计:1人次" in text


@pytest.mark.parametrize("query", [{"id": "x"}, {"id": "9" * 30}, {"id": 0}])
def test_a_nonsense_address_is_not_found(as_user, clerk, query):
    assert as_user(clerk).get("/papers/3.3/", query).status_code == 404


def test_a_nonsense_month_and_an_unknown_form_are_not_found(as_user, manager):
    client = as_user(manager)
    assert client.get("/papers/3.7/", {"month": "2026-99"}).status_code == 404
    assert client.get("/papers/9.9/").status_code == 404


def test_a_character_without_a_font_is_told_before_and_at_the_print(as_user, clerk, make_item):
    item = make_item(finder_name="张\U0003FFFD")
    client = as_user(clerk)
    assert "没有可用的字体" in client.get("/papers/3.3/", {"id": item.pk}).content.decode()
    answer = client.post("/papers/3.3/print/", {"id": item.pk})
    assert answer.status_code == 400
    assert "没有可用的字体" in answer.content.decode()
    assert PrintedPaper.objects.count() == 0
