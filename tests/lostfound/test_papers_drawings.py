"""Each paper beside its drawing, filled and blank: every cell, its size, nothing over its edge, one sheet."""

import datetime as dt
from functools import lru_cache
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from weasyprint.formatting_structure import boxes

from lostfound.choices import BatchKind, CountResult
from lostfound.models import Batch, FoundItem, GoodDeed, LostReport, Notice
from lostfound.services.booklets import issue_booklet
from lostfound.services.claims import open_claim, reject_claim
from lostfound.services.deeds import verify_good_deed
from lostfound.services.items import accept_field_item
from lostfound.services.notices import draft_notice, publish_notice
from lostfound.services.police import hand_to_police
from lostfound.services.release import HandOver, release_found_item
from lostfound.services.stocktakes import Count, record_counts, sign_stock_take, start_stock_take
from servicedesk.models import PaperWording
from servicedesk.paper import Ledger, paper_by_key, papers
from servicedesk.services import printing
from servicedesk.services.preferences import choose
from servicedesk.services.printing import engine, sheets
from tests.pdf import fonts_of, is_qr_of, page_count, page_sizes, pictures_of, text_of

pytestmark = pytest.mark.one_database

MM = 96 / 25.4
def _read_cells() -> dict[str, list[str]]:
    """The cells of each drawing, by the key of its paper."""
    found: dict[str, list[str]] = {}
    text = (Path(__file__).parents[1] / "data" / "paper-cells.txt").read_text(encoding="utf-8")
    for line in (line for line in text.splitlines() if line and not line.startswith("#")):
        if line.startswith("["):
            cells = found[line[1:-1]] = []
            continue
        for cell in line.split("|"):
            cells += found[cell] if cell.startswith("@") else [cell]
    return {key: cells for key, cells in found.items() if not key.startswith("@")}


CELLS = _read_cells()
ONE_PAGE = tuple(key for key in CELLS if key not in ("3.7", "3.8"))


@pytest.fixture(autouse=True)
def _one_moment(settings, kept_folder):
    """Everything here happens in one minute, so that a paper looked at twice is rendered once."""
    settings.DESK_DATA = kept_folder
    with time_machine.travel(dt.datetime(2026, 11, 23, 2, 20, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture(scope="module")
def kept_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    (folder / "papers").mkdir()
    return folder


@pytest.fixture
def record_of(
    request, facts, to_approved, make_batch, custodian, clerk, second_clerk, foreman, supervisor, point, make_item
):
    """A record with something in every cell, by the key of its paper; nothing is made but what that paper needs."""
    made = request.getfixturevalue

    def batch(kind):
        return lambda: make_batch(kind)

    def released():
        purse = made("purse")
        claim = to_approved(open_claim(purse, facts(), by=clerk))
        hand_over = HandOver(pieces=1, means="paper", second_person=second_clerk, is_counted_again=True)
        release_found_item(claim, hand_over, by=clerk)
        return FoundItem.objects.get(pk=purse.pk)

    def refused():
        claim = open_claim(make_item(), facts(), by=clerk)
        return reject_claim(claim, by=clerk, reason="所说特征与实物不符")

    def counted():
        for name in ("purse", "staff_find", "valuable"):
            made(name)
        take = start_stock_take(by=clerk, point=point)
        counts = {line.pk: Count(result=CountResult.PRESENT, seal_seen=line.seal_expected) for line in take.lines.all()}
        return sign_stock_take(record_counts(take, counts, by=clerk), by=clerk, taken_over_by=second_clerk)

    def handed_at_once():
        item = make_item()
        hand_to_police(item, by=supervisor, officer="李警官", unit="西湖派出所", receipt_number="GA-118")
        return item

    makers = {
        "3.3": released, "3.4": lambda: made("staff_find"), "3.5": lambda: made("on_spot"),
        "3.6": lambda: made("lost_report"), "3.9": lambda: made("staff_find"),
        "3.9-visitor": lambda: made("purse"), "3.10": lambda: made("purse"),
        "3.10-sheet": lambda: made("purse"), "refusal": refused,
        "stock-take": counted, "transfer-finance": batch(BatchKind.FINANCE),
        "transfer-police": batch(BatchKind.POLICE), "disposal": batch(BatchKind.DISPOSAL),
        "notice": lambda: publish_notice(
            draft_notice([make_item(public_text="黑色雨伞")], "board", by=custodian, point=point), by=custodian
        ),
        "transfer-police-item": handed_at_once,
        "booklet": lambda: issue_booklet("B012", 3, to=foreman, by=supervisor, point=point),
    }
    return lambda key: makers[key]()


@pytest.fixture
def filled(request, record_of, supervisor, point):
    """The filled paper as a PDF, its ledgers for this month."""

    def make(key: str) -> bytes:
        paper = paper_by_key(key)
        if not paper.is_ledger:
            return printing.preview(paper, printing.record_parts(paper, [record_of(key)]))
        request.getfixturevalue("lost_report")
        verify_good_deed(GoodDeed.objects.get(item=request.getfixturevalue("staff_find")), by=supervisor)
        month = timezone.localdate().replace(day=1)
        return printing.preview(paper, [printing.ledger_part(paper, paper.rows(), month, point)])

    return make


@pytest.fixture
def blank(db):
    return lambda key: printing.preview(paper_by_key(key), [printing.blank_part(paper_by_key(key))])


ALL_KEYS = [paper.key for paper in papers() if paper.key in {*CELLS, "3.10-sheet", "booklet", "transfer-police-item"}]


def test_every_paper_of_lost_and_found_is_looked_at_here():
    assert {paper.key for paper in papers() if paper.model._meta.app_label == "lostfound"} == set(ALL_KEYS)


@pytest.mark.parametrize("key", CELLS)
def test_every_cell_of_the_drawing_is_on_the_blank_form(key, blank):
    text = text_of(blank(key))
    assert [cell for cell in CELLS[key] if cell not in text] == []


@pytest.mark.parametrize("key", [k for k in CELLS if k not in ("notice", "refusal")])
def test_the_filled_form_keeps_the_cells_of_the_blank_one(key, filled, blank):
    titles = [cell for cell in CELLS[key] if not set(cell) & set("□_-¥")]
    text = text_of(filled(key))
    assert [cell for cell in titles if cell not in text] == []


@pytest.mark.parametrize("key", ALL_KEYS)
def test_a_filled_paper_embeds_its_fonts_and_lacks_no_character(key, filled):
    pdf = filled(key)
    assert set(fonts_of(pdf).values()) == {(True, True)}
    assert "\N{REPLACEMENT CHARACTER}" not in text_of(pdf)


@pytest.mark.parametrize("key", ONE_PAGE)
def test_an_ordinary_record_and_the_blank_form_take_one_page(key, filled, blank):
    assert (page_count(filled(key)), page_count(blank(key))) == (1, 1)


SIZES = {
    "a4": (210, 297), "a4-landscape": (297, 210), "a5-landscape": (210, 148), "label": (80, 50),
    "label-sheet": (210, 297),
}


@pytest.mark.parametrize("key", [k for k in ALL_KEYS if k != "booklet"])
def test_a_paper_has_its_size_to_the_millimetre(key, blank):
    assert page_sizes(blank(key)) == [SIZES[paper_by_key(key).size]]


def test_the_larger_tag_is_a_setting(blank, manager):
    choose("lostfound.label_size", "100x70", manager)
    assert page_sizes(blank("3.10")) == [(100, 70)]


# ---- the measures of the drawing -----------------------------------------------------------


@pytest.fixture
def laid_out(request, record_of):
    """The boxes of a form's first page, as laid out for print: `laid_out("3.3", filled=True)`."""

    def lay(key: str, *, filled: bool):
        paper = paper_by_key(key)
        if paper.is_ledger:
            request.getfixturevalue("lost_report")
        subject = _subject(paper, record_of) if filled else None
        html = sheets.sheet_html(paper, subject)
        document = _drawn(html, paper.size)
        return list(document.pages[0]._page_box.descendants()), document

    return lay


@lru_cache
def _drawn(html: str, size: str):
    return engine.engine().drawn(html, size)


def _subject(paper, record_of):
    if paper.is_ledger:
        rows = list(LostReport.objects.all()) if paper.key == "3.7" else []
        return Ledger(month=dt.date(2026, 11, 1), rows=rows, all_rows=rows)
    record = record_of(paper.key)
    return [record] if paper.per_sheet else record


def cells(found):
    return [box for box in found if isinstance(box, boxes.TableCellBox) and box.element_tag in ("td", "th")]


def words_in(found):
    return [box for box in found if isinstance(box, boxes.TextBox) and box.text.strip()]


def classes(box) -> set[str]:
    return set((box.element.get("class") or "").split()) if box.element is not None else set()


@pytest.mark.parametrize("filled", [False, True])
@pytest.mark.parametrize("key", [k for k in CELLS if k != "3.10"])
def test_rows_and_signature_cells_are_high_enough_to_write_in(key, filled, laid_out):
    found, _ = laid_out(key, filled=filled)
    heights = [box.border_height() / MM for box in cells(found)]
    assert min(heights) >= 6.9
    signed = [box for box in cells(found) if "sign" in classes(box)]
    small = [(round(b.border_width() / MM), round(b.border_height() / MM, 1)) for b in signed
             if b.border_width() / MM < 29.5 or b.border_height() / MM < 8.9]
    assert small == []


@pytest.mark.parametrize("filled", [False, True])
@pytest.mark.parametrize("key", CELLS)
def test_no_word_runs_over_the_edge_of_its_cell_or_page(key, filled, laid_out):
    found, document = laid_out(key, filled=filled)
    over = []
    for cell in cells(found):
        right = cell.border_box_x() + cell.border_width() + .5
        bottom = cell.border_box_y() + cell.border_height()
        over += [
            box.text for box in words_in(cell.descendants())
            if box.position_x + box.width > right or box.position_y + box.baseline > bottom
        ]
    assert over == []
    page = document.pages[0]
    assert max(box.position_x + box.width for box in words_in(found)) <= page.width
    assert max(box.position_y + box.baseline for box in words_in(found)) <= page.height


@pytest.mark.parametrize("key", ["3.3", "3.4", "3.5", "3.9"])
def test_the_tear_line_parts_upper_and_lower_half_of_one_sheet(key, filled):
    pdf = filled(key)
    upper, tear, lower = text_of(pdf).partition("撕线")
    assert page_count(pdf) == 1
    assert tear
    assert lower.startswith("编号")
    assert "(骑缝章)" in lower
    assert ("回执联" if key == "3.9" else "认领表(下联)") in lower
    assert ("存根联" if key == "3.9" else "物品信息卡") in upper


def test_the_tear_line_can_be_left_out_by_the_desk(blank):
    PaperWording.objects.create(paper="3.3", has_tear_line=False)
    assert "撕线" not in text_of(blank("3.3"))
    assert "认领表(下联)" in text_of(blank("3.3"))


# ---- what stands in the cells --------------------------------------------------------------


def test_the_visitors_sheet_tells_the_whole_story(filled, purse, clerk, second_clerk):
    text = text_of(filled("3.3"))
    told = (
        f"编号:{purse.number} 张三 13900005678 江苏苏州 观景台石阶旁 手提包(09)1件 蔻驰小号咖啡色 765 口红 "
        "拉链头换成了红绳;姓名:杨明静;号码后四位:002X 币种人民币¥1,250大写:壹仟贰佰伍拾元整 100×12、50×1 ☑是□否 "
        f"封袋号:F-777 ☑无 ☑贵重保险柜 格位:S-01 客服受理人:{clerk.name} 复核/见证人:{second_clerk.name} "
        "13800001234 浙江杭州 ☑身份证 11010519491231002X 1.伞柄内侧刻着M〔符合〕;2.有一根伞骨弯了〔符合〕 "
        "☑特征相符2项 ☑归属确认□存疑 ☑完好 ☑否□是 以上物品属本人所有"
    )
    for words in told.split():
        assert words in text, words


def test_the_secret_mark_is_on_no_paper(filled, purse):
    assert "夹层缝着M" not in text_of(filled("3.3"))


def test_unused_rows_are_struck_by_a_diagonal(laid_out):
    found, _ = laid_out("3.4", filled=True)
    struck = [box for box in cells(found) if "unused" in classes(box)]
    assert len(struck) == 1
    assert struck[0].rowspan == 2
    found, _ = laid_out("3.4", filled=False)
    assert [box for box in cells(found) if "unused" in classes(box)] == []


def test_an_empty_cell_of_a_filled_form_is_closed_with_a_stroke(filled):
    text = text_of(filled("3.4"))
    assert "币种/¥/大写:/面额张数:/" in text


def test_the_slip_bears_its_own_number_and_that_of_the_find(filled, staff_find, guard):
    text = text_of(filled("3.9"))
    assert text.count(f"编号:{staff_find.slip.number}") >= 2
    assert f"登记编号{staff_find.number}" in text
    assert f"{guard.name}(工号{guard.staff_no})" in text


def test_a_thing_from_the_field_that_is_fetched_at_the_desk_gets_the_lower_half_of_the_desk(on_spot, clerk):
    def sheet() -> str:
        return text_of(printing.preview(paper_by_key("3.5"), printing.record_parts(paper_by_key("3.5"), [on_spot])))

    before = sheet()
    accept_field_item(on_spot, by=clerk)
    after = sheet()
    shown = [[words in text for words in ("现场发还签字", "发还经办", "上交客服备案")] for text in (before, after)]
    assert shown == [[True, False, True], [False, True, True]]


def test_the_card_says_nothing_that_only_the_owner_knows(filled, purse):
    for key in ("3.10", "3.10-sheet"):
        text = text_of(filled(key))
        assert f"{purse.number}贵重☑" in text
        assert "S-01" in text
        for words in ("红绳", "杨明静", "002X", "张三", "13900005678", "口红", "1,250", "蔻驰"):
            assert words not in text, words


PRINTED = {
    "3.3": lambda: FoundItem.objects.get(thing="手提包"), "3.4": lambda: FoundItem.objects.get(intake_kind="staff"),
    "3.5": lambda: FoundItem.objects.get(intake_kind="on_spot"), "3.6": LostReport.objects.get,
    "3.9": lambda: FoundItem.objects.get(intake_kind="staff"), "3.10": lambda: FoundItem.objects.get(thing="手提包"),
    "3.10-sheet": lambda: FoundItem.objects.get(thing="手提包"), "notice": Notice.objects.get,
    "transfer-finance": Batch.objects.get,
}


@pytest.mark.parametrize("key", PRINTED)
def test_the_code_on_the_paper_finds_the_record(key, filled, as_user, manager):
    pdf = filled(key)
    paper = paper_by_key(key)
    record = PRINTED[key]()
    number = paper.number(record)
    codes = pictures_of(pdf)
    assert codes
    assert all(is_qr_of(code, number) for code in codes)
    answer = as_user(manager).get("/search/", {"q": number})
    found = [answer.url] if answer.status_code == 302 else [answer.content.decode()]
    assert f"/{record.pk}/" in found[0]


def test_ledgers_and_notices_mask_what_sheets_show(filled, lost_report):
    text = text_of(filled("3.7"))
    assert "138****1234" in text
    assert "杨**" in text
    assert "杨明静" not in text
    assert "13800001234" not in text
    assert "13800001234" in text_of(filled("3.6"))


def test_the_full_document_number_stands_on_the_claim_half_alone(filled):
    assert text_of(filled("3.3")).count("11010519491231002X") == 1
    assert "11010519491231002X" not in text_of(filled("3.6"))
    assert "号码后四位:002X" in text_of(filled("3.6"))


@pytest.mark.parametrize(("choice", "shown"), [("masked", "证件号码110****002X"), ("blank", "证件号码遗失时间")])
def test_the_desk_may_mask_the_document_number_or_leave_it_to_the_hand(choice, shown, filled, manager):
    choose("servicedesk.document_numbers_on_paper", choice, manager)
    text = text_of(filled("3.3"))
    assert "11010519491231002X" not in text
    assert shown in text


def test_the_list_to_finance_comes_twice_and_counts(record_of, clerk):
    paper, batch = paper_by_key("transfer-finance"), record_of("transfer-finance")
    pdf = printing.print_parts(paper, printing.record_parts(paper, [batch]), printing.Press(by=clerk))
    assert page_count(pdf) == 2
    assert "①失物招领存根联" in text_of(pdf, 1)
    assert "②财务联" in text_of(pdf, 2)
    for page in (1, 2):
        assert "合计:2件" in text_of(pdf, page)
        assert f"编号:{batch.number}" in text_of(pdf, page)


def test_a_booklet_is_printed_sheet_by_sheet_with_its_numbers(filled):
    pdf = filled("booklet")
    assert page_count(pdf) == 3
    for order in (1, 2, 3):
        assert f"(空白本号:B012第{order:02d}张)" in text_of(pdf, order)
        assert "第1页共1页" in text_of(pdf, order)
    assert "员工现场拾物登记表(上联)" in text_of(pdf, 2)


def test_the_refusal_note_says_why(filled):
    text = text_of(filled("refusal"))
    assert "所说特征与实物不符" in text
    assert "杨明静:" in text
