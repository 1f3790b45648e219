"""失物登记: made for a clerk with a visitor before them or a phone at the ear."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import HTML, Div
from django import forms
from django.utils import timezone

from lostfound.choices import MeasureKind, PickupWay, Relation, ReportChannel
from lostfound.forms.lines import LineForm, LineFormSet
from lostfound.models import ItemCategory, LostReport
from lostfound.services.report_facts import PLAIN, LineFacts, LostReportFacts, MeasureFacts
from lostfound.services.reports import SIGNED_WORDS
from lostfound.services.valuables import category_or_other
from servicedesk.choices import Sex
from servicedesk.errors import EditedMeanwhile, Refusal
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import MoneyField, PhoneField, SignatureField, WhenField, ZonesField
from servicedesk.forms.standing import CLEAR, say_standing
from servicedesk.sealing import masked

USUAL_WINDOW = dt.timedelta(hours=2)
SEALED = ("phone", "number_on_item", "blind_answers")
MOST_LINES = 20
OWNER_MORE = ("sex", "origin", "group_info")
PICKUP = ("pickup_way", "mail_address", "note")


def usual_window(now: dt.datetime) -> dict[str, dt.datetime]:
    """When it was lost if nobody knows better: the last two hours, begun at a half hour."""
    begin = timezone.localtime(now - USUAL_WINDOW).replace(second=0, microsecond=0)
    return {
        "lost_from": begin.replace(minute=begin.minute // 30 * 30),
        "lost_to": timezone.localtime(now).replace(second=0, microsecond=0),
    }


class ReportLineForm(LineForm):
    """同时遗失: a further thing."""

    thing = forms.CharField(label="物品名称", max_length=60)
    quantity = forms.IntegerField(
        label="数量", min_value=1, max_value=100_000, initial=1, widget=forms.TextInput({"inputmode": "numeric"})
    )
    look = forms.CharField(label="品牌/型号/颜色", max_length=120, required=False)
    features = forms.CharField(label="特征", max_length=300, required=False)
    estimated_value = MoneyField(label="估价(元)", required=False)

    def facts(self) -> LineFacts:
        names = ("thing", "quantity", "look", "features", "estimated_value")
        return LineFacts(**{name: self.cleaned_data[name] for name in names})


class MeasureLineForm(LineForm):
    """已采取措施: what, when, where."""

    kind = forms.ChoiceField(label="措施", choices=[("", "—"), *MeasureKind.choices])
    at = WhenField(label="时间", required=False)
    detail = forms.CharField(label="说明", max_length=200, required=False)

    def facts(self) -> MeasureFacts:
        return MeasureFacts(**{name: self.cleaned_data[name] for name in ("kind", "at", "detail")})


ReportLines = forms.formset_factory(
    ReportLineForm, formset=LineFormSet, extra=1, max_num=MOST_LINES, validate_max=True, can_delete=True
)
MeasureLines = forms.formset_factory(
    MeasureLineForm, formset=LineFormSet, extra=1, max_num=MOST_LINES, validate_max=True, can_delete=True
)


def _text(label: str, limit: int, help_text: str = "", **attrs: str) -> forms.CharField:
    widget = forms.TextInput({"autocomplete": "off", **attrs})
    return forms.CharField(label=label, max_length=limit, required=False, help_text=help_text, widget=widget)


class LostReportForm(DeskForm):
    """A loss. `report` is the record being put right, None for a new one."""

    channel = forms.ChoiceField(label="登记方式", choices=ReportChannel.choices, initial=ReportChannel.DESK)
    owner_name = forms.CharField(
        label="失主姓名", max_length=100, widget=forms.TextInput({"autofocus": "", "autocomplete": "off"})
    )
    phone = PhoneField(label="联系电话")
    sex = forms.ChoiceField(label="性别", choices=Sex.choices, required=False)
    other_contact = _text("备用/微信", 60)
    relation = forms.ChoiceField(label="报失人", choices=Relation.choices, initial=Relation.SELF)
    reporter_name = _text("报失人姓名", 100, "不是失主本人时")
    origin = _text("来源地/住址", 120)
    group_info = _text("旅行社/导游电话", 100)
    leaves_at = WhenField(label="预计离园/离开本地", required=False, future=True)
    call_when = _text("方便接听时间", 60)

    lost_from = WhenField(label="遗失时间 起")
    lost_to = WhenField(label="止", required=False, help_text="空着就是现在")
    zones = ZonesField(label="遗失地点/走过的路线", help_text="按走过的先后选,最后一处在末尾")
    last_seen = _text("最后见到", 200, "在哪里、什么时候还在")

    thing = forms.CharField(label="物品名称", max_length=60, widget=forms.TextInput({"autocomplete": "off"}))
    colour = _text("颜色", 30)
    brand = _text("品牌/型号", 60)
    category = forms.ModelChoiceField(
        label="类别", queryset=ItemCategory.objects.filter(is_active=True), required=False,
        empty_label="按名称自动判断",
    )
    quantity = forms.IntegerField(
        label="数量", min_value=1, max_value=100_000, initial=1, widget=forms.TextInput({"inputmode": "numeric"})
    )
    unit = forms.CharField(label="单位", max_length=6, initial="件")
    features = forms.CharField(
        label="特征/内装物", max_length=10000, required=False, widget=forms.Textarea({"rows": 2})
    )
    estimated_value = MoneyField(label="估价(元)", required=False)
    name_on_item = _text("物品上的姓名", 100)
    number_on_item = _text("机号/证件号", 60, "后四位也可以", **{"class": "is-masked", "data-tail": ""})
    blind_answers = forms.CharField(
        label="核验答案", max_length=2000, required=False, widget=forms.Textarea({"rows": 2, "class": "is-masked"}),
        help_text="只有失主知道的细节,封存",
    )

    pickup_way = forms.ChoiceField(
        label="找到后领取方式", choices=[("", "未定"), *PickupWay.choices], required=False
    )
    mail_address = _text("收件地址", 200)
    note = _text("备注", 200)
    signature = SignatureField(
        label="失主签字", signer_label="失主", text=SIGNED_WORDS, required=False
    )

    def __init__(self, *args: Any, report: LostReport | None = None, **kwargs: Any):
        self.report = report
        super().__init__(*args, **kwargs)
        self.lines = ReportLines(*args[:1], prefix="lines", initial=_line_rows(report))
        self.measures = None if report else MeasureLines(*args[:1], prefix="measures")
        if report is not None:
            self._dress_for_edit(report)
        self.lay_out(*self.parts())

    def _dress_for_edit(self, report: LostReport) -> None:
        self.fields["category"].queryset = ItemCategory.objects.choosable(report.category)
        del self.fields["signature"]
        for name in SEALED:
            if getattr(report, name):
                shown = "已封存" if name == "blind_answers" else masked(getattr(report, name))
                say_standing(self.fields[name], shown, may_clear=name != "phone")
        self.fields["phone"].required = False

    def parts(self) -> list[Any]:
        """In the order of the paper; what is seldom said is folded away until it is wanted."""
        return [
            block("失主", row(("channel", 3), ("owner_name", 3), ("phone", 3), ("relation", 3)),
                  row(("reporter_name", 3), ("leaves_at", 3), ("call_when", 3), ("other_contact", 3))),
            *self._folded("失主的更多情况", OWNER_MORE, row(("sex", 2), ("origin", 5), ("group_info", 5))),
            block("在哪里丢的", row(("lost_from", 4), ("lost_to", 4), ("last_seen", 4)), "zones"),
            block("丢了什么", row(("thing", 4), ("colour", 2), ("brand", 3), ("category", 3)),
                  row(("name_on_item", 3), ("number_on_item", 3), ("quantity", 2), ("unit", 2), ("estimated_value", 2)),
                  row(("features", 6), ("blind_answers", 6))),
            HTML('{% include "lostfound/_report_lines.html" %}'),
            *self._folded("找到以后怎样领取", PICKUP, row(("pickup_way", 3), ("mail_address", 5), ("note", 4))),
            *([Div("signature", css_class="section report-signature")] if self.report is None else []),
        ]

    def _folded(self, title: str, names: tuple[str, ...], part: Any) -> list[Any]:
        """A part that opens by itself when something stands in it or was refused."""
        values = (self[name].value() for name in names)
        is_open = any(values) or (self.is_bound and any(name in self.errors for name in names))
        return [HTML(f'<details class="lines-part"{" open" if is_open else ""}><summary>{title}</summary>'), part,
                HTML("</details>")]

    def is_valid(self) -> bool:
        parts = [super().is_valid(), self.lines.is_valid()]
        return all(parts) and (self.measures is None or self.measures.is_valid())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("lost_to"):
            data["lost_to"] = timezone.localtime().replace(second=0, microsecond=0)
        if data.get("thing") and not data.get("category"):
            data["category"] = category_or_other(data["thing"])
        return data

    def facts(self) -> LostReportFacts:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        plain = {name: self._sealed(name) if name in SEALED else data[name] for name in PLAIN}
        return LostReportFacts(
            **plain, zones=tuple(data["zones"]), lines=self.lines.lines(),  # type: ignore[arg-type]
            measures=self.measures.lines() if self.measures is not None else (), **self._signature(data),  # type: ignore[arg-type]
        )

    def _signature(self, data: Mapping[str, Any]) -> dict[str, str]:
        """Only who stands at the desk signs; an empty pad is no signature."""
        signed = data.get("signature")
        if not signed or data["channel"] != ReportChannel.DESK or (signed["means"] == "screen" and not signed["image"]):
            return {}
        return {"signature_means": signed["means"], "signature_image": signed["image"]}

    def _sealed(self, name: str) -> str:
        typed = self.cleaned_data[name]
        if self.report is None or typed:
            return "" if self.report is not None and typed == CLEAR else typed
        return getattr(self.report, name)

    def refuse(self, refusal: Refusal) -> None:
        """A clash keeps what was typed, takes the new version, and shows what the other wrote."""
        super().refuse(refusal)
        if isinstance(refusal, EditedMeanwhile) and self.report is not None:
            self.report.refresh_from_db()
            self.data = self.data.copy()
            self.data["version"] = str(self.report.version)  # type: ignore[index]
            for name, theirs in initial_of(self.report).items():
                if name in self.changed_data and name in self.fields and name not in {*SEALED, "zones", "version"}:
                    self.add_error(name, f"现在的记录是:{theirs if theirs not in (None, '') else '空'}")


def initial_of(report: LostReport) -> dict[str, Any]:
    """What the edit form shows of a record; sealed texts stay sealed."""
    plain = {name: getattr(report, name) for name in PLAIN if name not in SEALED}
    return plain | {"zones": [step.zone_id for step in report.steps.all()], "version": report.version}


def _line_rows(report: LostReport | None) -> list[dict[str, Any]]:
    names = ("pk", "thing", "quantity", "look", "features", "estimated_value")
    return list(report.lines.values(*names)) if report else []
