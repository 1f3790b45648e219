"""Forms of departments, service points, zones and storage places."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from servicedesk.choices import StorageKind
from servicedesk.filters import DayInput
from servicedesk.forms.base import DeskForm, row
from servicedesk.forms.fields import ZoneField, ZonesField
from servicedesk.models import ServicePoint, Zone
from servicedesk.services.places import mark_is_used

LANDLINE = re.compile(r"^[0-9+()()转\- ]{3,30}$")
FIRST = {"autofocus": True}


class PlaceForm(DeskForm):
    """What all of them have: a name, and being in use. `place` is the row that is edited."""

    columns: tuple[str, ...] = ("name", "is_active")
    lists: tuple[str, ...] = ()
    name = forms.CharField(label="名称", max_length=60, widget=forms.TextInput(attrs=FIRST))
    is_active = forms.BooleanField(label="在用", required=False, initial=True)
    reason = forms.CharField(label="修改原因", max_length=100, required=False)

    def __init__(self, *args: Any, place: Any = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.place = place
        if place is None:
            del self.fields["reason"], self.fields["is_active"]
        self.prepare()
        self.lay_out(*self.rows(), *([row("reason", "is_active")] if place else []))

    def prepare(self) -> None:
        """Narrow choices, close fields."""

    def rows(self) -> list[Any]:
        return [row("name")]

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.columns if name in self.fields}

    def many(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.lists}


def _phone(label: str = "电话") -> forms.RegexField:
    return forms.RegexField(
        LANDLINE, label=label, required=False, max_length=30,
        error_messages={"invalid": "电话只写数字,如 0571-88880001。"},
    )


class DepartmentForm(PlaceForm):
    columns = ("name", "phone", "is_active")
    phone = _phone()

    def rows(self) -> list[Any]:
        return [row("name", "phone")]


class ServicePointForm(PlaceForm):
    """A desk. Its mark stands in every number it gives, so it is closed once used."""

    columns = ("name", "serial_mark", "phone", "address", "opened_on", "is_active")
    serial_mark = forms.CharField(
        label="编号标记", max_length=4, required=False, help_text="如 B → SWB-20261122-001;主服务中心留空",
    )
    phone = _phone()
    address = forms.CharField(label="地址", max_length=120, required=False)
    opened_on = forms.DateField(
        label="启用日期", required=False, widget=DayInput(), help_text="之前的日子不算漏查",
    )

    def prepare(self) -> None:
        if self.place is None:
            self.fields["opened_on"].initial = timezone.localdate()
        if self.place is not None and mark_is_used(self.place):
            self.fields["serial_mark"].disabled = True
            self.fields["serial_mark"].help_text = "已用于编号,不能再改"

    def rows(self) -> list[Any]:
        return [row("name", "serial_mark"), row("phone", "address"), row("opened_on")]

    def clean_serial_mark(self) -> str:
        mark = self.cleaned_data["serial_mark"].strip().upper()
        if mark and not re.fullmatch(r"[A-Z]{1,4}", mark):
            raise ValidationError("编号标记只用 1 到 4 个英文字母。")
        return mark


class ZoneForm(PlaceForm):
    columns = ("number", "name", "is_active")
    lists = ("neighbours",)
    number = forms.CharField(label="编号", max_length=10, widget=forms.TextInput(attrs=FIRST))
    neighbours = ZonesField(label="相邻地点", required=False, help_text="丢失与拾获相邻时也会提示匹配")

    def prepare(self) -> None:
        others = Zone.objects.filter(is_active=True)
        self.fields["neighbours"].queryset = others.exclude(pk=self.place.pk) if self.place else others

    def rows(self) -> list[Any]:
        return [row("number", "name"), row("neighbours")]


class StoragePlaceForm(PlaceForm):
    """A shelf. Its desk is chosen once: what lies there belongs to that desk."""

    columns = ("service_point", "code", "name", "kind", "is_active")
    service_point = forms.ModelChoiceField(label="服务点", queryset=ServicePoint.objects.none())
    code = forms.CharField(label="格位", max_length=20, widget=forms.TextInput(attrs=FIRST))
    name = forms.CharField(label="名称", max_length=60, required=False)
    kind = forms.ChoiceField(label="类型", choices=StorageKind.choices)

    def prepare(self) -> None:
        self.fields["service_point"].queryset = ServicePoint.objects.filter(is_active=True)
        if self.place is not None:
            del self.fields["service_point"]

    def rows(self) -> list[Any]:
        return [row("code", "name"), row(*[] if self.place else ["service_point"], "kind")]


class VisitorCodeForm(PlaceForm):
    """Where a code hangs: what comes by it belongs to that desk and place."""

    columns = ("name", "service_point", "zone", "is_kiosk", "is_active")
    name = forms.CharField(
        label="张贴位置", max_length=60, widget=forms.TextInput(attrs=FIRST), help_text="如 东门售票处"
    )
    service_point = forms.ModelChoiceField(label="服务点", queryset=ServicePoint.objects.filter(is_active=True))
    zone = ZoneField(label="园区地点", required=False)
    is_kiosk = forms.BooleanField(
        label="自助机", required=False, help_text="放在固定屏幕上,答完自己回到首页;不按设备限次"
    )

    def rows(self) -> list[Any]:
        return [row("name", "service_point"), row("zone", "is_kiosk")]
