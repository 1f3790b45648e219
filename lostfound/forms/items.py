"""The three intake forms, made for a clerk with a queue, and the one that puts a record right."""

from typing import Any

from crispy_forms.layout import HTML, Div, Fieldset
from django import forms

from lostfound.choices import IntakeKind
from lostfound.forms.lines import CashLines, ContentLines
from lostfound.models import FoundItem, ItemCategory
from lostfound.services.item_facts import FoundItemFacts
from lostfound.services.items import THING_FIELDS
from lostfound.services.valuables import category_or_other, is_valuable_by_rule
from servicedesk.choices import SignatureMeans
from servicedesk.errors import EditedMeanwhile, Refusal
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import (
    MoneyField,
    PersonField,
    PhoneField,
    PhotosField,
    StorageField,
    WhenField,
    ZoneField,
)
from servicedesk.forms.standing import CLEAR, say_standing
from servicedesk.models import StoragePlace, User
from servicedesk.sealing import masked
from servicedesk.services.photos import prepare_photo
from servicedesk.services.signing import confirm_person

ANONYMOUS_WORDS = {"匿名", "不愿留名", "无名氏", "不留名"}
SEALED = ("secret_marks", "number_on_item", "finder_phone")


class CategorySelect(forms.Select):
    """A select whose options carry the words they are guessed by and what follows from them."""

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        category = getattr(value, "instance", None)
        if category is not None:
            flags = ("is_valuable", "is_cash", "is_forbidden", "needs_fire_safe")
            option["attrs"]["data-keywords"] = category.keywords
            option["attrs"]["data-flags"] = " ".join(flag for flag in flags if getattr(category, flag))
        return option


class FindForm(DeskForm):
    """What the three kinds share. `item` is the record being put right, None for a new one."""

    kind = IntakeKind.VISITOR

    thing = forms.CharField(
        label="物品名称", max_length=60, widget=forms.TextInput({"autofocus": "", "autocomplete": "off"})
    )
    colour = forms.CharField(
        label="颜色", max_length=30, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    zone = ZoneField(label="拾获地点")
    found_at = WhenField(label="拾获时间")
    category = forms.ModelChoiceField(
        label="类别", queryset=ItemCategory.objects.filter(is_active=True), required=False,
        empty_label="按名称自动判断", widget=CategorySelect,
    )
    quantity = forms.IntegerField(
        label="数量", min_value=1, max_value=100_000, initial=1, widget=forms.TextInput({"inputmode": "numeric"})
    )
    unit = forms.CharField(label="单位", max_length=6, initial="件")
    brand = forms.CharField(label="品牌/型号", max_length=60, required=False)
    spec = forms.CharField(label="规格", max_length=60, required=False)
    estimated_value = MoneyField(label="估价(元)", required=False)
    is_valuable = forms.BooleanField(label="贵重物品", required=False)
    place_detail = forms.CharField(label="参照物", max_length=100, required=False)
    handed_in_at = WhenField(label="上交时间", required=False, help_text="空着就是现在")
    features = forms.CharField(
        label="特征(内部)", max_length=10000, required=False, widget=forms.Textarea({"rows": 2}),
        help_text="破损、内装物、证件姓名",
    )
    secret_marks = forms.CharField(
        label="暗记", max_length=2000, required=False, help_text="只供核验,查看留痕",
        widget=forms.TextInput({"class": "is-masked", "autocomplete": "off"}),
    )
    public_text = forms.CharField(label="公开描述", max_length=200, required=False, help_text="公告用,不写特征")
    name_on_item = forms.CharField(label="物品上的姓名", max_length=100, required=False)
    number_on_item = forms.CharField(
        label="物品上的号码", max_length=60, required=False, help_text="卡号、证件号",
        widget=forms.TextInput({"class": "is-masked", "autocomplete": "off", "data-tail": ""}),
    )
    storage = StorageField(label="存放处", required=False)
    has_label = forms.BooleanField(label="信息卡已粘贴", required=False)
    seal_number = forms.CharField(label="封袋号", max_length=30, required=False)
    second_person = PersonField(label="复核/见证人", required=False)
    second_password = forms.CharField(
        label="复核人密码", required=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    second_on_paper = forms.BooleanField(label="纸上签", required=False, help_text="复核人在打印的表上签字,不输密码")
    photos = PhotosField(label="照片")

    def __init__(self, *args: Any, item: FoundItem | None = None, **kwargs: Any):
        self.item = item
        super().__init__(*args, **kwargs)
        self.fields["storage"].queryset = StoragePlace.objects.filter(
            is_active=True, service_point=item.service_point if item else self.point
        )
        self.contents = ContentLines(*args[:1], prefix="contents", initial=_content_rows(item))
        self.cash = CashLines(*args[:1], prefix="cash", initial=_cash_rows(item))
        if item is not None:
            self._dress_for_edit(item)
        if self.is_bound:
            self.fields["thing"].widget.attrs.pop("autofocus", None)
        self.lay_out(*self.parts())

    def _dress_for_edit(self, item: FoundItem) -> None:
        self.fields["category"].queryset = ItemCategory.objects.choosable(item.category)
        for name in ("storage", "photos"):
            del self.fields[name]
        for name in SEALED:
            if name in self.fields and getattr(item, name):
                shown = "已有" if name == "secret_marks" else masked(getattr(item, name))
                say_standing(self.fields[name], shown, may_clear=True)

    # ---- layout: the quick path first, then the rest in the order of the paper
    def parts(self) -> list[Any]:
        return [
            Fieldset("物品和拾获", row(("thing", 5), ("colour", 3), ("category", 4)),
                     row(("zone", 4), ("found_at", 4), ("place_detail", 4)), css_class="quick"),
            block(*self.finder_part()),
            Fieldset("物品详情", row(("quantity", 2), ("unit", 2), ("brand", 4), ("spec", 4)),
                     row(("features", 8), ("estimated_value", 4)),
                     row(("name_on_item", 4), ("number_on_item", 4), ("secret_marks", 4)),
                     row(("public_text", 8), ("handed_in_at", 4))),
            HTML('{% include "lostfound/_find_lines.html" %}'),
            Fieldset("保管", *self.keeping_part(), css_class="keeping"),
            *(["photos"] if "photos" in self.fields else []),
        ]

    def finder_part(self) -> tuple[Any, ...]:
        raise NotImplementedError

    def keeping_part(self) -> list[Any]:
        places = [row(("storage", 4), ("has_label", 4)) if "storage" in self.fields else row(("has_label", 4))]
        return [
            *places, "is_valuable",
            Div(row(("seal_number", 3), ("second_person", 3), ("second_password", 3), ("second_on_paper", 3)),
                css_class="valuable-part", css_id="valuable-part"),
        ]

    # ---- judgement
    def is_valid(self) -> bool:
        parts = [super().is_valid(), self.contents.is_valid(), self.cash.is_valid()]
        return all(parts)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and self.contents.is_valid() and self.cash.is_valid():
            data["category"] = data.get("category") or category_or_other(data["thing"])
            self._clean_second(data)
            self._clean_photos(data)
        return data

    def _clean_second(self, data: dict[str, Any]) -> None:
        """The password is judged here, before the transaction: hashing is slow by design."""
        person = data.get("second_person")
        data["second_means"] = SignatureMeans.PAPER if data.get("second_on_paper") else SignatureMeans.ACCOUNT
        if person is None or data.get("second_on_paper") or not self.needs_second(data):
            return
        if not data.get("second_password"):
            self.add_error("second_password", "请复核人输入自己的密码,或勾选“纸上签”。")
            return
        try:
            confirm_person(person.staff_no, data["second_password"], not_these=(self.user,))
        except Refusal as refusal:
            self.add_error("second_password", refusal.sentence)

    def needs_second(self, data: dict[str, Any]) -> bool:
        """Whether the second person counts at all for this find."""
        return data.get("is_valuable") or is_valuable_by_rule(self.facts())

    def _clean_photos(self, data: dict[str, Any]) -> None:
        """Pictures are decoded before the transaction too: it may hold the database only for moments."""
        prepared = []
        for upload in data.get("photos") or []:
            try:
                prepared.append(prepare_photo(upload))
            except Refusal as refusal:
                self.add_error("photos", refusal.sentence)
        data["prepared_photos"] = prepared

    # ---- what was typed, as the service takes it
    def facts(self) -> FoundItemFacts:
        data = self.cleaned_data
        plain = {name: data[name] for name in THING_FIELDS if name in data}
        more = {name: data[name] for name in self.own_fields() if name in data}
        sealed = {name: self._sealed(name) for name in SEALED if name in data}
        return FoundItemFacts(
            intake_kind=self.kind, public_text=data["public_text"], handed_in_at=data["handed_in_at"],
            is_valuable=data["is_valuable"], seal_number=data["seal_number"], storage=data.get("storage"),
            has_label=data["has_label"], second_person=data["second_person"],
            second_means=data.get("second_means", SignatureMeans.ACCOUNT), contents=self.contents.lines(),
            cash=self.cash.lines(), **{**plain, **more, **sealed},
        )

    def own_fields(self) -> tuple[str, ...]:
        return ()

    def _sealed(self, name: str) -> str:
        typed = self.cleaned_data[name]
        if self.item is None or typed:
            return "" if self.item is not None and typed == CLEAR else typed
        return getattr(self.item, name)

    # ---- two editors
    def refuse(self, refusal: Refusal) -> None:
        """A clash keeps what was typed, takes the new version, and shows what the other wrote."""
        super().refuse(refusal)
        if isinstance(refusal, EditedMeanwhile) and self.item is not None:
            self.item.refresh_from_db()
            self.data = self.data.copy()
            self.data["version"] = str(self.item.version)  # type: ignore[index]
            for name, theirs in initial_of(self.item).items():
                if name in self.fields and name in self.changed_data and name not in SEALED:
                    self.add_error(name, f"现在的记录是:{theirs if theirs not in (None, '') else '空'}")


class VisitorFindForm(FindForm):
    """游客拾物 (3.3)."""

    finder_name = forms.CharField(label="拾物人姓名", max_length=100, required=False, help_text="或“匿名”")
    finder_phone = PhoneField(label="联系电话", required=False)
    finder_origin = forms.CharField(label="来源地/住址", max_length=120, required=False)
    finder_is_anonymous = forms.BooleanField(label="不愿留名", required=False)

    def finder_part(self) -> tuple[Any, ...]:
        fields = row(("finder_name", 3), ("finder_phone", 3), ("finder_origin", 4), ("finder_is_anonymous", 2))
        return "拾物人", fields

    def own_fields(self) -> tuple[str, ...]:
        return "finder_name", "finder_origin", "finder_is_anonymous"

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("finder_name", "")
        if name in ANONYMOUS_WORDS:
            self.cleaned_data["finder_is_anonymous"] = True
        return super().clean()


class StaffFindForm(FindForm):
    """员工拾物 (3.4)."""

    kind = IntakeKind.STAFF

    finder = PersonField(label="拾物员工", help_text="工号、姓名或拼音")

    def finder_part(self) -> tuple[Any, ...]:
        return "拾物员工", row(("finder", 6))

    def own_fields(self) -> tuple[str, ...]:
        return ("finder",)


class OnSpotFindForm(StaffFindForm):
    """员工现场拾物 (3.5)."""

    kind = IntakeKind.ON_SPOT

    is_field_held = forms.TypedChoiceField(
        label="物品现在", choices=[("", "已交服务台"), ("1", "仍由拾物员工在现场暂管")], coerce=bool, required=False,
        empty_value=False,  # type: ignore[arg-type]
    )
    desk_came_at = WhenField(label="客服到场时间", required=False)
    desk_absent_reason = forms.CharField(label="客服未到原因", max_length=100, required=False)
    foreman = PersonField(label="领班", required=False)
    witness = PersonField(label="见证员工", required=False)
    booklet_number = forms.CharField(label="空白本号", max_length=10, required=False)
    sheet_number = forms.IntegerField(
        label="第几张", min_value=1, max_value=999, required=False, widget=forms.TextInput({"inputmode": "numeric"})
    )

    def finder_part(self) -> tuple[Any, ...]:
        spot = row(("desk_came_at", 3), ("desk_absent_reason", 3), ("foreman", 3), ("witness", 3))
        if self.item is not None:
            return "拾物员工和现场", row(("finder", 6)), spot
        sheet = row(("finder", 4), ("is_field_held", 4), ("booklet_number", 2), ("sheet_number", 2))
        return "拾物员工和现场", sheet, spot

    def own_fields(self) -> tuple[str, ...]:
        more = () if self.item else ("is_field_held", "booklet_number", "sheet_number")
        return "finder", "desk_came_at", "desk_absent_reason", "foreman", "witness", *more

    def needs_second(self, data: dict[str, Any]) -> bool:
        return not data.get("is_field_held") and super().needs_second(data)


FORMS: dict[str, type[FindForm]] = {form.kind: form for form in (VisitorFindForm, StaffFindForm, OnSpotFindForm)}


def people_of(point) -> Any:
    """Active people of a service point."""
    return User.objects.active().at(point).select_related("department")


def initial_of(item: FoundItem) -> dict[str, Any]:
    """What the edit form shows of a record; sealed numbers stay sealed."""
    names = {*THING_FIELDS, "public_text", "handed_in_at", "is_valuable", "seal_number", "has_label", "finder_name",
             "finder_origin", "finder_is_anonymous", "finder", "desk_came_at", "desk_absent_reason", "foreman",
             "witness"} - set(SEALED)
    return {name: getattr(item, name) for name in names} | {"version": item.version}


def _content_rows(item: FoundItem | None) -> list[dict[str, Any]]:
    names = ("pk", "thing", "quantity", "unit", "look", "features", "estimated_value")
    return list(item.contents.values(*names)) if item else []


def _cash_rows(item: FoundItem | None) -> list[dict[str, Any]]:
    return list(item.cash_lines.values("pk", "currency", "denomination", "pieces")) if item else []  # type: ignore[arg-type]
