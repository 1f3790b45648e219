"""回访记录表, 电话回访台帐, 回访总结报告: every cell empty and filled; the figures beside their cases."""

import datetime as dt
import io
import re

import pytest
from django.core.management import call_command

from complaints.callback_choices import CallbackSource, CallbackState
from complaints.models import CallbackPlan
from complaints.papers.callbacks import (
    CALLBACK_LEDGER,
    CALLBACK_REPORT,
    CALLBACK_SHEET,
    due_in,
    report_context,
)
from complaints.services.callback_checks import check_callback
from complaints.services.callback_figures import Share
from complaints.services.callbacks import sign_end
from complaints.services.rounds import reopen_complaint
from servicedesk.paper import Ledger
from servicedesk.services.printing.engine import render
from servicedesk.services.printing.sheets import sheet_html
from tests.complaints.conftest import PHONE, call
from tests.pdf import text_of

pytestmark = pytest.mark.one_database
NOVEMBER = dt.date(2026, 11, 1)
SHEET_CELLS = """
来源|□投诉|□抱怨|□30 天回访|□问卷低分|□失物登记|□上门拜访|来源编号|类别|轮次|被访人|电话|地址|游客反映|
处理结果|次|时间|方式|回访人|结果|已解决|满意度|游客意见|□合格|□不合格|□拒访|□无法联系|□免访|
督导签批|质检人|KF-HF
""".replace("\n", "")
REPORT_CELLS = """
一、按来源|应访|未结束|逾期|合格|不合格|拒访|无法联系|免访|回访率|合格率|失物登记|合计|按期完成率|
30 天回访率|30 天回访合格率|回访质检合格率|满意度平均|上门拜访|三、拨打结果|四、不合格原因|
五、分析与改进|报告人|中心负责人|部门经理
""".replace("\n", "")


@pytest.fixture
def plan(solved) -> CallbackPlan:
    return solved.callbacks.get(source_kind="complaint")


def printed(paper, record) -> str:
    text = re.sub(r"<[^>]+>", "", sheet_html(paper, record)).replace("&nbsp;", "")
    return re.sub(r"\s", "", text)


def ledger(month: dt.date = NOVEMBER) -> Ledger:
    rows = list(due_in(CallbackPlan.objects.all(), month))
    return Ledger(month=month, rows=rows, all_rows=rows)


def missing(cells: str, text: str) -> list[str]:
    return [cell for cell in cells.split("|") if re.sub(r"\s", "", cell) not in text]


def test_the_blank_papers_have_every_cell(db):
    assert missing(SHEET_CELLS, printed(CALLBACK_SHEET, None)) == []
    assert missing(REPORT_CELLS, printed(CALLBACK_REPORT, None)) == []
    assert missing("序号|应访日期|回访编号|被访人|次数|结果|已解决|满意度|回访人|结论|应访____个|审核",
                   printed(CALLBACK_LEDGER, None)) == []


def test_the_sheet_says_each_try_the_conclusion_and_who_looked_again(plan, clerk, supervisor, clock, moment):
    call(plan, by=clerk, outcome="busy")
    clock.move_to(moment("15:00"))
    call(plan, by=clerk, satisfaction=4, comment="谢谢")
    check_callback(plan, "recording", False, "没有记全", by=supervisor)
    plan.refresh_from_db()
    text = printed(CALLBACK_SHEET, plan)
    for word in ("☑投诉", plan.complaint.number, "杨明静", "已退票款", "2026-11-2410:30", "占线", "接通", "4满意",
                 "谢谢", "☑合格", "听录音", "☑不合格:没有记全", "周敏"):
        assert word in text, word
    assert PHONE not in text


def test_a_finished_sheet_has_no_room_for_more_and_an_open_one_has(plan, clerk):
    empty = "<tr>" + "<td></td>" * 8 + "</tr>"
    assert sheet_html(CALLBACK_SHEET, plan).count(empty) == 6
    call(plan, by=clerk)
    assert sheet_html(CALLBACK_SHEET, plan).count(empty) == 0


def test_the_ledger_has_a_row_for_each_and_counts_them(plan, clerk):
    call(plan, by=clerk, satisfaction=3)
    text = printed(CALLBACK_LEDGER, ledger())
    for word in (plan.number, plan.complaint.number, "杨**", "138****1234", "一般", "应访1个", "100.0%"):
        assert word in text, word
    assert PHONE not in text
    assert "杨明静" not in text
    assert "本月没有到期的回访" in printed(CALLBACK_LEDGER, ledger(dt.date(2026, 10, 1)))


def test_a_long_ledger_repeats_its_heads(solved, plan, clerk, point):
    rows = [plan] * 40
    pdf, _ = render(sheet_html(CALLBACK_LEDGER, Ledger(month=NOVEMBER, rows=rows, all_rows=rows)), "a4-landscape")
    assert text_of(pdf).count("电话回访台帐") == text_of(pdf).count("满意度") > 1


def test_of_none_every_rate_is_a_dash(db):
    context = report_context(ledger())
    assert {rate.percent for _, rate in context["rates"]} == {"—"}
    assert (context["score"], Share(0, 0).said, Share(1, 3).said) == ("—", "—", "1/3 33.3%")


def test_the_report_counts_ends_rates_and_causes(called, hear, clerk, supervisor, clock, moment):
    plan = called.callbacks.get(source_kind="complaint")
    check_callback(plan, "call", True, "", by=supervisor)
    failed, excused, waiting = (_copy(plan, number) for number in (1, 2, 3))
    call(failed, by=clerk, is_solved=False, satisfaction=1, cause="slow")
    sign_end(excused, CallbackState.EXCUSED, "匿名", by=supervisor)
    clock.move_to(moment("00:00", dt.date(2026, 11, 27)))
    context = report_context(ledger())
    rates = {label: rate.said for label, rate in context["rates"]}
    assert rates == {
        "回访率(已到期)": "3/4 75.0%", "按期完成率": "3/4 75.0%", "合格率(已接通)": "1/2 50.0%", "30 天回访率": "—",
        "30 天回访合格率": "—", "回访质检合格率": "1/1 100.0%",
    }
    assert (context["causes"], context["score"]) == ([("处理太慢", 1, [failed.number])], "3.00")
    total = context["rows"][-1]
    assert (total["count"], total["open"], total["late"], total["ends"]) == (4, 1, 1, [1, 1, 0, 0, 1])
    assert waiting.is_overdue
    assert "处理太慢" in printed(CALLBACK_REPORT, ledger())


def _copy(plan: CallbackPlan, number: int) -> CallbackPlan:
    """Another visitor's, of a register that complaints do not know."""
    return CallbackPlan.objects.create(
        number=f"HF-20261124-09{number}", service_point=plan.service_point, created_at=plan.created_at,
        created_by=plan.created_by, source_kind=CallbackSource.SURVEY, from_on=plan.from_on, due_on=plan.due_on,
    )


def test_what_is_not_due_yet_stands_in_no_rate(plan):
    rates = dict(report_context(ledger())["rates"])
    assert rates["回访率(已到期)"] == Share(0, 0)


def test_what_a_new_round_took_the_place_of_counts_no_more(solved, clerk, supervisor, plan):
    call(plan, by=clerk, is_solved=False, satisfaction=1, cause="slow")
    solved.refresh_from_db()
    reopen_complaint(solved, "重办", by=supervisor)
    december = report_context(ledger(dt.date(2026, 12, 1)))
    assert december["rows"][-1]["count"] == 0


def test_a_month_is_printed_from_the_command_line(plan, tmp_path):
    file = tmp_path / "ledger.pdf"
    call_command("print_form", "callback-ledger", month="2026-11", out=str(file), stdout=io.StringIO())
    assert plan.number in text_of(file.read_bytes())
