"""Templates: each edit of the items is a version, and a version never changes."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from checklists.choices import AnswerKind, RoundKind
from checklists.errors.templates import ItemTwice, NameTaken, NoItems, NumberNeedsQuantity
from checklists.models import RoundTemplate, TemplateItem
from checklists.services.templates import ItemFacts, TemplateFacts, VersionFacts, edit_template, make_template

HEAD = TemplateFacts(name="机房", kind=RoundKind.EQUIPMENT, due_at=dt.time(19))


@pytest.fixture
def made(manager, clock) -> RoundTemplate:
    items = [ItemFacts(text="空调"), ItemFacts(text="门锁", expected="锁闭")]
    return make_template(HEAD, VersionFacts(items=items, told_role="安全管理员"), by=manager)


def lines(template: RoundTemplate) -> list[tuple[int, str]]:
    return [(item.line, item.text) for item in template.current().items.all()]


def test_an_edit_of_the_items_makes_the_next_version(made, manager):
    old = made.current()
    items = [ItemFacts(line=2, text="门锁与窗"), ItemFacts(text="灭火器"), ItemFacts(line=1, text="空调")]
    edit_template(made, HEAD, VersionFacts(items=items, told_role="安全管理员", note="加灭火器"), by=manager)
    assert made.current().number == 2
    assert lines(made) == [(2, "门锁与窗"), (3, "灭火器"), (1, "空调")]
    assert [item.text for item in old.items.all()] == ["空调", "门锁"]


def test_an_edit_of_the_head_alone_keeps_the_version(made, manager):
    items = [ItemFacts(line=1, text="空调"), ItemFacts(line=2, text="门锁", expected="锁闭")]
    later = TemplateFacts(name="机房与后场", kind=RoundKind.EQUIPMENT, due_at=dt.time(20))
    edit_template(made, later, VersionFacts(items=items, told_role="安全管理员"), by=manager)
    made.refresh_from_db()
    assert (made.name, made.due_at, made.current().number) == ("机房与后场", dt.time(20), 1)
    assert made.history.count() == 2


def test_a_line_that_was_dropped_is_never_given_again(made, manager):
    edit_template(made, HEAD, VersionFacts(items=[ItemFacts(line=1, text="空调")]), by=manager)
    edit_template(made, HEAD, VersionFacts(items=[ItemFacts(line=1, text="空调"), ItemFacts(text="新项")]), by=manager)
    assert lines(made) == [(1, "空调"), (3, "新项")]


@pytest.mark.parametrize(("items", "refusal"), [
    ([], NoItems), ([ItemFacts(text="空调"), ItemFacts(text="空调")], ItemTwice),
    ([ItemFacts(text="灭火器", answer_kind=AnswerKind.NUMBER)], NumberNeedsQuantity),
])
def test_items_that_make_no_sense_are_refused(made, manager, items, refusal):
    with pytest.raises(refusal):
        edit_template(made, HEAD, VersionFacts(items=items), by=manager)
    assert made.current().number == 1


def test_two_templates_of_one_name_are_refused(made, manager):
    with pytest.raises(NameTaken):
        make_template(HEAD, VersionFacts(items=[ItemFacts(text="空调")]), by=manager)


def test_the_database_refuses_to_change_a_version(made):
    with pytest.raises(DatabaseError), transaction.atomic():
        TemplateItem.objects.filter(version__template=made).update(text="改了")
    with pytest.raises(DatabaseError), transaction.atomic():
        TemplateItem.objects.filter(version__template=made).delete()


def test_a_round_due_after_midnight_belongs_to_the_night_before(made):
    made.due_at = dt.time(0, 30)
    assert made.due_moment(dt.date(2026, 11, 24)).date() == dt.date(2026, 11, 25)
    made.due_at = dt.time(18, 0)
    assert made.due_moment(dt.date(2026, 11, 24)).date() == dt.date(2026, 11, 24)
