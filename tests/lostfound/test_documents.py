"""Documents: allowed, original, valid; a number only warns."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lostfound.choices import NEVER_ALLOWED_DOCUMENTS, DocumentForm, DocumentKind
from lostfound.errors.claims import (
    DocumentExpired,
    DocumentIncomplete,
    DocumentKindRefused,
    DocumentNotOriginal,
    DocumentOfWork,
)
from lostfound.services.documents import (
    Document,
    age,
    allowed_documents,
    birth_date,
    check_digit,
    doubts,
    require_acceptable,
)
from servicedesk.errors import NotInRange
from servicedesk.services.preferences import choose

TODAY = dt.date(2026, 11, 22)
GOOD = "11010519491231002X"


def a_card(**more) -> Document:
    return Document(**{
        "kind": DocumentKind.ID_CARD, "form": DocumentForm.ORIGINAL, "name": "杨明静", "number": GOOD, **more,
    })


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind for kind in DocumentKind.values if kind not in NEVER_ALLOWED_DOCUMENTS])
def test_every_allowed_document_is_taken_in_its_original(kind):
    assert require_acceptable(a_card(kind=kind), whose="认领人", on=TODAY) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("more", "refusal", "words"), [
    ({"kind": "work_pass"}, DocumentOfWork, "工作证不能单独作为认领凭证"),
    ({"kind": "business_card"}, DocumentOfWork, "名片不能单独作为认领凭证"),
    ({"form": DocumentForm.PHOTOCOPY}, DocumentNotOriginal, "复印件、照片或截图不能用于认领"),
    ({"form": DocumentForm.PICTURE}, DocumentNotOriginal, "请认领人出示居民身份证原件"),
    ({"form": ""}, DocumentNotOriginal, "原件"),
    ({"expires_on": TODAY - dt.timedelta(days=1)}, DocumentExpired, "已于2026年11月21日过期"),
    ({"name": " "}, DocumentIncomplete, "请填写认领人的证件类型"),
    ({"number": ""}, DocumentIncomplete, "号码"),
    ({"kind": ""}, DocumentIncomplete, "证件类型"),
])
def test_what_proves_nothing_is_refused_in_a_sentence(more, refusal, words):
    with pytest.raises(refusal) as refused:
        require_acceptable(a_card(**more), whose="认领人", on=TODAY)
    assert words in refused.value.sentence


@pytest.mark.django_db
def test_a_document_is_good_on_its_last_day():
    assert require_acceptable(a_card(expires_on=TODAY), whose="认领人", on=TODAY) is None


def test_the_manager_may_take_a_kind_off_the_list_but_never_put_a_work_pass_on_it(manager):
    with pytest.raises(NotInRange):
        choose("lostfound.documents", ["passport", "work_pass"], by=manager)
    choose("lostfound.documents", ["passport"], by=manager)
    assert allowed_documents() == [("passport", "护照")]
    with pytest.raises(DocumentKindRefused) as refused:
        require_acceptable(a_card(), whose="认领人", on=TODAY)
    assert refused.value.sentence == "本处认领不接受“居民身份证”。可用证件:护照。"
    with pytest.raises(DocumentOfWork):
        require_acceptable(a_card(kind="work_pass"), whose="认领人", on=TODAY)


def numbered(first_seventeen: str) -> str:
    return first_seventeen + check_digit(first_seventeen)


@pytest.mark.parametrize("number", [
    GOOD, GOOD.lower(), "1101 0519 4912 3100 2X", numbered("81000019900307123"), numbered("82000019900307123"),
    numbered("83000019900307123"), numbered("51021319650101001"), numbered("99999919500101001"),
])
def test_real_numbers_raise_no_doubt_old_county_codes_and_residence_cards_included(number):
    assert doubts(DocumentKind.ID_CARD, number, on=TODAY) == []


@pytest.mark.parametrize(("number", "words"), [
    (GOOD[:-1] + "1", "校验位"), ("110105199003071", "18 位"), (numbered("11010519901307123"), "出生日期"),
    (numbered("11010520990307123"), "出生日期"), (numbered("11010518500307123"), "出生日期"), ("abc", "18 位"),
])
def test_a_doubtful_number_warns(number, words):
    assert words in " ".join(doubts(DocumentKind.ID_CARD, number, on=TODAY))


def test_a_passport_number_has_no_rule_to_check():
    assert doubts(DocumentKind.PASSPORT, "E12345678", on=TODAY) == []


@given(st.from_regex(r"[1-9][0-9]{16}", fullmatch=True), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(first, place, step):
    number = numbered(first)
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1:]
    assert any("校验位" in doubt for doubt in doubts(DocumentKind.ID_CARD, wrong, on=TODAY))


@given(st.text(max_size=40))
def test_no_text_breaks_the_check(text):
    assert isinstance(doubts(DocumentKind.ID_CARD, text, on=TODAY), list)
    assert birth_date(text) is None or birth_date(text).year >= 1


def test_the_age_turns_on_the_birthday():
    assert age(GOOD, on=dt.date(2026, 12, 30)) == 76
    assert age(GOOD, on=dt.date(2026, 12, 31)) == 77
    assert age("E123", on=TODAY) is None
