"""Forms of assets."""

from typing import Any

from django import forms
from django.utils import timezone

from checklists.choices import AwayKind
from checklists.models import Asset
from checklists.services.assets import AssetFacts, AwayFacts
from servicedesk.filters import DayInput
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import PhotosField
from servicedesk.forms.photos import PreparedPhotosMixin

NAMES = ("name", "spec", "area", "place", "expected_quantity", "is_counted", "bought_on", "note")


class AssetForm(PreparedPhotosMixin, DeskForm):
    """An asset. `asset` is the record being put right, None for a new one."""

    name = forms.CharField(label="资产名称", max_length=40)
    spec = forms.CharField(label="规格型号", max_length=40, required=False)
    area = forms.CharField(label="区域", max_length=30, help_text="一起查的地方,如 大厅")
    place = forms.CharField(label="位置", max_length=30, required=False, help_text="如 东侧、2 号柜")
    expected_quantity = forms.IntegerField(label="应有数量", min_value=1, max_value=9999, initial=1)
    is_counted = forms.BooleanField(label="填实有数量(轮椅、雨伞等成套的)", required=False)
    number = forms.CharField(label="资产编号", max_length=20, required=False, help_text="已有标签照抄,没有留空")
    code = forms.CharField(label="区域代码", max_length=4, required=False, help_text="如 DT;编号留空时用")
    bought_on = forms.DateField(label="购入日期", required=False, widget=DayInput())
    note = forms.CharField(label="备注", max_length=100, required=False)
    photos = PhotosField(label="照片", most=4)

    def __init__(self, *args: Any, asset: Asset | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        tag = [row(("number", 4), ("code", 4), ("bought_on", 4))]
        if asset is not None:
            del self.fields["number"], self.fields["code"]
            tag = [row(("bought_on", 4))]
        self.lay_out(
            block("资产", row(("name", 6), ("spec", 6)), row(("area", 4), ("place", 4), ("expected_quantity", 4)),
                  "is_counted"),
            block("标签", *tag, "note", "photos"),
        )

    def facts(self) -> AssetFacts:
        return AssetFacts(**{name: self.cleaned_data[name] for name in NAMES})


class AwayForm(DeskForm):
    """借出 or 送修."""

    kind = forms.ChoiceField(label="去向", choices=AwayKind.choices)
    quantity = forms.IntegerField(label="数量", min_value=1, max_value=9999, initial=1)
    away_on = forms.DateField(label="借出日期", widget=DayInput())
    due_on = forms.DateField(label="应还日期", widget=DayInput())
    reason = forms.CharField(label="原因", max_length=100, help_text="谁借、修什么")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["away_on"].initial = timezone.localdate
        self.lay_out(row(("kind", 3), ("quantity", 3), ("away_on", 3), ("due_on", 3)), "reason")

    def facts(self) -> AwayFacts:
        names = ("kind", "quantity", "away_on", "due_on", "reason")
        return AwayFacts(**{name: self.cleaned_data[name] for name in names})


class ReasonForm(DeskForm):
    """Why: retired, approved as missed."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea({"rows": 2, "autofocus": ""}))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("reason")
