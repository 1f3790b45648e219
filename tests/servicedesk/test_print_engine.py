"""The print engine on a paper of its own: what is read, what is kept, what is stamped, what is refused."""

import base64
import io
import logging
from pathlib import Path

import django
import pikepdf
import pytest
from django.utils import timezone
from PIL import Image

from servicedesk.errors import GlyphMissing
from servicedesk.models import PaperWording, PrintedPaper, ServicePoint
from servicedesk.paper import Paper
from servicedesk.services import printing
from servicedesk.services.printing import engine, pieces, sheets
from servicedesk.services.printing.archival import make_archival, save_archival
from tests.pdf import fonts_of, glyphs_astray, is_qr_of, page_count, page_sizes, pictures_of, text_of

pytestmark = pytest.mark.one_database

PAGE = '<!doctype html><html lang="zh-CN"><body class="roomy">{}</body></html>'


class Thing:
    """A record of no register."""

    def __init__(self, number: str = "TT-20261122-001", words: str = "黑色雨伞", point=None) -> None:
        self.number, self.words, self.service_point = number, words, point


@pytest.fixture
def paper(tmp_path, settings) -> Paper:
    """A form whose template the test itself writes."""
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]
    (tmp_path / "form.html").write_text(
        '{% extends "print/base.html" %}{% load papers %}{% block body %}<table class="row h9"><tr>'
        '<td class="th w18">物品</td><td class="w152">{% fitted words 40 "物品" %}</td></tr></table>{% endblock %}',
        encoding="utf-8",
    )
    return Paper(
        key="test", form_code="KF-0.0", title="试验表", template="form.html", size="a4", model=ServicePoint,
        context=lambda thing: {"words": thing.words if thing else ""}, footnotes=("本表只供试验。",),
    )


@pytest.fixture
def print_it(paper, clerk):
    def act(*things, paper=paper, by=clerk, **press) -> bytes:
        return printing.print_parts(paper, printing.record_parts(paper, things), printing.Press(by=by, **press))

    return act


@pytest.fixture
def renderings(monkeypatch):
    """How often something was really rendered."""
    made, render = [], engine.render

    def counted(html, size):
        made.append(size)
        return render(html, size)

    monkeypatch.setattr(engine, "render", counted)
    return made


# ---- nothing from outside ------------------------------------------------------------------

OUTSIDE = (
    '<img src="file:///etc/passwd">',
    '<img src="http://127.0.0.1:9/a.png">',
    '<img src="https://example.com/a.png">',
    '<style>@import url("http://127.0.0.1:9/a.css");</style>',
    '<link rel="stylesheet" href="file:///etc/hostname">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<div style="background:url(http://127.0.0.1:9/a.png)">x</div>',
    '<style>@font-face{font-family:F;src:url("file:///etc/passwd")} p{font-family:F}</style><p>x</p>',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd" width="9"/></svg>',
    '<img src="data:image/svg+xml;utf8,<svg xmlns=\'http://www.w3.org/2000/svg\'/>">',
    '<object data="file:///etc/passwd"></object>',
    '<embed src="http://127.0.0.1:9/a.pdf">',
    '<ul style="list-style-image:url(//127.0.0.1:9/a.png)"><li>x</li></ul>',
    '<p style="content:url(ftp://127.0.0.1/a)">x</p>',
    f'<img src="{(engine.static_folder() / "img" / "seal.svg").as_uri()}">',
)


@pytest.mark.parametrize("payload", OUTSIDE)
def test_no_address_outside_the_page_is_read(payload, monkeypatch):
    opened = []
    monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda *a, **k: opened.append(a))
    fetcher = engine.engine().fetcher
    before = len(fetcher.refused)
    pdf, _ = engine.render(PAGE.format(payload), "a4")
    assert opened == []
    assert len(fetcher.refused) - before <= 3
    with pikepdf.open(io.BytesIO(pdf)) as book:
        assert len(book.attachments) == 0
    assert b"root:" not in pdf
    assert pictures_of(pdf) == []


def test_a_picture_carried_in_the_page_itself_is_drawn():
    pdf, _ = engine.render(PAGE.format(f'<img src="{sheets.qr_picture("TT-1")}">'), "a4")
    assert [is_qr_of(picture, "TT-1") for picture in pictures_of(pdf)] == [True]


@pytest.mark.parametrize("payload", [*OUTSIDE, "<script>alert(1)</script>", "{{ sheet }}", "{% now 'Y' %}"])
def test_what_a_visitor_says_is_printed_as_it_was_said(payload, paper, print_it):
    before = len(engine.engine().fetcher.refused)
    words = payload[:40]
    assert "".join(words.split()) in text_of(print_it(Thing(words=words)))
    assert len(engine.engine().fetcher.refused) == before


# ---- letters -------------------------------------------------------------------------------


def test_all_fonts_are_embedded_and_copy_out_as_text(print_it):
    pdf = print_it(Thing(words="欧阳·买买提 㛃䶮𬭎 Müller Ž"))
    fonts = fonts_of(pdf)
    assert len(fonts) >= 3
    assert set(fonts.values()) == {(True, True)}
    assert "欧阳·买买提㛃䶮𬭎MüllerŽ" in text_of(pdf)


@pytest.mark.parametrize("character", ["\U0003FFFD", "\U000FFFFD"])
def test_a_character_without_a_font_is_told_in_one_sentence_and_nothing_is_printed(character, print_it):
    with pytest.raises(GlyphMissing) as refusal:
        print_it(Thing(words=f"张{character}"))
    assert refusal.value.sentence == (
        f"字符“{character}”没有可用的字体,打印会缺字。请改用其他写法,或请系统管理员安装字体。"
    )
    assert PrintedPaper.objects.count() == 0


def test_a_character_without_a_font_is_drawn_as_a_box_that_is_there():
    pdf, missing = engine.render(PAGE.format("张\U0003FFFD\ue000三"), "a4")
    assert missing == "\U0003FFFD\ue000"
    assert "张□□三" in text_of(pdf)
    assert glyphs_astray(pdf) == set()


def test_a_separator_of_pasted_text_is_a_space_and_nobody_is_told():
    pdf, missing = engine.render(PAGE.format("张\u2028三\x85丰"), "a4")
    assert missing == ""
    assert "张三丰" in text_of(pdf)
    assert glyphs_astray(pdf) == set()


def test_an_archival_pdf_smooths_no_picture_nor_its_mask_and_prints_its_links(tmp_path):
    flat, clear = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(flat, "PNG")
    Image.new("RGBA", (9, 9), (255, 0, 0, 80)).save(clear, "PNG")
    pictures = "".join(
        f'<img src="data:image/png;base64,{base64.b64encode(each.getvalue()).decode()}">' for each in (flat, clear)
    )
    pdf, _ = engine.render(PAGE.format(f'{pictures}<a href="https://example.com/">网址</a>'), "a4")
    with pikepdf.open(io.BytesIO(pdf)) as book:
        make_archival(book, "试验", timezone.now())
        save_archival(book, tmp_path / "archival.pdf")
    with pikepdf.open(tmp_path / "archival.pdf") as book:
        drawn = [each for each in book.objects if isinstance(each, pikepdf.Stream) and "/Interpolate" in each]
        assert len(drawn) == 3
        assert not [each for each in drawn if each.Interpolate]
        assert [int(note.F) for page in book.pages for note in page.Annots] == [4]


def test_a_kept_piece_still_knows_which_characters_it_could_not_show(paper, print_it):
    for _ in range(2):
        with pytest.raises(GlyphMissing):
            print_it(Thing(words="张\U0003FFFD"))


def test_setting_up_the_program_again_leaves_the_engine_its_ears(print_it):
    django.setup()
    with pytest.raises(GlyphMissing):
        print_it(Thing(words="张\U0003FFFD"))


def test_the_standard_name_characters_all_have_a_font(paper):
    characters = "".join((Path(__file__).parents[1] / "data" / "standard-characters.txt").read_text("utf-8").split())
    assert len(characters) >= 8105
    _, missing = engine.render(PAGE.format(f"<p>{characters}</p>"), "a4")
    assert missing == ""


# ---- kept pieces ---------------------------------------------------------------------------


def test_an_unchanged_paper_is_not_rendered_again(print_it, renderings):
    first, second = print_it(Thing()), print_it(Thing())
    assert renderings == ["a4"]
    assert text_of(first).partition("打印时间")[0] == text_of(second).partition("打印时间")[0]


def test_a_look_at_the_paper_and_its_print_share_one_rendering(paper, print_it, clerk, renderings):
    printing.preview(paper, printing.record_parts(paper, [Thing()]), by=clerk)
    print_it(Thing(), copies=3)
    assert renderings == ["a4"]


def test_a_changed_record_is_rendered_anew(print_it, renderings):
    print_it(Thing(words="黑色雨伞"))
    assert "红色雨伞" in text_of(print_it(Thing(words="红色雨伞")))
    assert renderings == ["a4", "a4"]


def test_a_changed_wording_is_rendered_anew(print_it, renderings):
    print_it(Thing())
    PaperWording.objects.create(paper="test", title="改名的表", form_version="B/1")
    pdf = print_it(Thing())
    assert renderings == ["a4", "a4"]
    assert "改名的表" in text_of(pdf)
    assert "版本B/1" in text_of(pdf)


def test_a_changed_style_sheet_is_rendered_anew(print_it, renderings, monkeypatch):
    print_it(Thing())
    monkeypatch.setattr(pieces, "_style_mark", lambda: "another look")
    print_it(Thing())
    assert renderings == ["a4", "a4"]


def test_kept_pieces_are_sealed_and_their_names_say_nothing(print_it, settings):
    print_it(Thing(number="TT-20261122-009", words="身份证 11010519491231002X"))
    kept = list((settings.DESK_DATA / "papers").glob("*.piece"))
    assert len(kept) == 1
    assert b"%PDF" not in kept[0].read_bytes()
    assert "TT" not in kept[0].name
    assert kept[0].stat().st_mode & 0o077 == 0


def test_a_damaged_piece_is_rendered_again(print_it, settings, renderings):
    print_it(Thing())
    next((settings.DESK_DATA / "papers").glob("*.piece")).write_bytes(b"torn")
    assert page_count(print_it(Thing())) == 1
    assert renderings == ["a4", "a4"]


def test_forgetting_leaves_no_piece_behind(print_it, settings):
    print_it(Thing())
    assert printing.forget_pieces() >= 1
    assert list((settings.DESK_DATA / "papers").iterdir()) == []


def test_a_full_disk_costs_the_keeping_only(print_it, monkeypatch, settings, caplog):
    def full(*_args, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pieces.os, "open", full)
    with caplog.at_level(logging.WARNING):
        assert page_count(print_it(Thing())) == 1
    assert list((settings.DESK_DATA / "papers").glob("*.piece")) == []


# ---- what is stamped -----------------------------------------------------------------------


def test_the_footer_says_when_by_whom_and_which_page(print_it, clerk):
    text = text_of(print_it(Thing()))
    assert f"打印人{clerk.name}" in text
    assert "打印时间20" in text
    assert "第1页共1页" in text
    assert "补打" not in text


def test_a_reprint_counts_the_earlier_presses(print_it):
    thing = Thing()
    print_it(thing)
    assert "补打第1次" in text_of(print_it(thing))
    assert "补打第2次" in text_of(print_it(thing))
    assert "补打" not in text_of(print_it(Thing(number="TT-20261122-002")))


def test_a_look_leaves_no_trace_and_says_it_proves_nothing(paper, clerk):
    pdf = printing.preview(paper, printing.record_parts(paper, [Thing()]), by=clerk)
    assert "预览,不作凭证" in text_of(pdf)
    assert PrintedPaper.objects.count() == 0


def test_each_press_is_recorded_with_the_mark_of_what_was_printed(print_it, clerk, point):
    thing = Thing(point=point)
    print_it(thing, copies=2)
    print_it(thing)
    later, first = PrintedPaper.objects.all()
    assert (first.number, first.by, first.copies, first.service_point) == (thing.number, clerk, 2, point)
    assert first.sha256 == later.sha256
    assert len(first.sha256) == 64
    print_it(Thing(words="别的", point=point))
    assert PrintedPaper.objects.first().sha256 != first.sha256


def test_the_code_on_the_sheet_is_that_of_its_number(print_it):
    pictures = pictures_of(print_it(Thing(number="TT-20261122-007")))
    assert pictures
    assert all(is_qr_of(picture, "TT-20261122-007") for picture in pictures)


def test_copies_bear_their_labels_in_turn(paper, clerk):
    two = Paper(**{**vars(paper), "copies": ("①存根联", "②财务联")})
    pdf = printing.print_parts(two, printing.record_parts(two, [Thing()]), printing.Press(by=clerk, copies=2))
    assert page_count(pdf) == 4
    labels = ["①存根联" in text_of(pdf, page) for page in (1, 2, 3, 4)]
    assert labels == [True, False, True, False]
    assert "②财务联" in text_of(pdf, 2)
    assert "第1页共1页" in text_of(pdf, 2)


def test_several_records_come_in_one_document_each_with_its_own_pages(print_it):
    pdf = print_it(Thing("TT-1", "甲" * 20), Thing("TT-2", "乙" * 4000), Thing("TT-3", "丙"))
    assert page_count(pdf) >= 4
    assert "编号:TT-1" in text_of(pdf, 1)
    assert "第1页共1页" in text_of(pdf, 1)
    assert f"第2页共{page_count(pdf) - 2}页" in text_of(pdf, 3)
    assert "编号:TT-3" in text_of(pdf, page_count(pdf))


def test_a_long_text_goes_on_upon_a_further_page_with_the_same_heading(print_it):
    words = "长" * 9_990 + "此处为尾"
    pdf = print_it(Thing(words=words))
    assert page_count(pdf) > 1
    for page in range(1, page_count(pdf) + 1):
        assert "试验表" in text_of(pdf, page)
        assert "编号:TT-20261122-001" in text_of(pdf, page)
    assert "全文见续页1" in text_of(pdf, 1)
    assert "此处为尾" in text_of(pdf, page_count(pdf))
    assert text_of(pdf).count("长") >= 9_990


def test_blank_sheets_are_numbered_when_asked_and_bear_no_code(paper, clerk):
    part = printing.blank_part(paper, 3, is_numbered=True)
    pdf = printing.print_parts(paper, [part], printing.Press(by=clerk))
    assert page_count(pdf) == 3
    assert "(空白表第03张)" in text_of(pdf, 3)
    assert "空白表·打印时间" in text_of(pdf, 1)
    assert pictures_of(pdf) == []
    assert PrintedPaper.objects.get().copies == 3
    assert PrintedPaper.objects.get().is_blank


@pytest.mark.parametrize(("size", "page"), [
    ("a4", (210, 297)), ("a4-landscape", (297, 210)), ("a5-landscape", (210, 148)), ("label", (80, 50)),
    ("label-sheet", (210, 297)),
])
def test_the_page_has_the_size_of_its_paper(size, page, paper, clerk):
    sized = Paper(**{**vars(paper), "size": size})
    assert page_sizes(printing.preview(sized, [printing.blank_part(sized)], by=clerk)) == [page]


# ---- ledgers in pieces ---------------------------------------------------------------------


def test_a_long_ledger_is_put_together_from_pieces_that_are_kept(paper, tmp_path, renderings, point):
    (tmp_path / "ledger.html").write_text(
        '{% extends "print/landscape.html" %}{% block body %}<table class="rows ledger"><tbody>'
        "{% for row in ledger.rows %}<tr><td>{{ row }}</td></tr>{% endfor %}"
        '{% if ledger.is_last %}<tr class="totals"><td>共{{ ledger.all_rows|length }}行</td></tr>{% endif %}'
        "</tbody></table>{% endblock %}", encoding="utf-8",
    )
    rows = [f"第{n}号" for n in range(1, 101)]
    ledger = Paper(**{
        **vars(paper), "template": "ledger.html", "size": "a4-landscape", "rows_per_page": 2,
        "context": lambda found: {"ledger": found}, "month_rows": lambda _all, _month: rows,
    })
    month = printing.Press().moment.date().replace(day=1)
    part = printing.ledger_part(ledger, ServicePoint.objects.all(), month, point)
    pdf = printing.preview(ledger, [part])
    assert renderings == ["a4-landscape"] * 2
    assert "第100号" in text_of(pdf)
    assert text_of(pdf).count("共100行") == 1
    assert f"第1页共{page_count(pdf)}页" in text_of(pdf, 1)
    rows[99] = "改了"
    printing.ledger_part(ledger, ServicePoint.objects.all(), month, point)
    assert len(renderings) == 3  # the first fifty rows lie there as they were


# ---- one page ------------------------------------------------------------------------------


@pytest.mark.parametrize(("rows", "pages", "layouts"), [(20, 1, 1), (28, 1, 3), (40, 2, 3), (90, 4, 1)])
def test_a_form_that_runs_a_little_over_is_drawn_closer(rows, pages, layouts, paper, monkeypatch, db):
    drawn, lay_out = [], engine.Engine._laid_out
    monkeypatch.setattr(engine.Engine, "_laid_out", lambda *page: drawn.append(page) or lay_out(*page))
    row = '<table class="row h9"><tr><td>行</td></tr></table>'
    pdf, _ = engine.render(sheets.sheet_html(paper, Thing()).replace("</header>", "</header>" + row * rows, 1), "a4")
    assert (page_count(pdf), len(drawn)) == (pages, layouts)
