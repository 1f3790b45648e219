"""3.11 filled, blank and as a pile; the month's sheet; posters. Each cell of the drawing is there."""

import datetime as dt

import pytest
from django.utils import timezone

from servicedesk.paper import paper_by_key
from servicedesk.services import printing
from servicedesk.services.preferences import choose
from surveys.choices import Channel
from surveys.models import SurveySheet
from tests.pdf import page_count, page_sizes, text_of
from tests.surveys.conftest import PHONE, angry, facts

pytestmark = pytest.mark.one_database
CELLS = (
    "填表日期", "您来自", "出游方式", "□散客□团队", "性别", "□男□女", "年龄", "□<18", "□>60", "第几次来",
    "□≥3", "得知渠道", "□旅行社", "交通", "□高铁", "评价项目", "很满意5", "不清楚—", "16", "医疗救护/应急",
    "总体印象", "愿意推荐", "0–10", "意见建议", "联系方式", "姓名", "电话", "□愿意接受回访", "发放地点",
    "发放人", "收回", "□有效", "□无效",
)


def pdf_of(key: str, *records) -> bytes:
    paper = paper_by_key(key)
    parts = printing.record_parts(paper, records) if records else [printing.blank_part(paper)]
    return printing.preview(paper, parts)


def test_the_blank_form_has_every_cell_in_front_and_english_on_the_back(version):
    pdf = pdf_of("3.11")
    front, back = text_of(pdf, 1), text_of(pdf, 2)
    assert page_count(pdf) == 2
    assert [cell for cell in CELLS if cell not in front] == []
    assert [word for word in ("VisitorSatisfactionSurvey", "Courtesyofthestaff", "Excellent5", "Youmaycallme")
            if word not in back] == []


def test_a_filled_form_ticks_what_was_answered_and_shows_no_whole_phone(scan):
    sheet = scan(angry(channel=Channel.QR, party="group", heard_from=["web"], nps=3))
    front = text_of(pdf_of("3.11", sheet), 1)
    words = (sheet.number, "☑团队", "☑网络", "☑满意", "0–10:3", "厕所没纸", "☑愿意接受回访", "138****1234", "☑有效")
    assert [word for word in words if word not in front] == []
    assert front.count("☑") == 16 + 5
    assert PHONE not in front


def test_a_pile_prints_each_number_once_on_two_sides(batch):
    pdf = pdf_of("3.11-batch", batch)
    assert page_count(pdf) == 6
    assert [number for number in batch.numbers if text_of(pdf).count(number) < 1] == []
    assert batch.handed_out_by.name in text_of(pdf, 1)


def test_the_months_sheet_holds_figures_and_comments_without_numbers(scan, batch, enter, point):
    scan(facts(Channel.QR, low=1, comment=f"厕所没纸,找我 {PHONE}"))
    enter(facts(serial="1"))
    paper, month = paper_by_key("3.11-summary"), timezone.localdate().replace(day=1)
    text = text_of(printing.preview(paper, [printing.ledger_part(paper, SurveySheet.objects.all(), month, point)]))
    words = ("发放3份", "样本率33.3%", "卫生间", "100.0%", "厕所没纸,找我***")
    assert [word for word in words if word not in text] == []
    assert PHONE not in text
    empty = printing.ledger_part(paper, SurveySheet.objects.all(), dt.date(2020, 1, 1), point)
    assert "本月没有有效问卷" in text_of(printing.preview(paper, [empty]))


@pytest.mark.parametrize(("key", "size"), [
    ("survey-poster-a4", (210, 297)), ("survey-poster-a5", (210, 148)), ("loss-poster-a4", (210, 297)),
    ("loss-poster-a5", (210, 148)),
])
def test_a_poster_bears_the_address_in_both_sizes(key, size, code, manager):
    choose("servicedesk.visitor_address", "https://desk.example.cn", manager)
    pdf = pdf_of(key, code)
    assert page_sizes(pdf) == [size]
    assert [word for word in ("东门售票处TEST2345", "https://desk.example.cn/") if word not in text_of(pdf)] == []
