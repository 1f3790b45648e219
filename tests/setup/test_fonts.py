"""The fonts of the papers hold every character that a name or a form may need."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parents[2]
CHINESE_FONTS = ["NotoSerifSC-Regular.ttf", "NotoSansSC-Bold.ttf"]
EUROPEAN_FONTS = ["NotoSerif-Regular.ttf", "NotoSans-Bold.ttf"]
SIGNS = "□☑☒√×●○①②③④⑤⑥⑦⑧⑨⑩→℃¥~·•「」《》“”‘’—…‰№〇㎡ＡＺ０９，。；："


def characters_of(font):
    return {chr(point) for point in TTFont(ROOT / "static" / "fonts" / font).getBestCmap()}


def standard_characters():
    lines = (ROOT / "tests" / "data" / "standard-characters.txt").read_text(encoding="utf-8").splitlines()
    return {character for line in lines if not line.startswith("#") for character in line}


def test_the_list_of_standard_characters_is_whole():
    assert len(standard_characters()) == 8105


@pytest.mark.parametrize("font", CHINESE_FONTS)
def test_every_standard_character_is_in_the_chinese_fonts(font):
    assert standard_characters() - characters_of(font) == set()


@pytest.mark.parametrize("font", CHINESE_FONTS)
def test_rare_names_and_the_signs_of_the_forms_are_in_the_chinese_fonts(font):
    assert set("㛃䶮𬭎喆堃" + SIGNS) - characters_of(font) == set()


@pytest.mark.parametrize("font", EUROPEAN_FONTS)
def test_names_of_foreign_visitors_are_in_the_european_fonts(font):
    assert set("ŠkodaŽižkaŁukaszNguyễnThếĐìnhОльгаΕλένηGülşenØyvind") - characters_of(font) == set()


@pytest.mark.parametrize("font", CHINESE_FONTS)
def test_a_checked_box_is_exactly_as_wide_as_an_empty_one(font):
    opened = TTFont(ROOT / "static" / "fonts" / font)
    widths = {opened["hmtx"][opened.getBestCmap()[ord(box)]][0] for box in "□☑☒"}
    assert len(widths) == 1
