"""意外伤害及突发事件: what happened in the order of the sheet, who was hurt, and the small forms of the steps."""

from typing import Any

from django import forms
from django.utils import timezone

from dutylog.services.accidents import AccidentFacts, InjuredFacts, kinds
from servicedesk.choices import Sex
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import PersonField, PhoneField, PhotosField, WhenField, ZoneField
from servicedesk.forms.photos import PreparedPhotosMixin
from servicedesk.forms.standing import say_standing
from servicedesk.models import User
from servicedesk.sealing import masked

EDITED = (
    "kind", "happened_at", "told_at", "zone", "place_detail", "weather", "what", "first_aid", "witnesses",
    "answered_at", "arrived_at", "ambulance_called_at", "ambulance_arrived_at", "ambulance_left_at", "police",
    "insurance",
)
HURT = ("name", "sex", "age", "phone", "injury", "treatment", "hospital")


def _text(label: str, limit: int, help_text: str = "", rows: int = 0) -> forms.CharField:
    widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput({"autocomplete": "off"})
    return forms.CharField(label=label, max_length=limit, required=False, help_text=help_text, widget=widget)


class AccidentFields(DeskForm):
    """The facts that a new sheet and a completed one share."""

    kind = forms.ChoiceField(label="类别")
    happened_at = WhenField(label="发生时间", help_text="1020、-5")
    told_at = WhenField(label="接报时间")
    zone = ZoneField(label="地点", help_text="名称、编号或拼音")
    place_detail = _text("具体位置", 100)
    weather = _text("天气", 40, "如 小雨,地面湿滑")
    what = forms.CharField(label="经过", max_length=2000, widget=forms.Textarea({"rows": 3}),
                           help_text="不写姓名、电话,姓名填在伤者栏")
    first_aid = _text("现场处置", 500, rows=2)
    witnesses = _text("证人", 300)
    answered_at = WhenField(label="响应时间", required=False)
    arrived_at = WhenField(label="到场时间", required=False)
    ambulance_called_at = WhenField(label="呼叫急救", required=False)
    ambulance_arrived_at = WhenField(label="急救到场", required=False)
    ambulance_left_at = WhenField(label="急救离开", required=False)
    police = _text("报警情况", 200, "时间、派出所、警号")
    insurance = _text("保险报案", 200, "时间、报案号")

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = kinds() if not kind or kind in kinds() else [kind, *kinds()]
        self.fields["kind"].choices = [("", "请选择"), *((name, name) for name in names)]

    def parts(self) -> list[Any]:
        return [
            block("何时何地", row(("kind", 3), ("happened_at", 3), ("told_at", 3), ("weather", 3)),
                  row(("zone", 4), ("place_detail", 8))),
            block("经过与处置", "what", row(("first_aid", 8), ("witnesses", 4))),
        ]

    def times(self) -> Any:
        return block(
            "到场与急救", row(("answered_at", 3), ("arrived_at", 3), ("ambulance_called_at", 3),
                        ("ambulance_arrived_at", 3)),
            row(("ambulance_left_at", 3), ("police", 5), ("insurance", 4)),
        )

    def facts(self) -> AccidentFacts:
        return AccidentFacts(**{name: self.cleaned_data[name] for name in EDITED})


class InjuredFields(forms.Form):
    """One who was hurt."""

    name = _text("伤者姓名", 60)
    sex = forms.ChoiceField(label="性别", choices=Sex.choices, required=False)
    age = forms.IntegerField(label="年龄", required=False, widget=forms.TextInput({"inputmode": "numeric"}),
                             error_messages={"invalid": "请写岁数,如 63。"})
    phone = PhoneField(label="电话", required=False)
    injury = _text("伤情", 200)
    treatment = _text("救治", 200)
    hospital = _text("送往医院", 100)

    def hurt(self) -> InjuredFacts:
        return InjuredFacts(**{name: self.cleaned_data[name] for name in HURT})  # type: ignore[attr-defined]


HURT_ROWS = (
    row(("name", 3), ("sex", 2), ("age", 2), ("phone", 5)), row(("injury", 5), ("treatment", 4), ("hospital", 3)),
)


class AccidentForm(PreparedPhotosMixin, InjuredFields, AccidentFields):
    """登记: what is known at once; the first who was hurt on the same page, further ones afterwards."""

    photos = PhotosField(label="照片")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("happened_at", "told_at"):
            self.fields[name].initial = timezone.now
        hurt = block("第一名伤者(没有就空着;其余保存后再加)", *HURT_ROWS)
        self.lay_out(*self.parts(), hurt, self.times(), block("照片", "photos"))

    def injured(self) -> list[InjuredFacts]:
        """The one typed here, if anything was."""
        return [self.hurt()] if any(self.cleaned_data[name] for name in HURT) else []


class AccidentEditForm(AccidentFields):
    """补充、更正."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(*self.parts(), self.times())


class InjuredForm(InjuredFields, DeskForm):
    """登记伤者, or what is known of one put right."""

    def __init__(self, *args: Any, person: Any = None, **kwargs: Any):
        self.person = person
        super().__init__(*args, **kwargs)
        self.fields["injury"].required = True
        if person is not None and person.phone:
            say_standing(self.fields["phone"], masked(person.phone))
        self.lay_out(*HURT_ROWS)

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return typed if typed or self.person is None else self.person.phone


class UpdateForm(PreparedPhotosMixin, DeskForm):
    """记跟踪, 处置完毕: how it stands, with photos."""

    text = forms.CharField(label="现在怎样了", max_length=280, widget=forms.Textarea({"rows": 3, "autofocus": ""}),
                           help_text="不写电话、证件号")
    photos = PhotosField(label="照片")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("text", "photos")


class ResultForm(DeskForm):
    """结案."""

    result = forms.CharField(label="处理结果", max_length=500, widget=forms.Textarea({"rows": 3, "autofocus": ""}))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("result")


class MendForm(DeskForm):
    """转整改跟进: what must be mended, by whom."""

    problem = forms.CharField(label="要整改的问题", max_length=300, widget=forms.Textarea({"rows": 2, "autofocus": ""}))
    owner = PersonField(label="责任人", required=False, queryset=User.objects.active().select_related("department"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("problem", "owner")
