"""The forms by which a manager makes a ledger: what it is called and does, and the lines of its form."""

import re
from typing import Any

from django import forms

from ledgers.choices import OWN_SERVICES, FieldType, Service, Width
from ledgers.definitions import LedgerField
from ledgers.models import LedgerKind
from ledgers.services.formchecks import LONGEST_HELP, LONGEST_LABEL, MOST_FIELDS, FormFacts
from ledgers.services.kinds import KindFacts, form_of
from servicedesk.choices import Role
from servicedesk.forms.base import DeskForm, block, row

APART = re.compile(r"[、,,;;\n]+")
LAST = 10_000
ICONS = (
    ("journal", "簿册"), ("journal-text", "记录"), ("clipboard-check", "检查"), ("bag-dash", "退货"), ("tags", "标牌"),
    ("cash-coin", "款项"), ("door-open", "上门"), ("truck", "车辆"), ("tools", "维修"), ("key", "钥匙"),
    ("people", "人员"), ("box-seam", "物品"), ("file-earmark-text", "单据"), ("shop", "商户"), ("telephone", "电话"),
    ("luggage", "行李"), ("umbrella", "雨伞"), ("broadcast", "广播"), ("gift", "赠品"), ("person-walking", "来访"),
    ("envelope", "信件"),
)


class KindForm(DeskForm):
    """台账: name, number, who uses it, how long people stand in it."""

    name = forms.CharField(label="台账名称", max_length=20, widget=forms.TextInput({"autofocus": ""}))
    label = forms.CharField(label="栏目名", min_length=2, max_length=6, help_text="左侧栏目里显示")
    # The field of that name, not the prefix that Django sets before the names of a form's fields.
    prefix = forms.CharField(  # type: ignore[assignment]
        label="编号字头", max_length=4, help_text="2 到 4 个大写字母,如拼音首字母"
    )
    icon = forms.ChoiceField(label="图标", choices=ICONS)
    service = forms.ChoiceField(label="办理方式", choices=[(s.value, s.label) for s in OWN_SERVICES])
    retention_months = forms.IntegerField(label="个人信息保留月数", min_value=1, max_value=240, initial=12)
    order = forms.IntegerField(label="次序", min_value=0, max_value=LAST, initial=100, help_text="小的在前")
    is_logged = forms.BooleanField(label="每笔记入值班记录", required=False)
    audience = forms.MultipleChoiceField(
        label="使用岗位", required=False, choices=Role.choices, widget=forms.CheckboxSelectMultiple,
        help_text="都不选:有台账权限的岗位都能用",
    )

    def __init__(self, *args: Any, kind: LedgerKind | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if kind is not None and kind.is_built_in:
            self.fields["service"].choices = [(kind.service, Service(kind.service).label)]
        self.lay_out(
            block("台账", row(("name", 6), ("label", 3), ("prefix", 3)),
                  row(("service", 3), ("icon", 3), ("order", 3), ("retention_months", 3)), "is_logged"),
            block("谁用", "audience"),
        )

    def facts(self) -> KindFacts:
        data = self.cleaned_data
        return KindFacts(
            prefix=data["prefix"].strip().upper(), name=data["name"].strip(), label=data["label"].strip(),
            icon=data["icon"], service=data["service"], audience=data["audience"], order=data["order"],
            retention_months=data["retention_months"], is_logged=data["is_logged"],
        )


def initial_of_kind(kind: LedgerKind) -> dict[str, Any]:
    names = (
        "prefix", "name", "label", "icon", "service", "audience", "retention_months", "is_logged", "order", "version",
    )
    return {name: getattr(kind, name) for name in names}


class FieldLine(forms.Form):
    """One field of the ledger."""

    key = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    order = forms.IntegerField(label="次序", required=False, min_value=0, max_value=LAST)
    label = forms.CharField(label="栏目名", required=False, max_length=LONGEST_LABEL)
    type = forms.ChoiceField(label="类型", choices=FieldType.choices)
    choices = forms.CharField(label="选项(用顿号隔开)", required=False, max_length=500)
    width = forms.ChoiceField(label="宽度", choices=Width.choices, initial=Width.HALF)
    help = forms.CharField(label="提示", required=False, max_length=LONGEST_HELP)
    is_required = forms.BooleanField(label="必填", required=False)
    is_personal = forms.BooleanField(label="个人信息", required=False)
    in_list = forms.BooleanField(label="列表", required=False)
    in_table = forms.BooleanField(label="台账表", required=False)

    def field(self) -> LedgerField:
        data = self.cleaned_data
        names = ("key", "type", "width", "is_required", "is_personal", "in_list", "in_table")
        parts = [part.strip() for part in APART.split(data["choices"])]
        return LedgerField(
            label=data["label"].strip(), help=data["help"].strip(), choices=tuple(part for part in parts if part),
            **{name: data[name] for name in names},
        )


FieldLines = forms.formset_factory(FieldLine, extra=0, can_delete=True, max_num=MOST_FIELDS, absolute_max=200)
BLANK_LINE = {"type": FieldType.TEXT, "width": Width.HALF, "in_list": True, "in_table": True}


class FormForm(DeskForm):
    """表单: begins with the draft, else with the version in force; saved as the draft."""

    title = forms.CharField(label="表头", max_length=30)
    signatures = forms.CharField(label="签字栏", max_length=100, required=False, help_text="用顿号隔开,如 经办人、审核")
    summary_by = forms.CharField(label="月度汇总按", max_length=LONGEST_LABEL, required=False,
                                 help_text="写一个单选栏目的名字;空着没有汇总表")
    footnotes = forms.CharField(label="表尾说明", max_length=800, required=False, help_text="一行一条",
                                widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, kind: LedgerKind, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lines = FieldLines(self.data or None, prefix="fields", initial=lines_of(kind))
        self.lay_out(block("表单", row(("title", 4), ("signatures", 4), ("summary_by", 4)), "footnotes"))

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.lines.is_valid()])

    def facts(self) -> FormFacts:
        kept = [(place, line) for place, line in enumerate(self.lines.forms) if _is_written(line)]
        kept.sort(key=lambda pair: (pair[1].cleaned_data.get("order") or LAST, pair[0]))
        data = self.cleaned_data
        return FormFacts(
            title=data["title"].strip(), fields=[line.field() for _, line in kept],
            signatures=[part.strip() for part in APART.split(data["signatures"]) if part.strip()],
            footnotes=[line.strip() for line in data["footnotes"].splitlines() if line.strip()],
            summary_by=data["summary_by"].strip(),
        )


def _is_written(line: forms.Form) -> bool:
    data = line.cleaned_data
    return not data.get("DELETE") and bool(data.get("label") or data.get("choices"))


def form_now(kind: LedgerKind) -> FormFacts | None:
    """The draft, else the form in force."""
    if kind.draft:
        return form_of(kind.draft)
    version = kind.current
    return FormFacts(
        title=version.title, fields=version.columns, signatures=version.signatures, footnotes=version.footnotes,
        summary_by=version.summary_by,
    ) if version else None


def lines_of(kind: LedgerKind) -> list[dict[str, Any]]:
    """The lines that the editor begins with."""
    now = form_now(kind)
    if now is None:
        return [{**BLANK_LINE, "order": 10}]
    return [
        {**each.kept(), "choices": "、".join(each.choices), "order": place * 10}
        for place, each in enumerate(now.fields, start=1)
    ]


def initial_of_form(kind: LedgerKind) -> dict[str, Any]:
    now = form_now(kind)
    if now is None:
        return {"title": f"{kind.name}表", "signatures": "经办人、审核", "version": kind.version}
    by = next((each.label for each in now.fields if each.key == now.summary_by), "")
    return {
        "title": now.title, "signatures": "、".join(now.signatures), "footnotes": "\n".join(now.footnotes),
        "summary_by": by, "version": kind.version,
    }


class PublishForm(DeskForm):
    """发布, with what was changed."""

    note = forms.CharField(label="修改说明", max_length=100, required=False, widget=forms.TextInput({"autofocus": ""}))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("note")
