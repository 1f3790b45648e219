"""A paper under a blind check: printed at any time, with what the check keeps closed visibly withheld."""

import pytest
from django.urls import reverse

from lostfound.choices import BatchKind, DisposalMethod, ItemState
from lostfound.models import FoundItem
from lostfound.services.claim_documents import record_document
from lostfound.services.claim_statements import add_statement, open_for_view
from lostfound.services.claims import open_claim, withdraw_claim
from lostfound.services.handing import LineFacts, Receiver, execute_batch
from servicedesk.models import PrintedPaper
from servicedesk.paper import paper_by_key
from servicedesk.services import printing
from tests.pdf import text_of

pytestmark = pytest.mark.one_database

WITHHELD = "盲核验中,暂不打印"
CLOSED_WORDS = ("蔻驰", "小号", "红绳", "002X", "口红", "YMJ", "1,250", "100×12", "765", "夹层缝着M")


@pytest.fixture
def claim(purse, facts, clerk):
    """Somebody says the purse is hers, and has still to describe it."""
    return open_claim(purse, facts(claimant_name="杨明敬"), by=clerk)


def shown(key: str, record, user=None) -> str:
    paper = paper_by_key(key)
    return text_of(printing.preview(paper, printing.record_parts(paper, [record]), by=user))


def test_the_sheet_prints_while_the_check_is_closed_and_withholds_what_it_closes(claim, as_user, clerk):
    item = claim.item
    answer = as_user(clerk).post(reverse("paper_print", args=["3.3"]), {"id": item.pk})
    assert answer.status_code == 200
    text = text_of(answer.content)
    assert [words for words in CLOSED_WORDS if words in text] == []
    assert text.count(WITHHELD) == 4  # look, features, contents, cash
    assert "(盲核验中,部分栏目暂不打印)" in text
    assert PrintedPaper.objects.get().number == item.number


def test_what_the_desk_needs_stands_there_even_then(claim):
    text = shown("3.3", claim.item)
    for words in (claim.item.number, "手提包(09)", "咖啡色", "张三", "封袋号:F-777", "☑贵重保险柜", "杨明敬"):
        assert words in text


def test_before_the_claim_and_after_the_opening_everything_is_printed(purse, facts, clerk, proof):
    before = shown("3.3", purse)
    claim = open_claim(purse, facts(), by=clerk)
    for words in ("拉链头是红绳", "里面有口红"):
        add_statement(claim, words, by=clerk)
    record_document(claim, proof(), by=clerk)
    open_for_view(claim, by=clerk)
    after = shown("3.3", FoundItem.objects.get(pk=purse.pk))
    for text in (before, after):
        assert WITHHELD not in text
        assert [words for words in CLOSED_WORDS if words not in text] == ["夹层缝着M"]


def test_a_withdrawn_claim_opens_the_paper_again(claim, clerk):
    withdraw_claim(claim, by=clerk, reason="认错了")
    assert WITHHELD not in shown("3.3", FoundItem.objects.get(pk=claim.item_id))


def test_the_label_prints_as_ever(claim):
    assert claim.item.number in shown("3.10", claim.item)


def test_the_slip_withholds_look_and_features(staff_find, facts, clerk):
    assert "第三根伞骨弯" in shown("3.9", staff_find)
    open_claim(staff_find, facts(), by=clerk)
    text = shown("3.9", FoundItem.objects.get(pk=staff_find.pk))
    assert WITHHELD in text
    assert "第三根伞骨弯" not in text
    assert "天堂" not in text
    assert staff_find.slip.number in text


def test_the_list_that_took_a_thing_to_finance_withholds_it_while_it_is_claimed(
    make_batch, make_find, facts, clerk, custodian, cashier
):
    batch = make_batch(BatchKind.FINANCE)
    lines = [LineFacts(line=line, method=DisposalMethod.TO_FINANCE) for line in batch.lines.all()]
    execute_batch(batch, lines, Receiver(second=cashier), by=custodian)
    item = batch.lines.first().item
    FoundItem.objects.filter(pk=item.pk).update(brand="天堂", estimated_value=4321)
    assert "天堂" in shown("transfer-finance", batch)
    assert "4,321" in shown("transfer-finance", batch)
    item.refresh_from_db()
    open_claim(item, facts(), by=clerk)
    assert FoundItem.objects.get(pk=item.pk).state == ItemState.CLAIMING
    text = shown("transfer-finance", batch)
    assert WITHHELD in text
    assert "天堂" not in text
    assert "4,321" not in text


def test_the_claims_page_offers_the_sheet_before_the_opening_too(claim, as_user, clerk):
    page = as_user(clerk).get(reverse("lostfound:claim_detail", args=[claim.pk])).content.decode()
    assert f"{reverse('paper', args=['3.3'])}?id={claim.item_id}" in page
