"""The form of one category."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lostfound.choices import OTHER_CATEGORY, TermEnd, TermKind
from lostfound.services.categories import code_is_used
from servicedesk.forms.base import block, row
from servicedesk.forms.places import FIRST, PlaceForm

FLAGS = ("is_valuable", "is_cash", "is_identity", "is_phone", "is_forbidden", "needs_fire_safe", "needs_cold")
CODE = re.compile(r"[0-9A-Za-z]{1,10}")
WHOLE = dict.fromkeys(("invalid", "min_value", "max_value"), "请填 0 到 999 的整数。")


def _flag(label: str, help_text: str = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=help_text)


class CategoryForm(PlaceForm):
    """What the thing is, how long the desk keeps it, what then."""

    columns = ("code", "name", "keywords", *FLAGS, "term_kind", "term_number", "term_end", "order", "is_active")
    code = forms.CharField(label="类别码", max_length=10, widget=forms.TextInput(attrs=FIRST))
    name = forms.CharField(label="名称", max_length=40)
    keywords = forms.CharField(
        label="常见叫法", max_length=300, required=False, help_text="用空格分开,登记时据此猜类别"
    )
    term_kind = forms.ChoiceField(label="保管期", choices=TermKind.choices, initial=TermKind.MONTH_END)
    term_number = forms.IntegerField(
        label="期限数", required=False, min_value=0, max_value=999, error_messages=WHOLE,
        help_text="按小时或按天保管时填写", widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    term_end = forms.ChoiceField(label="期满去向", choices=TermEnd.choices, initial=TermEnd.FINANCE)
    order = forms.IntegerField(
        label="次序", min_value=0, max_value=999, initial=50, error_messages=WHOLE,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    is_valuable = _flag("贵重", "须两人清点、封袋,当日交失物招领负责人")
    is_cash = _flag("现金", "一律按贵重办理")
    is_identity = _flag("证件", "可按“本人的证件”认领")
    is_phone = _flag("手机", "现场发还须督导见证")
    is_forbidden = _flag("违禁/涉密/军用", "立即移交公安,从不公告")
    needs_fire_safe = _flag("须放防火处")
    needs_cold = _flag("须冷藏")

    def prepare(self) -> None:
        if self.place is None:
            return
        if self.place.code == OTHER_CATEGORY or code_is_used(self.place):
            self.fields["code"].disabled = True
            self.fields["code"].help_text = "已用于登记,不能再改"
        self.fields["term_kind"].help_text = "修改后,在库物品的到期日随之重算"

    def rows(self) -> list[Any]:
        return [
            row(("code", 3), ("name", 6), ("order", 3)), row("keywords"),
            block("保管期", row("term_kind", "term_number", "term_end")),
            block("特别对待", row("is_valuable", "is_cash", "is_identity", "is_phone"),
                  row("is_forbidden", "needs_fire_safe", "needs_cold")),
        ]

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].strip().upper()
        if not CODE.fullmatch(code):
            raise ValidationError("类别码只用 1 到 10 个数字或英文字母。")
        return code

    def clean_term_number(self) -> int:
        return self.cleaned_data["term_number"] or 0

    def clean_keywords(self) -> str:
        return " ".join(self.cleaned_data["keywords"].replace("、", " ").replace("，", " ").replace(",", " ").split())
