"""3.12: filled and blank, long lines over the page, struck lines, addenda, the code of the seal."""

import io
import re
import subprocess

import pikepdf
import pytest
from django.utils import timezone

from dutylog import sheetparts
from dutylog.choices import DayState, EntryCategory, SealKind
from dutylog.models import DaySeal, DutyDay
from dutylog.papers.days import DUTY_LOG, clock_of, day_context, presence_said
from dutylog.services.addenda import add_addendum
from dutylog.services.chain import StepFacts, note_arrival, tell_step
from dutylog.services.days import edit_day
from dutylog.services.entries import strike_entry
from dutylog.services.openitems import OpenItemFacts, open_item
from dutylog.services.operations import set_operations
from dutylog.services.roster import sign_in_to_shift
from servicedesk.services import printing
from servicedesk.services.printing.sheets import sheet_html
from tests.dutylog.conftest import TODAY

pytestmark = pytest.mark.one_database


def html(day) -> str:
    return sheet_html(DUTY_LOG, day)


def pages(day, by) -> int:
    pdf = printing.preview(DUTY_LOG, printing.record_parts(DUTY_LOG, [day]), by=by)
    return len(pikepdf.open(io.BytesIO(pdf)).pages)


def test_the_head_holds_weather_hours_people_and_kind(day, post, clerk, duty_manager):
    facts = {"weather": "晴", "temperature": "14–25℃", "wind": "2级", "duty_leader": "郑总"}
    edit_day(day, by=clerk, duty_manager=duty_manager, **facts)
    sign_in_to_shift(post, by=clerk)
    sheet = html(day)
    for part in ("ZB-20261124", "2026年11月24日", "星期二", "晴", "14–25℃", "风2级", "08:00 / 17:30", "郑总", "郑伟",
                 "早班: 王芳", "王芳迟到", "☑平日", "□周末"):
        assert part in sheet, part


def test_presence_is_said_in_full_or_in_one_word(day, post, clerk, clock, moment):
    assert presence_said(day) == "王芳未签到"
    clock.move_to(moment("07:20"))
    sign_in_to_shift(post, by=clerk)
    assert presence_said(day) == "齐"


def test_a_line_bears_chain_result_and_author(day, write, moment, supervisor, clerk):
    line = write("排队过久", "10:20", category=EntryCategory.COMPLAINT, result="处理中")
    step = tell_step(line, StepFacts(
        role="supervisor", channel="phone", told_at=moment("10:22"), person=supervisor
    ), by=clerk)
    note_arrival(step, moment("10:30"), by=clerk)
    sheet = html(day)
    for part in ("10:20", "投诉", "排队过久", "督导周敏 10:22 应答10:30 到场10:30", "处理中", "王芳"):
        assert part in sheet, part


def test_a_late_line_has_both_times_and_a_struck_one_its_reason(day, write, clerk):
    write("早上的事", "07:10")
    strike_entry(write("记错的事"), "重复", by=clerk)
    sheet = html(day)
    assert "记于10:30" in sheet
    assert '<span class="struck">记错的事</span>' in sheet
    assert "王芳 2026-11-24 10:30 划去: 重复" in sheet


def test_addenda_stand_under_their_line_and_the_days_own_at_the_end(day, entry, clerk, supervisor):
    add_addendum(day, "游客又来电", by=clerk, entry=entry)
    add_addendum(day, "电话中断", by=supervisor, reason="线路检修")
    sheet = html(day)
    assert sheet.index("游客询问末班车时间") < sheet.index("游客又来电") < sheet.index("电话中断")
    assert "补1 王芳、补2 周敏" in sheet
    assert "线路检修" in sheet


def test_open_items_operations_and_figures_are_on_the_sheet(day, entry, clerk, supervisor, point, moment):
    set_operations(day, {"show": ["10:30-11:10 大剧院"], "closed": ["高空滑索"]}, by=clerk)
    open_item(OpenItemFacts(text="等厂家回复", next_step="明日复查", owner=supervisor, due_at=moment("17:00")),
              by=clerk, point=point, entry=entry)
    sheet = html(day)
    for part in ("10:30-11:10 大剧院", "高空滑索", "等厂家回复", "明日复查", "YL-20261124-001", "现场咨询 1", "投诉 0"):
        assert part in sheet, part


def test_a_line_of_2000_characters_goes_on_over_the_page_with_the_heading(day, write, clerk):
    write("短", "10:00")
    assert pages(day, clerk) == 1
    write("游客详细讲述经过。" * 222 + "末尾两字", "10:10")
    assert pages(day, clerk) == 2
    assert "末尾两字" in html(day)


def test_a_short_line_is_not_torn_between_two_pages(day, write, clerk):
    for number in range(30):
        write(f"第{number}笔 起{number}始 " + "游客询问路线," * (7 + number % 6) + f" 止{number}终", "10:10")
    pdf = printing.preview(DUTY_LOG, printing.record_parts(DUTY_LOG, [day]), by=clerk)
    found = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    sheets = ["".join(page.split()) for page in found.stdout.decode().split("\f")[:-1]]
    assert len(sheets) > 1
    for sheet in sheets:
        begun, ended = re.findall(r"起(\d+)始", sheet), re.findall(r"止(\d+)终", sheet)
        assert begun == ended
    assert sum(len(re.findall(r"起\d+始", sheet)) for sheet in sheets) == 30


def test_the_code_of_the_last_seal_is_printed_while_the_day_is_closed(day, clerk):
    content = '{"parts": {"open_items": [], "item_updates": []}}'
    for round_, digest in ((1, "a" * 64), (2, "b1c2d3e4" * 8)):
        DaySeal.objects.create(
            day=day, service_point=day.service_point, place=round_, kind=SealKind.CLOSING, round=round_,
            content=content, digest=digest, at=timezone.now(), by=clerk,
        )
    assert "校验码" not in html(day)
    DutyDay.objects.filter(pk=day.pk).update(state=DayState.CLOSED)
    assert "B1C2-D3E4" in html(DutyDay.objects.get(pk=day.pk))


def test_the_blank_form_has_room_for_every_cell_and_one_page(db, clerk):
    sheet = html(None)
    for part in ("早班:", "中班:", "晚班:", "现场咨询 __", "闭园合计", "对讲机____", "□资产", "补记编号及签名"):
        assert part in sheet, part
    pdf = printing.preview(DUTY_LOG, [printing.blank_part(DUTY_LOG)], by=clerk)
    assert len(pikepdf.open(io.BytesIO(pdf)).pages) == 1


def test_a_quiet_day_says_so_and_its_empty_room_is_struck(day):
    sheet = html(day)
    assert "当日无记录" in sheet
    assert 'class="unused"' in sheet


def test_other_nouns_fill_their_parts(day, monkeypatch):
    monkeypatch.setattr(sheetparts, "_parts", {})
    assert [row["at"] for row in day_context(day)["headcounts"]] == ["10:00", "14:00", "闭园合计"]
    sheetparts.give_part("headcounts", lambda day: [{"at": "12:00", "entered": 1280}])
    sheetparts.give_part("rounds", lambda day: {"assets": True})
    sheet = html(day)
    assert "1280" in sheet
    assert "☑资产" in sheet
    assert "□设备" in sheet


@pytest.mark.parametrize(("on", "said"), [(TODAY, "02:10"), (TODAY.replace(day=23), "11-24 02:10")])
def test_a_moment_after_midnight_bears_its_date(moment, on, said):
    assert clock_of(moment("02:10"), on) == said
