"""The papers of the ledgers: every cell there, filled and blank; the month with its heads, sums and struck rows."""

import datetime as dt
import re

import pytest

from ledgers.choices import Proof
from ledgers.papers.cells import LINE, shares
from ledgers.papers.months import PARTS
from ledgers.services.deposits import give_bag
from ledgers.services.entries import void_entry
from servicedesk.paper import Ledger, defined_papers, paper_by_key
from servicedesk.services import printing
from servicedesk.services.printing.sheets import sheet_html
from tests.ledgers.conftest import PHONE, VALUES
from tests.safety.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NOVEMBER = dt.date(2026, 11, 1)
CELLS = {
    "jc": "时间 应取走 寄存人 电话 件数 存放位置 物品及外观 备注 取走时间 取件凭证 复核人 结果 收件人 取件人 发件人",
    "jy": "物品 应归还 押金 押证件 借用人 电话 备注 归还时间 退还押金 有损坏 结果 经办人 归还经办",
    "gb": "类别 寻人 要求人 部门/来自 播报内容 播报区域 计划遍数 相关编号 第 6 遍 播报人 结束时间 结果",
    "zp": "物品 领取人 电话 事由 活动 备注 发放人",
    "lf": "被访人 来访人 单位 电话 人数 事由 告知时间 接待时间 离开时间 接待人",
    "zg": "转告给 来人 电话 请回电 转告内容 知悉时间 记录人 被转告人",
}


def month_of(key: str, rows, **more) -> str:
    paper = paper_by_key(key)
    return sheet_html(paper, Ledger(month=NOVEMBER, rows=rows, all_rows=rows, **more))


@pytest.mark.parametrize("code", CELLS)
def test_every_cell_stands_on_the_empty_form(code):
    text = re.sub(r"<[^>]+>", "", sheet_html(paper_by_key(f"ledger-{code}"), None))
    assert [cell for cell in re.split(r" (?!6 遍)(?<!第 )", CELLS[code]) if cell not in text] == []


def test_every_line_of_a_form_fills_the_width(kind):
    for paper in defined_papers():
        if paper.template != "ledgers/print/entry.html":
            continue
        context = paper.context(None)
        for line in [*context["lines"], *context["endings"]]:
            assert sum(cell.span for cell in line) == LINE
        assert sum(sign["span"] for sign in context["signs"]) == LINE


def test_every_table_of_a_month_fills_the_width(kind):
    for paper in defined_papers():
        if paper.template == "ledgers/print/month.html":
            table = paper.context(None)["tables"][0]
            assert sum(head["span"] for head in table["heads"]) + sum(table["edge"]) == PARTS
            assert len(table["room"]) == 14


@pytest.mark.parametrize(("weights", "least", "parts"), [([1], [3], 9), ([2, 6], [3, 3], 40), ([1] * 14, [3] * 14, 42)])
def test_room_is_dealt_out_to_the_last_part(weights, least, parts):
    found = shares(weights, least, parts)
    assert sum(found) == parts
    assert min(found) >= 3


def test_the_form_bears_what_was_typed_and_what_became_of_it(write, clerk):
    bag = write("jc")
    give_bag(bag, by=clerk, proof=Proof.SLIP)
    text = re.sub(r"<[^>]+>", " ", sheet_html(paper_by_key("ledger-jc"), bag))
    for said in (bag.number, "杨明静", PHONE, "黑色双肩包", "☑凭寄存单", "2026年11月24日 10时20分", "王芳"):
        assert said in text
    assert "□否" in text


def test_the_month_masks_people_strikes_what_was_voided_and_counts_the_rest(write, clerk, supervisor):
    kept, wrong = write("jc"), write("jc", pieces=5)
    void_entry(wrong, "重复登记", by=supervisor)
    html = month_of("ledger-jc-month", [kept, wrong])
    text = re.sub(r"<[^>]+>", " ", html)
    assert "杨*" in text
    assert "138****1234" in text
    assert not {"杨明静", PHONE} & set(text.split())
    assert html.count("struck") > 3
    assert "作废:重复登记" in text
    assert "合计 1 笔" in text
    assert "未办结 1 笔" in text
    assert "件数 2" in text


def test_a_month_without_entries_and_an_empty_sheet_say_so():
    assert "本月没有登记" in month_of("ledger-gb-month", [])
    assert "合计 ____ 笔" in sheet_html(paper_by_key("ledger-gb-month"), None)


def test_a_long_month_is_numbered_through_and_summed_once(write):
    rows = [write("jc") for _ in range(3)]
    begin = month_of("ledger-jc-month", rows[:2], is_last=False)
    paper = paper_by_key("ledger-jc-month")
    end = sheet_html(paper, Ledger(month=NOVEMBER, rows=rows[2:], all_rows=rows, first=3))
    assert "合计" not in begin
    assert "合计 3 笔" in end
    assert ">3</td>" in end


def test_a_hostile_text_is_a_text_on_paper_and_reads_nothing(write, clerk):
    bag = write("jc", look="<img src=file:///etc/passwd><b>包</b>")
    for key in ("ledger-jc", "ledger-jc-slip"):
        paper = paper_by_key(key)
        assert "&lt;img src=file" in sheet_html(paper, bag)
    pdf = printing.preview(paper_by_key("ledger-jc-slip"), printing.record_parts(paper_by_key("ledger-jc-slip"), [bag]))
    assert pdf.startswith(b"%PDF")


def test_another_desks_entry_is_not_printed(write, outsider, as_user):
    bag = write("jc")
    for key in ("ledger-jc", "ledger-jc-slip"):
        assert as_user(outsider).get(f"/papers/{key}/pdf/?id={bag.pk}").status_code == 404
    other = write("gb", **VALUES["gb"])
    assert as_user(outsider).get(f"/papers/ledger-jc/pdf/?id={other.pk}").status_code == 404


def test_a_form_is_not_made_for_an_entry_of_another_ledger(write, clerk, as_user):
    call = write("gb")
    assert as_user(clerk).get(f"/papers/ledger-jc/pdf/?id={call.pk}").status_code == 404


def test_a_slip_that_is_printed_again_says_so(write, clerk, as_user):
    bag, client = write("jc"), as_user(clerk)
    for _ in range(2):
        answer = client.post("/papers/ledger-jc-slip/print/", {"id": bag.pk})
        assert answer.status_code == 200
    assert "补打" in text_of(answer)
