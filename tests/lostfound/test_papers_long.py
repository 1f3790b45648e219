"""Papers of records that are long, rare, foreign or absurd: nothing is clipped, nothing is lost."""

import pytest

from lostfound.choices import ContactOutcome, IntakeKind
from lostfound.services.claims import open_claim
from lostfound.services.contacts import record_contact
from lostfound.services.item_facts import ContentFacts
from servicedesk.errors import GlyphMissing
from servicedesk.models import PaperWording
from servicedesk.paper import paper_by_key
from servicedesk.services import printing
from tests.pdf import page_count, text_of

pytestmark = pytest.mark.one_database

FOREIGN = ("Wolfeschlegelsteinhausenbergerdorff-Ångström d’Économie Þórðarson Žižek Nguyễn " * 2)[:100]
NAMES = ("㛃䶮𬭎", "欧阳·买买提", FOREIGN.strip(), "买买提·吐尔逊江·阿卜杜热合曼")


def printed(key: str, *records) -> bytes:
    paper = paper_by_key(key)
    return printing.preview(paper, printing.record_parts(paper, records))


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_a_rare_or_long_name_is_printed_whole_and_copies_out(name, register, facts, clerk):
    item = register(finder_name=name)
    claim = open_claim(item, facts(claimant_name=name), by=clerk)
    text = text_of(printed("3.3", claim.item))
    assert text.count(bare(name)) >= 3  # finder, signature, claimant


@pytest.mark.parametrize("key", ["3.3", "3.6"])
def test_ten_thousand_characters_go_on_upon_numbered_pages_with_the_same_heading(key, register, lost_report):
    record = register() if key == "3.3" else lost_report
    record.features = "伞" * 9_994 + "最后六个字"
    pdf = printed(key, record)
    pages = page_count(pdf)
    assert pages > 3
    assert text_of(pdf).count("伞") >= 9_994
    assert "最后六个字" in text_of(pdf, pages)
    assert "全文见续页1" in text_of(pdf, 1)
    for page in range(1, pages + 1):
        assert f"编号:{record.number}" in text_of(pdf, page)
        assert f"第{page}页共{pages}页" in text_of(pdf, page)


def test_the_form_itself_keeps_to_its_first_page_whatever_goes_on_behind_it(register):
    item = register()
    item.features = "长" * 3_000
    first = text_of(printed("3.3", item), 1)
    assert "游客留言" in first
    assert "领取条件" in first


def test_many_contents_stand_on_a_further_table(register):
    inside = tuple(ContentFacts(thing=f"物件{n:02d}", look="红色", features=f"记号{n:02d}") for n in range(1, 41))
    pdf = printed("3.3", register(contents=inside))
    text = text_of(pdf)
    assert "其余39项列于续页“物品续表”" in text_of(pdf, 1)
    assert [n for n in range(1, 41) if f"物件{n:02d}" not in text or f"记号{n:02d}" not in text] == []
    assert "物品续表" in text_of(pdf, 2)


def test_three_things_fit_the_form_and_need_no_further_page(register):
    pdf = printed("3.3", register(contents=(ContentFacts(thing="口红"), ContentFacts(thing="镜子"))))
    assert page_count(pdf) == 1
    assert "续页" not in text_of(pdf)


def test_more_contacts_than_the_form_has_rows_stand_on_a_further_table(lost_report, clerk):
    for order in range(1, 13):
        record_contact(by=clerk, report=lost_report, outcome=ContactOutcome.NO_ANSWER, note=f"第{order:02d}次")
    pdf = printed("3.6", lost_report)
    assert [n for n in range(1, 13) if f"第{n:02d}次" not in text_of(pdf)] == []
    assert "跟进续表" in text_of(pdf, 2)


def test_the_longest_words_in_every_cell_leave_the_form_readable(register, guard, zone):
    guard.name, guard.staff_no = FOREIGN.strip(), "2" * 12
    guard.save()
    item = register(
        intake_kind=IntakeKind.STAFF, finder=guard, thing="物" * 60, brand="牌" * 60, colour="色" * 30, spec="格" * 60,
        features="特" * 200, place_detail="处" * 100, unit="个" * 6, quantity=100_000,
    )
    pdf = printed("3.4", item)
    text = text_of(pdf)
    for letter, count in (("牌", 60), ("色", 30), ("格", 60), ("特", 200)):
        assert text.count(letter) >= count, letter
    assert "处" * 100 in text
    assert bare(FOREIGN) in text
    assert text.count("撕线") == 1


def test_a_character_without_a_font_stops_the_print_in_one_sentence(register):
    paper, item = paper_by_key("3.3"), register(finder_name="张\U0003FFFD")
    with pytest.raises(GlyphMissing) as refusal:
        printing.print_parts(paper, printing.record_parts(paper, [item]), printing.Press())
    assert "\U0003FFFD" in refusal.value.sentence
    assert "请改用其他写法" in refusal.value.sentence


def test_a_reprint_of_an_unchanged_find_is_not_rendered_and_a_changed_one_is(register, monkeypatch):
    item, rendered = register(), []
    render = printing.pieces.engine.render
    monkeypatch.setattr(printing.pieces.engine, "render", lambda *page: rendered.append(page) or render(*page))
    printed("3.3", item)
    printed("3.3", item)
    assert len(rendered) == 1
    item.seal_number = "F-900"
    assert "F-900" in text_of(printed("3.3", item))
    assert len(rendered) == 2


def test_the_desks_own_words_stand_on_its_papers(register):
    PaperWording.objects.create(
        paper="3.3", title="拾得物登记单", form_code="QJ-09", form_version="C/2",
        footnotes="领取须带证件。\n\n保管三十天。", signature_labels={"finder": "拾得者"},
    )
    text = text_of(printed("3.3", register()))
    for words in ("拾得物登记单", "QJ-09", "版本C/2", "1.领取须带证件。", "2.保管三十天。", "拾得者:"):
        assert words in text
