"""3.1 beside its drawing: every cell blank and filled, closed where the case has ended, long texts on a 续页."""

import re

import pytest

from complaints.papers.complaints import COMPLAINT_SHEET, complaint_context
from complaints.services.actions import add_action, add_addendum, correct_action
from complaints.services.endings import archive_complaint
from dutylog.services.chain import note_answer, note_arrival, steps_of
from servicedesk.services.printing.engine import render
from servicedesk.services.printing.sheets import sheet_html
from tests.pdf import page_count, text_of

pytestmark = pytest.mark.one_database
CELLS = """
投诉人姓名|性别|□男|□女|来源地/国籍|联系电话|证件号(选填)|通讯地址/邮箱|同行人数|投诉方式|□现场|□电话|□12345/12301转办|
□网络/公众号|□信函邮件|□其他|转办单号|发生时间|发生地点|被投诉对象|当事员工|投诉类别|□服务态度|□票务|□设施设备|□安全/伤害|
□交通停车|□餐饮|□商品购物|□剧院/演出|□环境卫生|□秩序|□商户|程度:|□一般|□重大|投诉事实与理由|(尽量用投诉人原话)|
涉及的服务名称、日期、票号/订单号、金额须写明|游客诉求|□道歉|□退款____元|□赔偿____元|□整改|证据材料|□照片__张|□视频__段|
□票据__张|□监控|□证人|附件编号|投诉人确认|以上记录已核对。|签字:|通报记录|督导:|到场|部室负责人:|部门经理:|值班经理:|
调查核实情况|调查人签字:|处理意见/方案|□当场解决|□限时解决,期限|□转办____|责任部门负责人签字:|处理结果|退/赔金额(大写):|
¥________|收款人签字:|经办:|(客服中心章)|游客对结果意见|□满意|□基本满意|□不满意|回访记录|□短信|回访人:|整改/责任追究|受理人|
中心负责人|部门经理|KF-3.1|密级/保存期:内部/__年
""".replace("\n", "").split("|")


def printed(case) -> str:
    """The text of the sheet without tags and spaces."""
    return re.sub(r"\s", "", re.sub(r"<[^>]+>", "", sheet_html(COMPLAINT_SHEET, case))).replace("&nbsp;", "")


def test_the_blank_form_has_every_cell_of_the_drawing(db):
    text = printed(None)
    assert [cell for cell in CELLS if cell not in text] == []


def test_a_filled_form_says_what_the_record_knows(hear, clerk, supervisor, moment, clock):
    case = hear(
        channel="12345", outside_number="HZ-88", demands=("退款",), demand_amount=120, sex="f", severity="major",
        major_reasons=("群体",), document_number="E12345678", evidence=("票据",),
    )
    step = steps_of([case])[case.pk][0]
    note_answer(step, moment("10:30"), by=supervisor)
    note_arrival(step, moment("10:30"), by=supervisor)
    text = printed(case)
    for word in ("杨明静", "☑女", "13812341234", "☑12345/12301转办", "转办单号HZ-88", "☑服务态度", "☑重大群体",
                 "☑退款120元", "☑票据", "非现场(12345),免签", f"督导:{supervisor.name}", "到场10:30", clerk.name):
        assert word in text, word
    assert "E12345678" not in text


def test_a_struck_row_is_not_printed_and_its_correction_is(handling, clerk):
    row = add_action(handling, "inquiry", "监控显示十点", by=clerk)
    correct_action(row, "监控显示十一点", by=clerk)
    assert complaint_context(handling)["inquiry"] == "监控显示十一点"


def test_cells_of_an_ended_case_are_closed_and_those_of_a_running_one_are_open(hear, called, supervisor):
    archive_complaint(called, by=supervisor)
    add_addendum(called, "游客来信致谢", by=supervisor)
    assert "部室负责人:/时间/" in printed(called)
    assert "部室负责人:时间:" in printed(hear()).replace("　", "")
    assert "游客来信致谢" in printed(called)


def test_an_ordinary_case_is_one_page_and_a_long_one_goes_on_with_its_heading(hear):
    short, _ = render(sheet_html(COMPLAINT_SHEET, hear()), "a4")
    long, _ = render(sheet_html(COMPLAINT_SHEET, hear(words="排队很久没有人理我们。" * 150)), "a4")
    assert page_count(short) == 1
    assert page_count(long) == 2
    assert "续页" in text_of(long)


def test_two_copies_are_printed():
    assert COMPLAINT_SHEET.copies == ("①客服中心存档", "②责任部门")
