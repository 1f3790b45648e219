"""The form of a ledger's entry, made from the version of its ledger; and what its way of working asks besides."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import escape

from ledgers.choices import DUE_LABEL, STOCKED, TOLD_LABEL, TWELFTHS, WITH_DUE, FieldType, Service, Width
from ledgers.definitions import LedgerField
from ledgers.models import LedgerEntry, LedgerKind, LedgerVersion, StockThing
from ledgers.services.entries import EntryFacts
from ledgers.services.loans import closing_of, usual_due
from ledgers.services.values import name_of
from servicedesk.filters import FIRST_DAY, LAST_DAY, DayInput
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import (
    MoneyField,
    PersonField,
    PhoneField,
    PickerSelect,
    WhenField,
    ZoneField,
    keep_choices,
)
from servicedesk.forms.standing import say_standing
from servicedesk.sealing import masked
from servicedesk.services import preferences

LINE = 12
LARGEST = 10**9
OFF = {"autocomplete": "off"}


class ThingField(forms.ModelChoiceField):
    """What the desk lends or gives, with how many are here."""

    widget = PickerSelect

    def label_from_instance(self, thing: Any) -> str:
        deposit = f",押金 ¥{thing.deposit:,.0f}" if thing.deposit else ""
        return f"{thing.name}(在库 {thing.available} {thing.unit}{deposit})"


class LedgerDayField(forms.DateField):
    """A day of this century or the next."""

    widget = DayInput

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError("请核对年份。")
        return day


def field_of(field: LedgerField) -> forms.Field:
    """The form's field of a ledger's field."""
    # The form library prints labels and help as markup.
    common = {"label": escape(field.label), "required": field.is_required, "help_text": escape(field.help)}
    plain = {
        FieldType.NUMBER: lambda: forms.IntegerField(min_value=-LARGEST, max_value=LARGEST, **common),
        FieldType.MONEY: lambda: MoneyField(**common),
        FieldType.DATE: lambda: LedgerDayField(**common),
        FieldType.MOMENT: lambda: WhenField(future=True, **common),
        FieldType.NAME: lambda: forms.CharField(max_length=100, widget=forms.TextInput(OFF), **common),
        FieldType.PHONE: lambda: PhoneField(**common),
        FieldType.DOCUMENT: lambda: forms.CharField(max_length=30, widget=forms.TextInput(OFF), **common),
        FieldType.STAFF: lambda: PersonField(**common),
        FieldType.ZONE: lambda: ZoneField(**common),
        FieldType.YESNO: lambda: forms.BooleanField(error_messages={"required": "请确认后勾选。"}, **common),
        FieldType.LONG: lambda: forms.CharField(max_length=1000, widget=forms.Textarea({"rows": 3}), **common),
        FieldType.CHOICES: lambda: forms.MultipleChoiceField(
            choices=[(c, c) for c in field.choices], widget=forms.CheckboxSelectMultiple, **common),
        FieldType.CHOICE: lambda: forms.ChoiceField(
            choices=[("", "请选择" if field.is_required else "不选"), *((c, c) for c in field.choices)], **common),
    }
    make = plain.get(FieldType(field.type))
    return make() if make else forms.CharField(max_length=100, **common)


def lines_of(fields: Sequence[LedgerField]) -> list[Any]:
    """The fields in rows of twelve columns, in their order."""
    rows, line, used = [], [], 0
    for field in fields:
        share = TWELFTHS[Width(field.width)]
        if used + share > LINE and line:
            rows.append(row(*line))
            line, used = [], 0
        line.append((name_of(field), share))
        used += share
    return [*rows, row(*line)] if line else rows


class EntryForm(DeskForm):
    """An entry. `entry` is the one that is put right, in the form it was written in; None for a new one.
    `version` is a form that is only looked at before it is published.
    """

    happened_at = WhenField(label="时间", help_text="1020、-5")

    def __init__(self, *args: Any, kind: LedgerKind, entry: LedgerEntry | None = None,
                 version: LedgerVersion | None = None, **kwargs: Any):
        self.kind, self.entry = kind, entry
        super().__init__(*args, **kwargs)
        version = version or (entry.kind_version if entry else kind.current)
        assert version is not None
        self.ledger_fields = version.columns
        for field in self.ledger_fields:
            self.fields[name_of(field)] = self._field(field)
        own = self._add_working()
        if entry is None:
            self.fields["happened_at"].initial = timezone.now
        self._place_focus(own)
        self._dress()
        self.lay_out(block("登记", row(("happened_at", 3), *own), *lines_of(self.ledger_fields)))

    def _dress(self) -> None:
        """What the base does for declared fields, for those that the ledger brings."""
        keep_choices(self)
        for field in self.fields.values():
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = "请填写。"

    def _field(self, field: LedgerField) -> forms.Field:
        made = field_of(field)
        number = self.entry.numbers.get(field.key, "") if self.entry and field.is_sealed else ""
        if number:
            made.required = False
            say_standing(made, masked(number))
        return made

    def _add_working(self) -> list[tuple[str, int]]:
        """Fields that the ledger's way of working asks for."""
        service, is_new, added = self.kind.service, self.entry is None, []
        if service in STOCKED and is_new:
            things = StockThing.objects.on_offer(self.kind, self.point)
            self.fields["thing"] = ThingField(label="物品", queryset=things, empty_label="请选择")
            self.fields["quantity"] = forms.IntegerField(label="数量", min_value=1, max_value=9999, initial=1)
            added += [("thing", 4), ("quantity", 2)]
        if service in TOLD_LABEL and is_new:
            label = TOLD_LABEL[Service(service)]
            self.fields["told_person"] = PersonField(label=label, help_text="工号、姓名或拼音")
            added.append(("told_person", 4))
        if service in WITH_DUE:
            self.fields["due_at"] = WhenField(
                label=DUE_LABEL[Service(service)], future=True, required=False, help_text="1800、11-30 1800")
            if is_new and service != Service.DUE:
                due = usual_due if service == Service.LOAN else closing_of
                self.fields["due_at"].initial = lambda: due(timezone.now())
            added.append(("due_at", 3))
        if service == Service.LOAN and is_new:
            documents = preferences.value("ledgers.documents")
            self.fields["deposit"] = MoneyField(label="押金", required=False)
            self.fields["held_document"] = forms.ChoiceField(
                label="押证件", required=False, choices=[("", "不押"), *((d[:20], d[:20]) for d in documents)])
            added += [("deposit", 3), ("held_document", 3)]
        return added

    def _place_focus(self, own: list[tuple[str, int]]) -> None:
        """The first field that is not known already."""
        first = own[0][0] if own and own[0][0] != "due_at" else None
        first = first or next((name_of(f) for f in self.ledger_fields), "happened_at")
        self.fields[first].widget.attrs["autofocus"] = ""

    def facts(self) -> EntryFacts:
        data = self.cleaned_data
        numbers = self.entry.numbers if self.entry else {}
        values = {
            field.key: data.get(name_of(field)) or numbers.get(field.key) if field.is_sealed
            else data.get(name_of(field))
            for field in self.ledger_fields
        }
        return EntryFacts(
            happened_at=data["happened_at"], values=values, thing=data.get("thing"), quantity=data.get("quantity") or 1,
            due_at=data.get("due_at"), deposit=data.get("deposit"), held_document=data.get("held_document", ""),
            told_person=data.get("told_person"),
        )


def initial_of(entry: LedgerEntry) -> dict[str, Any]:
    """What the form shows of a record that is put right; numbers stay sealed."""
    found: dict[str, Any] = {
        "happened_at": entry.happened_at, "due_at": entry.due_at, "version": entry.version,
    }
    for field in entry.kind_version.columns:
        kept = entry.value(field)
        if field.is_sealed or kept is None:
            continue
        if field.type in (FieldType.STAFF, FieldType.ZONE):
            found[name_of(field)] = kept.get("id") if isinstance(kept, dict) else None
        else:
            found[name_of(field)] = kept if field.type == FieldType.CHOICES else field.read(kept)
    return found
