"""Rare, long and foreign names through the real forms: kept, listed, printed, exported, or refused in one sentence."""

import re
from collections import Counter

import pytest
from django.urls import reverse

from lostfound.models import FoundItem
from tests.safety.reading import text_of

pytestmark = pytest.mark.django_db
LONG = "Maximiliana-Alexandrovna Konstantinopolitanskaya y Hernández de la Cruz Fernández von Hohenzollern"
NAMES = ["㛃䶮𬭎", "欧阳·买买提", LONG, "O'Brien-Šťastný", "王𠮷"]
EMPTY_LINES = {f"{prefix}-{name}_FORMS": "0" for prefix in ("contents", "cash") for name in ("TOTAL", "INITIAL")}


@pytest.fixture
def register(as_user, manager, zone):
    """A find typed by a manager into the form of visitors' finds."""

    def post(**typed):
        form = {
            "thing": "雨伞", "zone": zone.pk, "found_at": "-30", "quantity": "1", "unit": "把", "finder_name": "张三",
            **EMPTY_LINES, **typed,
        }
        return as_user(manager).post(reverse("lostfound:founditem_create"), form)

    return post


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_kept_listed_printed_and_exported(register, client, name):
    assert register(finder_name=name, name_on_item=name).status_code == 302
    item = FoundItem.objects.get()
    assert (item.finder_name, item.name_on_item) == (name, name)
    record = client.get(reverse("lostfound:founditem_detail", args=[item.pk])).content.decode()
    assert name.replace("'", "&#x27;") in record
    found = client.get(reverse("lostfound:founditem_list"), {"q": name[:2] if name < "a" else name}).content.decode()
    assert item.number in found
    printed = text_of(client.get(reverse("paper_pdf", args=["3.3"]), {"id": item.pk}))
    assert _letters(name) - _letters(printed) == Counter()
    full = client.post(f"{reverse('lostfound:founditem_export')}?columns=finder&columns=number", {"reason": "核对"})
    assert name in text_of(full)
    assert name not in text_of(client.get(f"{reverse('lostfound:founditem_export')}?columns=finder"))


def _letters(text: str) -> Counter:
    return Counter(re.sub(r"[\s\-‐·]", "", text))


def test_ten_thousand_characters_are_kept_and_printed_and_one_more_is_refused(register, client):
    assert register(features="长" * 10_001).status_code == 422
    assert FoundItem.objects.count() == 0
    assert register(features="破损的边角有划痕" * 1250).status_code == 302
    item = FoundItem.objects.get()
    assert len(item.features) == 10_000
    answer = client.get(reverse("paper_pdf", args=["3.3"]), {"id": item.pk})
    assert text_of(answer).count("划") + text_of(answer).count("痕") > 20


@pytest.mark.parametrize("typed", [{"thing": "雨伞💥"}, {"features": "贴着👨‍👩‍👧"}, {"finder_name": "王💥"}])
def test_an_emoji_is_kept_and_a_paper_says_which_character_it_cannot_draw(register, client, typed):
    assert register(**typed).status_code == 302
    item = FoundItem.objects.get()
    name, value = next(iter(typed.items()))
    assert getattr(item, name) == value
    answer = client.get(reverse("paper_pdf", args=["3.3"]), {"id": item.pk})
    if answer.status_code != 200:
        assert re.search(r"字符“.+”没有可用的字体,打印会缺字。", answer.content.decode())


def test_a_name_of_more_than_a_hundred_characters_is_refused_in_chinese(register):
    page = register(finder_name="长" * 101)
    assert page.status_code == 422
    assert "100" in page.content.decode()
    assert FoundItem.objects.count() == 0
