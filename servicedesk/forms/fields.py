"""Form fields that the desk's forms share: quick times, places, people, phones, money, photos, signatures."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator
from django.utils import timezone

from servicedesk.models import StoragePlace, User, Zone
from servicedesk.pinyin import typed_forms
from servicedesk.services import kept

_DAY_WORDS = {"今": 0, "今天": 0, "昨": 1, "昨天": 1, "昨日": 1, "前": 2, "前天": 2}
_WHEN = re.compile(
    r"^(?P<day>今天?|昨[天日]?|前天?|(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?)?\s*(?P<clock>\d{1,2}[::.点时]?\d{2})分?$"
)
_BACK = re.compile(r"^[-－—−](\d{1,4})(分钟?)?$")
_FULL = re.compile(r"^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(:\d{2})?$")
_PICTURE = re.compile(r"data:image/png;base64,[A-Za-z0-9+/]{1,600000}={0,2}")
MOBILE_DIGITS = 11
LARGEST_MONEY = Decimal("9999999999.99")


def read_when(typed: str, now: dt.datetime) -> dt.datetime | None:
    """The moment meant by `1020`, `昨1530`, `-20` (minutes ago), `11-20 0930` or a full date and time.

    `now` is aware, in the desk's zone; the answer is too. None when the text is no time of this
    century or the next: older and later ones cannot be reckoned with in every time zone. The same
    grammar stands in static/js/when.js, which shows what was understood before anything is saved.
    """
    when = _read(unicodedata.normalize("NFKC", typed).strip(), now)
    return when if when and 2000 <= when.year < 2200 else None


def _read(text: str, now: dt.datetime) -> dt.datetime | None:
    if text in {"现在", "."}:
        return now.replace(second=0, microsecond=0)
    if back := _BACK.match(text):
        return (now - dt.timedelta(minutes=int(back[1]))).replace(second=0, microsecond=0)
    try:
        if full := _FULL.match(text):
            year, month, day, hour, minute = (int(part) for part in full.groups()[:5])
            return timezone.make_aware(dt.datetime(year, month, day, hour, minute))
        if parts := _WHEN.match(text):
            return _at(_day(parts["day"], now), parts["clock"])
    except ValueError:
        return None
    return None


def _day(word: str | None, now: dt.datetime) -> dt.date:
    today = timezone.localtime(now).date()
    if not word or word in _DAY_WORDS:
        return today - dt.timedelta(days=_DAY_WORDS.get(word or "今", 0))
    numbers = [int(n) for n in re.findall(r"\d+", word)]
    if len(numbers) == 3:
        return dt.date(*numbers)
    day = dt.date(today.year, *numbers)
    return day if day <= today else day.replace(year=today.year - 1)


def _at(day: dt.date, clock: str) -> dt.datetime:
    digits = re.sub(r"\D", "", clock).zfill(4)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(int(digits[:2]), int(digits[2:]))))


class WhenField(forms.CharField):
    """A moment typed in few keys; `future=False` refuses what has not happened yet."""

    def __init__(self, *, future: bool = False, **kwargs):
        self.future = future
        kwargs.setdefault("widget", forms.TextInput(attrs={
            "data-when": "", "autocomplete": "off", "inputmode": "text", "placeholder": "1020、昨1530、-20",
        }))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        if isinstance(value, dt.datetime):
            local = timezone.localtime(value) if timezone.is_aware(value) else value
            return local.strftime("%Y-%m-%d %H:%M")
        return value

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        now = timezone.localtime()
        when = read_when(text, now)
        if when is None:
            raise ValidationError("看不懂这个时间,请写成 1020、昨1530 或 2026-11-22 10:20。")
        if not self.future and when > now + dt.timedelta(minutes=1):
            raise ValidationError("这个时间还没有到,请核对。")
        return when

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


class KeptChoices(ModelChoiceIterator):
    """The options of a field over a small table, from what is kept of it."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for row in kept.rows_of(self.queryset):
            yield self.choice(row)


def keep_choices(form: forms.BaseForm) -> None:
    """Let every field of a form that offers rows of a table take them from what is kept."""
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField):
            field.iterator = KeptChoices
            field.widget.choices = field.choices


class PickerSelect(forms.Select):
    """A select that tom-select dresses; each option may carry pinyin and a note."""

    def __init__(self, attrs=None, choices=(), notes=None):
        super().__init__({"data-picker": "", **(attrs or {})}, choices)
        self.notes = notes

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        instance = getattr(value, "instance", None)
        if instance is not None:
            option["attrs"].update(option_words(instance))
        return option


class PickerSelectMultiple(PickerSelect, forms.SelectMultiple):
    """Several, in the order in which they were picked."""


def option_words(instance) -> dict[str, str]:
    """What an option is found by besides its text."""
    if isinstance(instance, Zone):
        return {"data-pinyin": f"{instance.pinyin} {instance.initials}", "data-note": instance.number}
    if isinstance(instance, User):
        department = instance.department.name if instance.department else ""
        return {"data-pinyin": typed_forms(instance.name), "data-note": f"{instance.staff_no} {department}".strip()}
    return {"data-pinyin": typed_forms(str(instance)[:6])}


class ZoneField(forms.ModelChoiceField):
    """A place in the park, typed by name, number or pinyin."""

    widget = PickerSelect

    def __init__(self, **kwargs):
        kwargs.setdefault("queryset", Zone.objects.filter(is_active=True))
        kwargs.setdefault("error_messages", {"invalid_choice": "没有这个地点,请从列表中选。"})
        super().__init__(**kwargs)


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows of a table. A key longer than any table holds is refused as an unknown one, not asked for."""

    LONGEST_KEY = 18

    def clean(self, value):
        for key in value or ():
            if len(str(key)) > self.LONGEST_KEY:
                raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": key})
        return super().clean(value)


class ZonesField(RowsField):
    """The zones of a walk; `clean` keeps the order in which they were picked."""

    widget = PickerSelectMultiple

    def __init__(self, **kwargs):
        kwargs.setdefault("queryset", Zone.objects.filter(is_active=True))
        super().__init__(**kwargs)

    def clean(self, value):
        rows = {str(zone.pk): zone for zone in super().clean(value)}
        return [rows[str(key)] for key in dict.fromkeys(value or []) if str(key) in rows]


class PersonField(forms.ModelChoiceField):
    """A member of staff, typed by name, 工号 or pinyin."""

    iterator = KeptChoices
    widget = PickerSelect

    def __init__(self, **kwargs):
        kwargs.setdefault("queryset", User.objects.active().select_related("department"))
        kwargs.setdefault("error_messages", {"invalid_choice": "没有这位员工,请从列表中选。"})
        super().__init__(**kwargs)


class StorageField(forms.ModelChoiceField):
    """A storage place; the form narrows `queryset` to its own service point."""

    widget = PickerSelect

    def __init__(self, **kwargs):
        kwargs.setdefault("queryset", StoragePlace.objects.filter(is_active=True))
        super().__init__(**kwargs)


class PhoneField(forms.CharField):
    """A phone number: Chinese mobile or landline, or foreign with +. Kept as typed, checked loosely."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def clean(self, value):
        text = super().clean(value)
        if text and not is_phone(text):
            raise ValidationError("电话号码不对,请核对位数;境外号码以 + 开头。")
        return text


def is_phone(text: str) -> bool:
    """Whether the number is possible in China, or abroad when it begins with +."""
    digits = re.sub(r"\D", "", text)
    if re.match(r"^1[3-9]", digits) and not text.lstrip().startswith("+"):
        return len(digits) == MOBILE_DIGITS
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(text, "CN"))
    except phonenumbers.NumberParseException:
        return False


class MoneyField(forms.CharField):
    """Yuan with at most two decimals; `1,280`, `¥1280.5` are understood; never negative."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = Decimal(re.sub(r"[,\u00a5元\s]", "", unicodedata.normalize("NFKC", text)))
        except InvalidOperation:
            raise ValidationError("金额请写数字,如 1280.50。") from None
        if not amount.is_finite() or amount < 0 or amount > LARGEST_MONEY:
            raise ValidationError("金额应在 0 到 9,999,999,999.99 元之间。")
        if amount != amount.quantize(Decimal("0.01")):
            raise ValidationError("金额最多两位小数。")
        return amount.quantize(Decimal("0.01"))

    def prepare_value(self, value):
        return f"{value:f}" if isinstance(value, Decimal) else value


class PhotosInput(forms.ClearableFileInput):
    """Camera, file, paste and drop, drawn by includes/_photo_input.html."""

    allow_multiple_selected = True
    template_name = "includes/_photo_widget.html"


class PhotosField(forms.FileField):
    """Up to `most` pictures; cleaned to a list. Decoding happens in services.photos."""

    widget = PhotosInput

    def __init__(self, *, most: int = 8, **kwargs):
        self.most = most
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > self.most:
            raise ValidationError(f"一次最多 {self.most} 张照片。")
        return [super(PhotosField, self).clean(file, initial) for file in files]


class SignatureInput(forms.HiddenInput):
    """The pad of includes/_signature.html; the radio beside it says screen or paper."""

    input_type = "text"
    template_name = "includes/_signature_widget.html"

    def __init__(self, text: str = "", label: str = "", attrs=None):
        super().__init__(attrs)
        self.text, self.label = text, label

    def get_context(self, name, value, attrs):
        posted = value if isinstance(value, dict) else {}
        return {
            **super().get_context(name, value, attrs), "field": name, "text": self.text, "label": self.label,
            "how": "paper" if posted.get("means") == "paper" else "screen", "image": _strokes(posted.get("image")),
        }

    def value_from_datadict(self, data, files, name):
        return {"image": data.get(name, ""), "means": data.get(f"{name}_how", "screen")}


def _strokes(posted: Any) -> str:
    """The picture of a signature that goes back to the pad with a refused form; nothing else than that."""
    return posted if isinstance(posted, str) and _PICTURE.fullmatch(posted) else ""


class SignatureField(forms.Field):
    """Cleans to `{"image": data URL, "means": "screen" | "paper"}`."""

    def __init__(self, *, text: str = "", signer_label: str = "", **kwargs):
        kwargs["widget"] = SignatureInput(text=text, label=signer_label)
        super().__init__(**kwargs)

    def clean(self, value):
        means = value.get("means") if value else "screen"
        if means not in {"screen", "paper"}:
            raise ValidationError("请选择在屏上签或在纸上签。")
        if self.required and means == "screen" and not value.get("image"):
            raise ValidationError("还没有签字。请在屏上签名,或选择“在纸上签”。")
        return {"image": value.get("image", "") if means == "screen" else "", "means": means}
