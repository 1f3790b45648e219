"""Names agree to the character, or they do not; what differs is said and shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lostfound.services.names import Comparison, difference, normal_name, same_name

NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30)
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4)
DOTS = ("·", "•", "‧", "∙", "⋅", "・", "・", ".", ".")


def pair(above: str, below: str) -> Comparison:
    return Comparison(above_label="认领人", above=above, below_label="证件", below=below)


@pytest.mark.parametrize(("left", "right"), [
    ("杨明静", "杨明静"), (" 杨明静 ", "杨明静"), ("欧阳•买买提", "欧阳·买买提"), ("欧阳.买买提", "欧阳・买买提"),
    ("JOHN", "JOHN"), ("㛃䶮𬭎", "㛃䶮𬭎"), ("é", "é"), ("更", "更"),
])
def test_names_agree_after_unicode_trim_and_one_dot(left, right):
    assert same_name(left, right) is True


@pytest.mark.parametrize(("left", "right"), [
    ("杨明静", "杨民敬"), ("杨明静", "杨明"), ("张伟", "张 伟"), ("JOHN", "John"), ("欧阳·买买提", "欧阳买买提"),
    ("国", "國"), ("", ""), ("   ", "   "), ("张伟", ""),
])
def test_nothing_else_is_forgiven(left, right):
    assert same_name(left, right) is False


@pytest.mark.parametrize(("left", "right", "words"), [
    ("杨明静", "杨民敬", "同音不同字"), ("单田芳", "善田芳", "同音不同字"), ("杨明静", "杨明", "字数不同"),
    ("JOHN SMITH", "John Smith", "大小写不同"), ("张伟", "张 伟", "空格不同"), ("阿·买", "阿买", "间隔点不同"),
    ("张伟国", "张国伟", "字的次序不同"), ("王芳", "李娜", "不一致"),
])
def test_the_kind_of_difference_is_said(left, right, words):
    assert difference(left, right) == words


def test_the_sentence_names_both_and_says_same_sound_other_character():
    assert pair("杨明静", "杨民敬").sentence == "‘杨明静’与证件‘杨民敬’同音不同字"
    assert pair("杨明静", "杨明静").sentence == "‘杨明静’与证件‘杨明静’逐字一致"


def test_letters_stand_above_each_other_and_the_shorter_name_leaves_blanks():
    letters = pair("杨明静", "杨民").letters
    assert [(one.above, one.below, one.agrees) for one in letters] == [
        ("杨", "杨", True), ("明", "民", False), ("静", "", False),
    ]


def test_a_character_beyond_the_basic_plane_is_one_column():
    assert [one.above for one in pair("㛃䶮𬭎", "㛃䶮𬭎").letters] == ["㛃", "䶮", "𬭎"]


@given(NAMES)
def test_a_name_agrees_with_itself_however_it_is_encoded(name):
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert same_name(name, unicodedata.normalize(form, name)) is bool(normal_name(name))


@given(NAMES)
def test_the_normal_form_is_final(name):
    assert normal_name(normal_name(name)) == normal_name(name)


@given(HAN, HAN, st.sampled_from(DOTS), st.sampled_from(DOTS))
def test_every_dot_is_the_same_dot(first, second, one, other):
    assert same_name(f"{first}{one}{second}", f" {first}{other}{second}") is True


@given(NAMES, NAMES)
def test_agreement_is_mutual_and_means_equal_letters(left, right):
    found = pair(left, right)
    assert same_name(left, right) is same_name(right, left)
    if found.agrees:
        assert all(letter.agrees for letter in found.letters)
        assert found.difference == ""
    else:
        assert found.difference != ""


@given(HAN, st.integers(0, 3), st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5))
def test_one_other_character_never_passes(name, place, other):
    at = place % len(name)
    changed = name[:at] + other + name[at + 1:]
    assert same_name(name, changed) is (name[at] == other)
