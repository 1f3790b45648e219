"""`manage.py print_form`: filled, blank, several numbers, a month, and what it says no to."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lostfound.choices import IntakeKind, ItemState
from lostfound.models import FoundItem, ItemCategory, LostReport
from servicedesk.models import PrintedPaper
from tests.pdf import page_count, text_of

pytestmark = pytest.mark.one_database


@pytest.fixture
def finds(point, zone, clerk):
    """Two visitors' finds."""
    return [
        FoundItem.objects.create(
            number=f"SW-20261122-00{n}", service_point=point, created_at=timezone.now(), created_by=clerk, zone=zone,
            intake_kind=IntakeKind.VISITOR, state=ItemState.IN_CUSTODY, thing="雨伞", found_at=timezone.now(),
            category=ItemCategory.objects.get(code="12"), finder_name="张三", holder=clerk,
        )
        for n in (1, 2)
    ]


@pytest.fixture
def run(tmp_path, capsys):
    """The PDF that the command wrote."""

    def act(*arguments: str, **options) -> bytes:
        out = tmp_path / "out.pdf"
        call_command("print_form", *arguments, out=str(out), **options)
        assert str(out) in capsys.readouterr().out
        return out.read_bytes()

    return act


def test_a_number_prints_the_filled_form_and_is_recorded(run, finds):
    pdf = run("3.3", finds[0].number)
    assert page_count(pdf) == 1
    assert f"编号:{finds[0].number}" in text_of(pdf)
    record = PrintedPaper.objects.get()
    assert (record.paper, record.number, record.by, record.is_blank) == ("3.3", finds[0].number, None, False)


def test_no_number_prints_the_blank_form(run, db):
    text = text_of(run("3.3"))
    assert "游客拾物登记表(上联)" in text
    assert "空白表·打印时间" in text
    assert PrintedPaper.objects.get().is_blank


def test_blank_forms_come_in_number_and_numbered(run, db):
    pdf = run("3.5", copies=3, numbered=True)
    assert page_count(pdf) == 3
    assert "(空白表第02张)" in text_of(pdf, 2)


def test_several_numbers_come_in_one_document(run, finds):
    pdf = run("3.3", *(find.number for find in finds))
    assert page_count(pdf) == 2
    assert [f"编号:{find.number}" in text_of(pdf, page) for page, find in enumerate(finds, start=1)] == [True, True]
    assert PrintedPaper.objects.count() == 2


def test_labels_of_several_numbers_share_a_sheet(run, finds):
    pdf = run("3.10-sheet", *(find.number for find in finds))
    assert page_count(pdf) == 1
    assert all(find.number in text_of(pdf) for find in finds)


def test_copies_are_counted(run, finds):
    assert page_count(run("3.3", finds[0].number, copies=2)) == 2
    assert PrintedPaper.objects.get().copies == 2


def test_a_month_prints_the_ledger(run, clerk, point):
    now = timezone.make_aware(dt.datetime(2026, 11, 3, 10))
    LostReport.objects.create(
        number="SS-20261103-001", service_point=point, created_at=now, created_by=clerk, owner_name="杨明静",
        phone="13800001234", lost_from=now, lost_to=now, category=ItemCategory.objects.get(code="12"), thing="雨伞",
        expires_on=now.date(),
    )
    text = text_of(run("3.7", month="2026-11"))
    assert "2026年11月" in text
    assert "SS-20261103-001" in text
    assert "138****1234" in text
    assert "SS-20261103-001" not in text_of(run("3.7", month="2026-10"))


@pytest.mark.parametrize(("arguments", "options", "sentence"), [
    (("9.9",), {}, "没有“9.9”这种表单。"),
    (("3.3", "SW-20261122-999"), {}, "没有编号 SW-20261122-999。"),
    (("3.4", "SW-20261122-001"), {}, "SW-20261122-001 不用员工拾物登记、认领表。"),
    (("3.3",), {"copies": 0}, "份数须在 1 到 100 之间。"),
    (("3.7",), {"month": "2026-13"}, "月份请写成 2026-11。"),
    (("booklet",), {}, "员工现场拾物空白本没有空白表,请给出编号。"),
])
def test_what_cannot_be_printed_is_said_in_one_sentence_and_no_file_is_written(
    arguments, options, sentence, finds, tmp_path
):
    out = tmp_path / "out.pdf"
    with pytest.raises(CommandError) as refusal:
        call_command("print_form", *arguments, out=str(out), **options)
    assert str(refusal.value) == sentence
    assert not out.exists()
    assert PrintedPaper.objects.count() == 0


def test_a_character_without_a_font_is_said_in_one_sentence(finds, tmp_path):
    FoundItem.objects.filter(pk=finds[0].pk).update(finder_name="张\U0003FFFD")
    with pytest.raises(CommandError, match="没有可用的字体"):
        call_command("print_form", "3.3", finds[0].number, out=str(tmp_path / "out.pdf"))
