"""What is asked: each edit makes the next version, and none ever changes."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from surveys.errors.versions import EnglishNeeded, ItemTwice, NoItems, NothingChanged, TooManyItems
from surveys.models import SurveyVersion
from surveys.services.versions import WORDING, ItemFacts, VersionFacts, add_version


def as_it_is(version, **more) -> VersionFacts:
    """The facts that would change nothing."""
    items = [ItemFacts(text=i.text, text_en=i.text_en, line=i.line) for i in version.items.order_by("order")]
    wording = {name: getattr(version, name) for name in WORDING}
    return VersionFacts(**{"items": items, **wording, **more})


def test_a_desk_begins_with_the_sixteen_items_of_the_paper(version):
    items = list(version.items.values_list("text", flat=True))
    assert (version.number, len(items)) == (1, 16)
    assert (items[0], items[3], items[15]) == ("售票服务(价格公示、秩序)", "工作人员服务态度", "医疗救护/应急")


def test_an_edit_copies_and_the_lines_keep_their_numbers(version, manager, scan):
    sheet = scan()
    told = as_it_is(version)
    kept = [*told.items[:2], replace(told.items[3], text="服务态度"), ItemFacts(text="缆车", text_en="Cable car")]
    new = add_version(replace(told, items=kept, note="缩短"), by=manager)
    assert SurveyVersion.current() == new
    assert list(new.items.values_list("line", "text")) == [
        (1, "售票服务(价格公示、秩序)"), (2, "检票/入园引导"), (4, "服务态度"), (17, "缆车")]
    assert (sheet.survey_version, version.items.count()) == (version, 16)
    assert scan().answers.count() == 3


@pytest.mark.parametrize(("items", "refusal"), [
    ([], NoItems),
    ([ItemFacts(text=f"项{n}", text_en=f"Item {n}") for n in range(21)], TooManyItems),
    ([ItemFacts(text="缆车", text_en="a"), ItemFacts(text="缆车", text_en="b")], ItemTwice),
    ([ItemFacts(text="缆车", text_en="")], EnglishNeeded),
])
def test_slips_are_refused(items, refusal, version, manager):
    with pytest.raises(refusal):
        add_version(as_it_is(version, items=items), by=manager)
    assert SurveyVersion.objects.count() == 1


def test_saving_without_a_change_makes_no_version(version, manager):
    with pytest.raises(NothingChanged):
        add_version(as_it_is(version), by=manager)


def test_the_database_refuses_to_change_what_was_asked(version):
    for act in (lambda: version.items.update(text="好吗"), lambda: SurveyVersion.objects.update(title="好吗")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()


@pytest.mark.one_database
def test_a_manager_rewords_an_item_on_the_screen(as_user, manager, version):
    client, url = as_user(manager), reverse("surveys:surveyversion_create")
    shown = client.get(url).context["form"]
    told = {name: getattr(version, name) for name in WORDING} | {
        "items-TOTAL_FORMS": "16", "items-INITIAL_FORMS": "16", "change": "换个说法"}
    for form in shown.lines:
        told |= {f"{form.prefix}-{name}": form.initial[name] for name in ("line", "text", "text_en")}
    assert client.post(url, {**told, "items-11-text": "厕所"}).status_code == 302
    assert SurveyVersion.current().items.get(line=12).text == "厕所"
