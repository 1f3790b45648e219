"""投诉登记: what the visitor says in under a minute; everything else folded away until it is wanted."""

from typing import Any

from crispy_forms.layout import HTML, Div
from django import forms
from django.utils import timezone

from complaints.choices import Channel, Demand, EvidenceKind, Language, MajorReason, Severity
from complaints.models import Complaint
from complaints.services.complaint_facts import ComplaintFacts, listed
from complaints.services.complaints import SIGNED_WORDS
from complaints.services.kinds import category_choices, joined, split
from servicedesk.choices import Sex
from servicedesk.errors import EditedMeanwhile, Refusal
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import (
    MoneyField,
    PersonField,
    PhoneField,
    PhotosField,
    PickerSelect,
    SignatureField,
    WhenField,
    ZoneField,
)
from servicedesk.forms.photos import PreparedPhotosMixin
from servicedesk.forms.standing import CLEAR, say_standing
from servicedesk.models import Department
from servicedesk.sealing import masked

PLAIN = (
    "occurred_at", "zone", "place_detail", "words", "is_reachable", "received_at", "channel", "outside_number",
    "outside_due_at", "visitor_name", "sex", "contact_address", "origin", "party_size", "group_info", "ticket_number",
    "language", "respondent_department", "respondent_merchant", "respondent_person", "respondent_look",
    "demand_amount", "evidence_note", "soothing",
)
SEALED = ("phone", "document_number")
REACHABLE = (("", "请选择"), ("yes", "能"), ("no", "不能"))
MORE_OF_VISITOR = ("sex", "origin", "party_size", "ticket_number", "group_info", "contact_address", "language",
                   "document_number")
RESPONDENT = ("respondent_department", "respondent_merchant", "respondent_person", "respondent_look")
DEMANDED = ("demands", "demand_amount", "soothing")
EVIDENCE = ("evidence", "evidence_note", "photos")
GRAVITY = ("severity", "major_reasons")


def _text(label: str, limit: int, help_text: str = "", rows: int = 0) -> forms.CharField:
    widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput({"autocomplete": "off"})
    return forms.CharField(label=label, max_length=limit, required=False, help_text=help_text, widget=widget)


def _ticks(label: str, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple
    )


def reached(value: str) -> bool | None:
    """The answer to 能不能联系到, None where it was not given."""
    return {"yes": True, "no": False}.get(value)


class ComplaintForm(PreparedPhotosMixin, DeskForm):
    """A complaint. `complaint` is the record that is put right, None for a new one."""

    occurred_at = WhenField(label="发生时间", help_text="1020、昨1530、-20")
    zone = ZoneField(label="发生地点", help_text="名称、编号或拼音")
    kind = forms.ChoiceField(label="类别", widget=PickerSelect)
    is_reachable = forms.TypedChoiceField(label="能不能联系到", choices=REACHABLE, coerce=reached, empty_value=None)
    words = forms.CharField(label="投诉事实与理由", max_length=5000, widget=forms.Textarea({"rows": 4}),
                            help_text="尽量用游客原话,写明服务名称、日期、金额;不写电话、证件号")

    visitor_name = _text("投诉人", 100, "空着就是匿名")
    phone = PhoneField(label="联系电话", required=False)
    received_at = WhenField(label="反映时间", help_text="时限从此起算")
    channel = forms.ChoiceField(label="投诉方式", choices=Channel.choices, initial=Channel.VISIT)
    place_detail = _text("具体位置", 100)

    sex = forms.ChoiceField(label="性别", choices=Sex.choices, required=False)
    origin = _text("来源地/国籍", 120)
    party_size = forms.IntegerField(label="同行人数", min_value=1, max_value=100_000, required=False,
                                    widget=forms.TextInput({"inputmode": "numeric"}))
    group_info = _text("团队", 100, "旅行社、团号、导游;散客空着")
    ticket_number = _text("票号/订单号", 60)
    contact_address = _text("通讯地址/邮箱", 200)
    language = forms.ChoiceField(label="语言", choices=Language.choices, initial=Language.CHINESE)
    document_number = _text("证件号", 40, "只在退款、赔偿时填")

    respondent_department = forms.ModelChoiceField(
        label="被投诉部门", required=False, queryset=Department.objects.filter(is_active=True), widget=PickerSelect
    )
    respondent_merchant = _text("商户/外包单位", 100)
    respondent_person = PersonField(label="当事员工", required=False, help_text="工号、姓名或拼音")
    respondent_look = _text("当事人特征", 100, "不知道姓名时")

    demands = _ticks("诉求", Demand.choices)
    demand_amount = MoneyField(label="金额(元)", required=False)
    soothing = _text("现场怎样安抚", 500)
    evidence = _ticks("证据材料", EvidenceKind.choices)
    evidence_note = _text("证据说明/附件号", 200)
    photos = PhotosField(label="照片")
    severity = forms.ChoiceField(label="程度", choices=Severity.choices, initial=Severity.ORDINARY)
    major_reasons = _ticks("重大原因", MajorReason.choices)
    outside_number = _text("转办单号", 60)
    outside_due_at = WhenField(label="来函写明的期限", required=False, future=True, help_text="空着按规定工作日计算")
    signature = SignatureField(label="投诉人签字", signer_label="投诉人", text=SIGNED_WORDS, required=False)

    def __init__(self, *args: Any, complaint: Complaint | None = None, **kwargs: Any):
        self.complaint = complaint
        super().__init__(*args, **kwargs)
        kept = (complaint.category, complaint.subcategory) if complaint else ("", "")
        self.fields["kind"].choices = category_choices(kept)
        if complaint is None:
            self.fields["occurred_at"].widget.attrs["autofocus"] = ""
            self.fields["received_at"].initial = timezone.now
        else:
            self._dress_for_edit(complaint)
        self.lay_out(*self.parts())

    def _dress_for_edit(self, complaint: Complaint) -> None:
        for name in ("severity", "major_reasons", "signature", "photos"):
            del self.fields[name]
        for name in SEALED:
            if getattr(complaint, name):
                say_standing(self.fields[name], masked(getattr(complaint, name)), may_clear=name != "phone")

    def parts(self) -> list[Any]:
        """The five that are required, who it is, then what may follow, in the order of the paper."""
        return [
            block("什么时候、在哪里、什么事", row(("occurred_at", 3), ("zone", 3), ("kind", 3), ("is_reachable", 3)),
                  "words"),
            block("谁反映的", row(("visitor_name", 3), ("phone", 3), ("received_at", 3), ("channel", 3))),
            Div(row(("outside_number", 6), ("outside_due_at", 6)), css_class="outside-part"),
            *self._folded("投诉人的更多情况", MORE_OF_VISITOR,
                          row(("sex", 2), ("origin", 4), ("party_size", 2), ("ticket_number", 4)),
                          row(("group_info", 4), ("contact_address", 4), ("language", 2), ("document_number", 2))),
            *self._folded("被投诉对象、具体位置", (*RESPONDENT, "place_detail"),
                          row(("respondent_department", 3), ("respondent_merchant", 3), ("respondent_person", 3),
                              ("respondent_look", 3)), "place_detail"),
            *self._folded("诉求与安抚", DEMANDED, row(("demands", 5), ("demand_amount", 2), ("soothing", 5))),
            *self._folded("证据与照片", EVIDENCE, row(("evidence", 6), ("evidence_note", 6)),
                          *(["photos"] if self.complaint is None else [])),
            *(self._new_parts() if self.complaint is None else []),
        ]

    def _new_parts(self) -> list[Any]:
        return [
            *self._folded("程度", GRAVITY, row(("severity", 3), ("major_reasons", 9))),
            Div("signature", css_class="section visitor-signature"),
        ]

    def _folded(self, title: str, names: tuple[str, ...], *parts: Any) -> list[Any]:
        """A part that opens by itself when something stands in it or was refused."""
        usual = {"language": "zh", "severity": Severity.ORDINARY}
        there = [name for name in names if name in self.fields]
        filled = (self[name].value() for name in there if self[name].value() != usual.get(name))
        is_open = any(filled) or (self.is_bound and any(name in self.errors for name in there))
        return [HTML(f'<details class="lines-part"{" open" if is_open else ""}><summary>{title}</summary>'), *parts,
                HTML("</details>")]

    def facts(self) -> ComplaintFacts:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        category, subcategory = split(data["kind"])
        plain = {name: data[name] for name in PLAIN} | {name: self._sealed(name) for name in SEALED}
        kept = self.complaint
        gravity = {
            "severity": kept.severity if kept else data["severity"],
            "major_reasons": tuple(listed(kept.major_reasons) if kept else data["major_reasons"]),
        }
        return ComplaintFacts(
            **plain, **gravity, category=category, subcategory=subcategory, demands=tuple(data["demands"]),
            evidence=tuple(data["evidence"]), **self._signature(),
        )

    def _sealed(self, name: str) -> str:
        typed = self.cleaned_data[name].strip()
        if self.complaint is None or typed:
            return "" if self.complaint is not None and typed == CLEAR else typed
        return getattr(self.complaint, name)

    def _signature(self) -> dict[str, str]:
        """Only who stands at the desk signs; an empty pad is no signature."""
        signed = self.cleaned_data.get("signature")
        if not signed or self.cleaned_data["channel"] not in (Channel.VISIT, Channel.BOOK):
            return {}
        if signed["means"] == "screen" and not signed["image"]:
            return {}
        return {"signature_means": signed["means"], "signature_image": signed["image"]}

    def refuse(self, refusal: Refusal) -> None:
        super().refuse(refusal)
        if isinstance(refusal, EditedMeanwhile) and self.complaint is not None:
            self.complaint.refresh_from_db()


def initial_of(complaint: Complaint) -> dict[str, Any]:
    """What the edit form shows of a record; numbers stay sealed."""
    found = {name: getattr(complaint, name) for name in PLAIN}
    return found | {
        "kind": joined(complaint.category, complaint.subcategory), "version": complaint.version,
        "is_reachable": "yes" if complaint.is_reachable else "no",
        "demands": listed(complaint.demands), "evidence": listed(complaint.evidence),
    }
