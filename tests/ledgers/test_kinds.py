"""A manager's own ledger: made on a screen, published by version, used like the desk's own; what came before stays."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.html import escape

from ledgers.choices import EntryState, FieldType, Service
from ledgers.definitions import LedgerField
from ledgers.errors.entries import FieldNeeded, KindClosed, ResultNeeded
from ledgers.errors.kinds import (
    AudienceUnknown,
    ChoicesNeeded,
    FieldIsFixed,
    LabelNeeded,
    LabelTooLong,
    LabelTwice,
    NameInUse,
    NeverPublished,
    NoDraft,
    NoFields,
    NothingChanged,
    NotPrintable,
    NotSummable,
    PrefixInUse,
    PrefixIsFixed,
    PrefixNotPossible,
    TooManyChoices,
    TooManyColumns,
    TooManyFields,
    TooManyNotes,
    TypeChanged,
)
from ledgers.models import LedgerEntry, LedgerKind, LedgerVersion
from ledgers.papers import papers_of
from ledgers.presets import MALL
from ledgers.registers.books import book_of
from ledgers.services.entries import EntryFacts, edit_entry, finish_entry
from ledgers.services.formchecks import FormFacts
from ledgers.services.kinds import (
    KindFacts,
    create_kind,
    drop_draft,
    edit_kind,
    form_of,
    publish_form,
    save_draft,
    switch_kind,
    switch_on_preset,
)
from ledgers.services.registering import register_entry
from servicedesk.choices import Role
from servicedesk.errors import EditedMeanwhile
from servicedesk.paper import Ledger
from servicedesk.register import rail
from servicedesk.services.printing.sheets import sheet_html
from servicedesk.services.search import search
from tests.ledgers.conftest import local

pytestmark = pytest.mark.django_db
MINE = KindFacts(prefix="QC", name="清场登记", label="清场", service=Service.DUE)


def line(label: str, type_: str = FieldType.TEXT, **more) -> LedgerField:
    return LedgerField(key="", label=label, type=type_, **more)


def form(*fields: LedgerField, **more) -> FormFacts:
    return FormFacts(**{"title": "清场登记表", "fields": fields, "signatures": ["值班员", "领班"], **more})


USUAL = (
    line("区域", FieldType.CHOICE, choices=("东区", "西区"), is_required=True), line("滞留人数", FieldType.NUMBER),
    line("联系人", FieldType.NAME), line("电话", FieldType.PHONE), line("费用", FieldType.MONEY),
    line("日期", FieldType.DATE),
)


@pytest.fixture
def mine(manager) -> LedgerKind:
    made = create_kind(MINE, by=manager)
    save_draft(made, form(*USUAL, summary_by="区域"), by=manager)
    publish_form(made, by=manager, note="首版")
    return LedgerKind.objects.in_order().get(pk=made.pk)


@pytest.fixture
def enter(mine, clock, clerk, point):
    def make(**values) -> LedgerEntry:
        kind = LedgerKind.objects.in_order().get(pk=mine.pk)
        facts = EntryFacts(happened_at=local("10:00"), values={"f1": "东区", **values})
        return register_entry(kind, facts, by=clerk, point=point)

    return make


def test_a_new_ledger_waits_for_its_form_and_then_stands_in_the_rail(manager):
    made = create_kind(MINE, by=manager)
    assert (made.code, made.is_active, made.current) == ("qc", False, None)
    with pytest.raises(NeverPublished):
        switch_kind(made, is_active=True, by=manager)
    with pytest.raises(NoDraft):
        publish_form(made, by=manager)
    assert "清场" not in [page.label for page in rail()]
    save_draft(made, form(*USUAL), by=manager)
    assert "清场" not in [page.label for page in rail()]
    publish_form(made, by=manager)
    assert "清场" in [page.label for page in rail()]


def test_its_entries_have_number_list_search_sort_filter_and_workbook(enter, clerk, supervisor, as_user):
    few, many = enter(f2=2, f3="杨明静", f4="13812341234", f5=Decimal("12.50")), enter(f1="西区", f2=10)
    assert [few.number, many.number] == ["QC-20261124-001", "QC-20261124-002"]
    assert few.numbers == {"f4": "13812341234"}
    assert [hit.object_id for hit in search("杨明静", clerk)] == [few.pk]
    client = as_user(supervisor)

    def rows(query: str) -> list[str]:
        page = client.get(f"/ledgers/qc/?all=1&{query}").content.decode()
        return sorted((n for n in (few.number, many.number) if f">{n}<" in page), key=page.index)

    assert rows("sort=v_f2") == [few.number, many.number]
    assert rows("sort=-v_f2") == [many.number, few.number]
    assert rows("v_f1=西区") == [many.number]
    assert rows("q=1234") == [few.number]
    assert rows("v_f1=南区") == [many.number, few.number]  # no choice of the ledger: nothing is narrowed
    answer = client.get("/ledgers/qc/export/?columns=number&columns=v_f2&columns=v_f3&columns=v_f4&columns=v_f5")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=5)]
    assert cells[0] == ["编号", "滞留人数", "联系人", "电话", "费用"]
    assert cells[2] == [few.number, 2, "杨**", "138****1234", 12.5]


def test_a_missing_field_is_refused_and_what_is_due_needs_a_result(enter, clerk):
    with pytest.raises(FieldNeeded, match="区域"):
        enter(f1="")
    entry = enter()
    with pytest.raises(ResultNeeded):
        finish_entry(entry, "", by=clerk)
    finish_entry(entry, "清完", by=clerk)
    assert entry.state == EntryState.DONE


def test_a_change_makes_the_next_version_and_old_entries_keep_their_form(enter, mine, manager, clerk):
    old = enter(f2=3)
    changed = [each for each in mine.current.columns if each.label != "滞留人数"] + [line("天气")]
    save_draft(mine, form(*changed, title="清场巡查表"), by=manager)
    publish_form(mine, by=manager)
    new = enter(f7="晴")
    assert [old.kind_version.number, new.kind_version.number] == [1, 2]
    assert [each.key for each in new.kind_version.columns] == ["f1", "f3", "f4", "f5", "f6", "f7"]
    old.refresh_from_db()
    paper = papers_of(LedgerKind.objects.in_order().get(pk=mine.pk))[0]
    before, after = sheet_html(paper, old), sheet_html(paper, new)
    assert ("清场登记表" in before, "滞留人数" in before, "天气" in before) == (True, True, False)
    assert ("清场巡查表" in after, "滞留人数" in after, "天气" in after) == (True, False, True)
    edit_entry(old, EntryFacts(happened_at=local("10:00"), values={"f1": "东区", "f2": 4}), by=clerk)
    assert (old.values["f2"], old.kind_version.number) == (4, 1)


def test_a_field_keeps_its_sorted_column_and_a_new_one_never_takes_it(enter, mine, manager):
    slots = {each.key: each.slot for each in mine.current.columns}
    assert slots == {"f1": 1, "f2": 2, "f3": 0, "f4": 0, "f5": 3, "f6": 4}
    rest = [each for each in mine.current.columns if each.key != "f2"]
    save_draft(mine, form(line("人数", FieldType.NUMBER), *rest), by=manager)
    version = publish_form(mine, by=manager)
    assert {each.key: each.slot for each in version.columns} == {"f7": 5, "f1": 1, "f3": 0, "f4": 0, "f5": 3, "f6": 4}


def test_a_version_never_changes(mine):
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        LedgerVersion.objects.filter(kind=mine).update(title="x")


@pytest.mark.parametrize(("facts", "refusal"), [
    (form(), NoFields),
    (form(*[line(f"栏{n}", in_table=False) for n in range(60)]), TooManyFields),
    (form(*[line(f"栏{n}") for n in range(11)]), TooManyColumns),
    (form(line("")), LabelNeeded),
    (form(line("长" * 100)), LabelTooLong),
    (form(line("区域"), line("区域")), LabelTwice),
    (form(line("区域😀")), NotPrintable),
    (form(line("区域\u202e")), NotPrintable),
    (form(line("区域", help="★✨")), NotPrintable),
    (form(line("类别", FieldType.CHOICE)), ChoicesNeeded),
    (form(line("类别", FieldType.CHOICE, choices=("甲", "甲"))), TooManyChoices),
    (form(line("类别", FieldType.CHOICES, choices=tuple(f"项{n}" for n in range(21)))), TooManyChoices),
    (form(line("类别", FieldType.CHOICE, choices=("甲" * 21, "乙"))), TooManyChoices),
    (form(line("区域"), summary_by="区域"), NotSummable),
    (form(line("区域"), summary_by="没有"), NotSummable),
    (form(line("区域"), signatures=["签字"] * 7), TooManyNotes),
    (form(line("区域"), footnotes=["长" * 121]), TooManyNotes),
    (form(line("区域"), title="表💥"), NotPrintable),
])
def test_a_form_that_no_paper_could_hold_is_refused(facts, refusal, manager):
    made = create_kind(MINE, by=manager)
    with pytest.raises(refusal):
        save_draft(made, facts, by=manager)
    assert made.draft is None


def test_formula_text_is_text_on_every_way_out(manager, supervisor, clerk, point, clock, as_user):
    made = create_kind(KindFacts(prefix="GS", name="=1+1", label="=cmd"), by=manager)
    save_draft(made, form(line("=HYPERLINK(1)"), line("@SUM(1)", FieldType.CHOICE, choices=("=2+2", "+3"))), by=manager)
    publish_form(made, by=manager)
    kind = LedgerKind.objects.in_order().get(pk=made.pk)
    facts = EntryFacts(happened_at=local("10:00"), values={"f1": "=1+1", "f2": "=2+2"})
    entry = register_entry(kind, facts, by=clerk, point=point)
    answer = as_user(supervisor).get("/ledgers/gs/export/?all=1")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {"=1+1", "=2+2", "=HYPERLINK(1)"} <= {cell.value for cell in cells}
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert "=1+1" in sheet_html(papers_of(kind)[0], entry)


@pytest.mark.parametrize("payload", ["<xq7>", "{{ form.user }}", "{% now 'Y' %}"])
def test_markup_in_names_labels_and_choices_is_text_on_the_page(payload, manager, clerk, point, clock, as_user):
    made = create_kind(KindFacts(prefix="GS", name=payload, label=payload[:6]), by=manager)
    choices = (payload, "乙")
    fields = (line(payload, help=payload), line("选", FieldType.CHOICES, choices=choices), line("单", FieldType.CHOICE,
              choices=choices))
    save_draft(made, form(*fields, title=payload, footnotes=[payload]), by=manager)
    publish_form(made, by=manager)
    client = as_user(manager)
    for url in ("/ledgers/gs/new/", "/ledgers/gs/", reverse("ledgers:kind_detail", args=[made.pk])):
        page = client.get(f"{url}?all=1").content.decode()
        assert "<xq7>" not in page
        assert escape(payload) in page


def test_keys_that_a_page_makes_up_or_sends_twice_count_as_none(mine, manager):
    made_up = [
        LedgerField(key="f1", label="区域", type=FieldType.CHOICE, choices=("东区", "西区")),
        LedgerField(key="f1", label="又一栏"), LedgerField(key="__class__", label="怪栏"),
        LedgerField(key="f99", label="远栏"),
    ]
    save_draft(mine, form(*made_up), by=manager)
    assert [each.key for each in form_of(mine.draft).fields] == ["f1", "f7", "f8", "f9"]


def test_a_field_in_use_keeps_its_type_and_the_desks_own_fields_stay(mine, kind, manager):
    with pytest.raises(TypeChanged, match="区域"):
        save_draft(mine, form(LedgerField(key="f1", label="区域")), by=manager)
    bags = kind("jc")
    fields = bags.current.columns
    with pytest.raises(FieldIsFixed, match="寄存人"):
        save_draft(bags, form(*[each for each in fields if each.key != "owner"]), by=manager)
    save_draft(bags, form(*fields, line("颜色")), by=manager)
    assert publish_form(bags, by=manager).number == 2


@pytest.mark.parametrize("prefix", ["Q", "QCQCQ", "q1", "质", ""])
def test_a_prefix_is_two_to_four_letters(prefix, manager):
    with pytest.raises(PrefixNotPossible):
        create_kind(KindFacts(prefix=prefix, name="清场", label="清场"), by=manager)


@pytest.mark.parametrize("prefix", ["TS", "JC", "HZ", "JCB", "JJ", "MY", "NEW", "ALL"])
def test_no_prefix_stands_for_another_book_or_page(prefix, manager, other_point):
    with pytest.raises(PrefixInUse):
        create_kind(KindFacts(prefix=prefix, name="清场", label="清场"), by=manager)


def test_a_name_is_there_once_and_roles_are_known(mine, manager):
    with pytest.raises(NameInUse):
        create_kind(KindFacts(prefix="QD", name="清场登记", label="清场"), by=manager)
    with pytest.raises(AudienceUnknown):
        create_kind(KindFacts(prefix="QD", name="清点", label="清点", audience=["总统"]), by=manager)


def test_number_and_way_of_working_stay_once_something_is_written(enter, mine, manager):
    other = KindFacts(prefix="QD", name="清场登记", label="清场", service=Service.DUE)
    assert edit_kind(mine, other, by=manager).prefix == "QD"
    edit_kind(mine, MINE, by=manager)
    enter()
    with pytest.raises(PrefixIsFixed):
        edit_kind(mine, other, by=manager)
    with pytest.raises(EditedMeanwhile):
        edit_kind(mine, MINE, by=manager, version=1)


def test_a_ledger_that_is_switched_off_is_looked_at_and_written_no_more(enter, mine, manager, clerk, as_user):
    entry = enter()
    switch_kind(mine, is_active=False, by=manager)
    with pytest.raises(KindClosed):
        enter()
    client = as_user(clerk)
    assert client.get(reverse("ledgers:entry_detail", args=["qc", entry.pk])).status_code == 200
    assert "清场" not in [page.label for page in rail()]
    switch_kind(mine, is_active=True, by=manager)
    assert enter().number.endswith("-002")


def test_a_draft_is_thrown_away_and_the_same_form_is_not_published_twice(mine, manager):
    save_draft(mine, form(*mine.current.columns, summary_by="f1"), by=manager)
    with pytest.raises(NothingChanged):
        publish_form(mine, by=manager)
    mine.refresh_from_db()
    drop_draft(mine, by=manager)
    with pytest.raises(NoDraft):
        drop_draft(mine, by=manager)


def test_a_ledger_of_some_roles_is_not_there_for_others(enter, mine, manager, clerk, supervisor, as_user):
    entry = enter(f3="杨明静")
    edit_kind(mine, KindFacts(**{**vars(MINE), "audience": [Role.SUPERVISOR.value, Role.MANAGER.value]}), by=manager)
    for person, status in ((clerk, 404), (supervisor, 200)):
        client = as_user(person)
        for url in ("/ledgers/qc/", "/ledgers/qc/new/", f"/ledgers/qc/{entry.pk}/", f"/ledgers/all/{entry.pk}/"):
            assert client.get(url).status_code == status, (person, url)
        page = client.get("/ledgers/all/?all=1").content.decode()
        assert [words in page for words in (entry.number, f">{mine.name}</option>")] == [status == 200] * 2
        assert bool(search("杨明静", person)) == (status == 200)
        paper = client.get(f"/papers/ledger-qc/pdf/?id={entry.pk}")
        assert paper.status_code == status


@pytest.mark.parametrize("preset", MALL, ids=lambda preset: preset.code)
def test_a_delivered_ledger_is_switched_on_with_form_and_papers(preset, manager):
    switched = switch_on_preset(preset.code, by=manager)
    kind = LedgerKind.objects.in_order().get(pk=switched.pk)
    save_draft(kind, form(*kind.current.columns, line("又一栏", in_table=False)), by=manager)
    assert book_of(kind).in_rail
    for paper in papers_of(kind):
        assert "没有" not in sheet_html(paper, None)
    switch_kind(kind, is_active=False, by=manager)
    assert switch_on_preset(preset.code, by=manager).pk == kind.pk
    with pytest.raises(KeyError):
        switch_on_preset("jc", by=manager)


def test_the_editor_saves_a_draft_in_the_order_that_was_typed(mine, manager, as_user):
    client, url = as_user(manager), reverse("ledgers:kind_form", args=[mine.pk])
    page = client.get(url)
    lines = page.context["form"].lines
    typed = {"version": mine.version, "title": "清场表", "signatures": "值班员、领班", "fields-TOTAL_FORMS": "3",
             "fields-INITIAL_FORMS": "0"}
    labels = [
        ("f1", "区域", 30, "choice", "东区、西区"), ("f2", "滞留人数", 10, "number", ""), ("", "夜班", 20, "yesno", ""),
    ]
    for place, (key, label, order, kind, choices) in enumerate(labels):
        typed |= {f"fields-{place}-key": key, f"fields-{place}-label": label, f"fields-{place}-order": order,
                  f"fields-{place}-type": kind, f"fields-{place}-choices": choices, f"fields-{place}-width": "half"}
    assert len(lines.forms) == 6
    assert client.post(url, typed).status_code == 302
    mine.refresh_from_db()
    assert [(each.key, each.label) for each in form_of(mine.draft).fields] == [
        ("f2", "滞留人数"), ("f7", "夜班"), ("f1", "区域"),
    ]
    look = client.get(reverse("ledgers:kind_detail", args=[mine.pk])).content.decode()
    assert "草稿,还没有发布" in look
    assert 'name="v_f7"' in look
    assert client.post(reverse("ledgers:kind_publish", args=[mine.pk]), {"note": "加夜班"}).status_code == 302
    mine.refresh_from_db()
    assert mine.versions.first().note == "加夜班"


def test_the_month_of_a_summary_counts_each_reason_and_sums_the_money(clock, manager, clerk, point):
    switch_on_preset("th", by=manager)
    kind = LedgerKind.objects.in_order().get(code="th")
    for reason, amount in (("质量问题", "459.00"), ("质量问题", "58.50"), ("其他", "9.90")):
        values = {"customer": "杨明静", "counter": "家电", "goods": "电饭煲", "pieces": 1, "reason": reason}
        facts = EntryFacts(happened_at=local("10:00"), values=values | {"amount": Decimal(amount)})
        register_entry(kind, facts, by=clerk, point=point)
    paper = next(paper for paper in papers_of(kind) if paper.key == "ledger-th-summary")
    rows = paper.month_rows(paper.rows(manager), dt.date(2026, 11, 1))
    told = paper.context(Ledger(month=dt.date(2026, 11, 1), rows=list(rows), all_rows=list(rows)))
    assert [(one["label"], one["count"], one["share"], one["sums"][:2]) for one in told["lines"] if one["count"]] == [
        ("质量问题", 2, "67%", ["2", "517.50"]), ("其他", 1, "33%", ["1", "9.90"]),
    ]
    assert (told["total"]["count"], told["total"]["sums"][1]) == (3, "527.40")


@pytest.mark.parametrize(("code", "labels"), [("tj", ["数量", "收费金额"]), ("zj", ["使用金额"])])
def test_prices_and_balances_are_not_added_up(code, labels, manager):
    kind = switch_on_preset(code, by=manager)
    paper = next(paper for paper in papers_of(kind) if paper.key == f"ledger-{code}-summary")
    assert paper.context(None)["sums"] == labels
