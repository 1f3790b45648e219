"""The binder of a month: every page there, in its order, found by bookmark and number, fit for the archive."""

import datetime as dt
import io

import pikepdf
import pytest

from lostfound.services.items import edit_found_item
from reports.choices import FileKind
from reports.errors.archives import PaperLost
from reports.models import MonthArchive
from reports.papers.archives import COVER, SIGNATURES, archive_context
from reports.services import binder, store
from reports.services.archiving import archive_month, next_order
from reports.services.chapters import bound_papers, chapters, draw_ahead
from reports.services.contentspages import PER_PAGE, Line, contents_marks, pages_for
from servicedesk.services.closedmonths import correcting
from servicedesk.services.printing import blank_part, engine, preview
from servicedesk.services.printing.hands import WORTH_A_HELPER, hands
from servicedesk.services.printing.pieces import kept
from servicedesk.services.printing.sheets import sheet_html
from servicedesk.services.transitions import amend
from tests.pdf import fonts_of, glyphs_astray, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def bound(archive: MonthArchive) -> bytes:
    return b"".join(store.read(archive.files.get(kind=FileKind.BINDER)))


def bookmarks(pdf: bytes) -> dict[str, list[str]]:
    with pikepdf.open(io.BytesIO(pdf)) as book, book.open_outline() as outline:
        return {item.title: [child.title for child in item.children] for item in outline.root}


def test_every_paper_is_there_with_bookmark_contents_and_page_number(archived, day, find, case):
    pdf = bound(archived)
    assert bookmarks(pdf) == {
        "月度归档封面": [], "目录": [], "归档说明": [], "值班日": [f"{day.number} 客服岗位值班记录表"],
        "拾物": [f"{find.number} 游客拾物登记、认领表", f"{find.number} 游客拾到物品回执"],
        "投诉": [f"{case.number} 游客投诉登记表"], "归档签字页": [],
    }
    pages = archived.facts["pages"]
    with pikepdf.open(io.BytesIO(pdf)) as book:
        assert len(book.pages) == pages
    contents, last = text_of(pdf, 2), text_of(pdf, pages)
    assert f"{case.number}游客投诉登记表" in contents
    assert f"装订第{pages}页共{pages}页" in last
    assert "部门经理" in last


def test_the_cover_counts_and_the_notes_say_what_is_missing(archived):
    pdf = bound(archived)
    cover, notes = text_of(pdf, 1), text_of(pdf, 3)
    assert "2026年10月" in cover
    assert "第1版" in cover
    assert f"{archived.gap_count}项/0处" in cover
    assert "10月1日周四主服务中心没有值班表" in notes


def test_it_is_fit_for_the_archive(archived):
    pdf = bound(archived)
    assert glyphs_astray(pdf) == set()
    assert all(embedded and copies for embedded, copies in fonts_of(pdf).values())
    with pikepdf.open(io.BytesIO(pdf)) as book:
        with book.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "B")
            assert meta["dc:title"] == str(book.docinfo["/Title"]) == "月度归档 2026-10 第 1 版"
        intent = book.Root.OutputIntents[0]
        assert intent.DestOutputProfile.N == 3
        assert book.trailer.ID
        assert not {"/AA", "/OpenAction", "/AcroForm", "/Names"} & set(book.Root.keys())
        pictures = [each for page in book.pages for each in page.get_images().values()]
        assert pictures
        assert not [each for each in pictures if each.get("/Interpolate")]
        assert not book.is_encrypted


def test_a_character_without_a_font_is_a_box_that_the_notes_and_the_cover_count(october, find, clerk, manager):
    amend(find, by=clerk, features="刻字\U0003FFFD\ue000")
    archive = archive_month(next_order(october, by=manager))
    pdf = bound(archive)
    assert glyphs_astray(pdf) == set()
    assert "刻字□□" in text_of(pdf)
    assert f"{archive.gap_count}项/0处" in text_of(pdf, 1)
    assert "字符□(U+E000)、□(U+3FFFD)没有可用的字体" in text_of(pdf, 3)
    assert archive.facts["gaps"][-1]["lines"] == [
        "字符 \ue000(U+E000)、\U0003FFFD(U+3FFFD) 没有可用的字体,装订册里显示为方框",
    ]


def test_a_form_that_was_kept_is_not_drawn_again(own_papers, archived, october, manager, monkeypatch, clock):  # noqa: ARG001
    drawn = []
    monkeypatch.setattr(engine, "render", _noting(engine.render, drawn))
    clock.shift(dt.timedelta(minutes=1))
    archive_month(next_order(october, by=manager, reason="再印"))
    # Cover, notes and signature page bear the version.
    assert len(drawn) == 3


def test_a_record_that_was_changed_is_drawn_anew(
    own_papers, archived, october, find, find_facts, clerk, manager, monkeypatch,  # noqa: ARG001
):
    with correcting("颜色写错了"):
        edit_found_item(find, find_facts(colour="蓝色"), by=clerk, version=find.version)
    drawn = []
    monkeypatch.setattr(engine, "render", _noting(engine.render, drawn))
    second = archive_month(next_order(october, by=manager, reason="更正一处"))
    # The sheet and the receipt of the find, and the three pages that bear the version; the line is the day's.
    assert len(drawn) in {5, 6}
    assert bookmarks(bound(second))["拾物"][0] == f"{find.number} 游客拾物登记、认领表〔更正〕"
    assert "颜色:黑色→蓝色" in text_of(bound(second))


def _noting(render, drawn: list):
    def noted(html, size):
        drawn.append(size)
        return render(html, size)

    return noted


def test_a_sheet_that_was_thrown_away_meanwhile_stops_the_binding(october, manager, monkeypatch):
    monkeypatch.setattr(binder, "kept", lambda key: None)
    with pytest.raises(PaperLost):
        archive_month(next_order(october, by=manager))
    assert not MonthArchive.objects.exists()


def test_many_sheets_are_drawn_by_two_hands(settings, tmp_path, db):
    settings.DESK_DATA = tmp_path / "other"
    (settings.DESK_DATA / "papers").mkdir(parents=True)
    page = "<!doctype html><html lang='zh-CN'><body>第{}张</body></html>"
    with hands() as both:
        keys = [both.draw_once(page.format(n), "a4") for n in range(WORTH_A_HELPER + 2)]
        assert both.helper is not None
    assert all("第" in text_of(kept(key).pdf) for key in keys)


def test_a_helper_that_dies_loses_nothing(settings, tmp_path, db, caplog):
    settings.DESK_DATA = tmp_path / "other"
    (settings.DESK_DATA / "papers").mkdir(parents=True)
    page = "<!doctype html><html lang='zh-CN'><body>第{}张</body></html>"
    with hands() as both:
        keys = [both.draw_once(page.format(n), "a4") for n in range(WORTH_A_HELPER)]
        both.helper.kill()
        both.helper.wait()
        keys += [both.draw_once(page.format(n), "a4") for n in range(50, 53)]
    assert both.helper is None
    assert all(kept(key) for key in keys)


def test_finished_records_are_drawn_ahead(october, find, clerk, case, monkeypatch):
    drawn = []
    monkeypatch.setattr(engine, "render", _noting(engine.render, drawn))
    assert draw_ahead(october) == 0
    find.features, find.state = "只在这里", "returned"
    find.save()
    assert draw_ahead(october) == 2
    assert draw_ahead(october) == 0


def test_no_labels_are_bound():
    bound_keys = {paper.key for chapter in chapters() for paper in bound_papers(chapter.register)}
    assert "3.10" not in bound_keys
    assert {"3.1", "3.3", "3.6", "3.11", "3.12", "3.15"} <= bound_keys


def test_contents_of_a_thousand_papers_take_their_pages():
    lines = [Line(f"YG-20261001-{n:03d} 员工拾物登记、认领表", n) for n in range(1000)]
    pages = contents_marks(lines)
    assert len(pages) == pages_for(1000) == -(-1000 // PER_PAGE)
    written = [mark.text for page in pages for mark in page]
    assert all(f"YG-20261001-{n:03d} 员工拾物登记、认领表" in written for n in range(1000))
    assert min(mark.y for page in pages for mark in page) > 15


@pytest.mark.parametrize("paper", [COVER, SIGNATURES])
def test_cover_and_signature_page_have_blanks(db, paper):
    text = text_of(preview(paper, [blank_part(paper)]))
    assert paper.title in text
    assert archive_context(None)["facts"] is None


def test_a_stored_archive_prints_its_cover(archived):
    assert "GD-2026-10-1" in sheet_html(COVER, archived)
