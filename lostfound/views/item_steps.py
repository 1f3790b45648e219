"""The steps on a found item's page: each a small form over one service."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from lostfound.errors.items import ClosedForView
from lostfound.forms.item_steps import (
    AcceptFieldForm,
    FileOnSpotForm,
    PhotosForm,
    PoliceForm,
    ReasonForm,
    RevealForm,
)
from lostfound.forms.on_spot import ReturnOnSpotForm
from lostfound.forms.report_steps import ContactForm
from lostfound.models import FoundItem
from lostfound.registers.items import FOUND_ITEMS
from lostfound.services.contacts import contacts_of, record_contact
from lostfound.services.items import accept_field_item, hold_item, unhold_item, void_found_item
from lostfound.services.on_spot import file_on_spot
from lostfound.services.on_spot_return import return_on_spot
from lostfound.services.police import hand_to_police
from lostfound.services.slips import hand_slip
from lostfound.services.viewing import is_closed_for_view
from lostfound.views.items import get_item
from servicedesk.errors import NotAllowed
from servicedesk.services.disclosing import disclose
from servicedesk.services.photos import keep_photo
from servicedesk.views.forms import RecordFormView


class ItemStepView(RecordFormView):
    """A step about the item of the address; afterwards back to its page."""

    register = FOUND_ITEMS
    template_name = "lostfound/founditem_step.html"
    needs_point = False
    step = ""
    done = "已保存 {item}"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.item = get_item(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def form_title(self) -> str:
        return f"{self.step} {self.item.number}"

    @property
    def save_label(self) -> str:
        return self.step

    def form_kwargs(self) -> dict[str, Any]:
        return {"item": self.item}

    def saved_sentence(self, record: FoundItem) -> str:
        return self.done.format(item=record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(item=self.item, cancel_url=FOUND_ITEMS.detail_url(self.item.pk), **kwargs)

    def save(self, form: Any) -> FoundItem:
        self.act(form.cleaned_data)
        return self.item

    def act(self, data: dict[str, Any]) -> None:
        raise NotImplementedError


class HoldView(ItemStepView):
    permission_required, form_class, step = "lostfound.hold_founditem", ReasonForm, "冻结"
    done = "已冻结 {item}"

    def act(self, data: dict[str, Any]) -> None:
        hold_item(self.item, by=self.request.user, reason=data["reason"])


class UnholdView(ItemStepView):
    permission_required, form_class, step = "lostfound.hold_founditem", ReasonForm, "解冻"
    done = "已解冻 {item}"

    def act(self, data: dict[str, Any]) -> None:
        unhold_item(self.item, by=self.request.user, reason=data["reason"])


class VoidView(ItemStepView):
    permission_required, form_class, step = "lostfound.void_founditem", ReasonForm, "作废"
    done = "已作废 {item},编号不再使用"

    def act(self, data: dict[str, Any]) -> None:
        void_found_item(self.item, by=self.request.user, reason=data["reason"])


class PoliceView(ItemStepView):
    permission_required, form_class, step = "lostfound.police_founditem", PoliceForm, "移交公安"
    done = "已移交公安 {item}"

    def act(self, data: dict[str, Any]) -> None:
        facts = {name: data[name] for name in ("officer", "unit", "receipt_number", "reason")}
        hand_to_police(self.item, by=self.request.user, **facts)


class AcceptFieldView(ItemStepView):
    permission_required, form_class, step = "lostfound.accept_founditem", AcceptFieldForm, "收进保管"
    done = "已收进保管 {item}"

    def act(self, data: dict[str, Any]) -> None:
        names = ("storage", "seal_number", "second_person", "has_label")
        accept_field_item(
            self.item, by=self.request.user, second_means=data["means"], **{name: data[name] for name in names}
        )


class FileOnSpotView(ItemStepView):
    permission_required, form_class, step = "lostfound.file_founditem", FileOnSpotForm, "备案"
    done = "已备案 {item}"

    def initial(self) -> dict[str, Any]:
        return {"foreman": self.item.foreman}

    def act(self, data: dict[str, Any]) -> None:
        file_on_spot(self.item, by=self.request.user, foreman=data["foreman"], at=data["filed_at"])


class ReturnOnSpotView(ItemStepView):
    """现场发还: typed by the foreman, or by the desk from the sheet that was brought."""

    permission_required, form_class, step = "lostfound.view_founditem", ReturnOnSpotForm, "现场发还"
    done = "已记录 {item} 现场发还,表单须在当日下班前交服务台备案"

    def has_permission(self) -> bool:
        rights = ("lostfound.return_on_spot", "lostfound.file_founditem")
        return super().has_permission() and any(self.request.user.has_perm(right) for right in rights)

    def initial(self) -> dict[str, Any]:
        names = ("foreman", "witness", "desk_came_at", "desk_absent_reason")
        return {name: getattr(self.item, name) for name in names}

    def save(self, form: Any) -> FoundItem:
        data = form.cleaned_data
        return_on_spot(
            self.item, form.facts(), by=self.request.user, foreman=data["foreman"], witness=data["witness"]
        )
        return self.item


class PhotosView(ItemStepView):
    permission_required, form_class, step = "lostfound.change_founditem", PhotosForm, "加照片"
    done = "已加照片 {item}"

    def act(self, data: dict[str, Any]) -> None:
        for photo in data["prepared"]:
            keep_photo(photo, self.item, self.request.user)


class ItemContactView(ItemStepView):
    """联系失主 about a find: counted for the lost report too, once a match is confirmed."""

    permission_required, form_class, step = "lostfound.add_contactattempt", ContactForm, "联系失主"
    template_name = "lostfound/founditem_contact.html"
    save_label = "记下这次联系"
    done = "已记联系 {item}"

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def act(self, data: dict[str, Any]) -> None:
        match = self.item.matches.confirmed().select_related("report").first()
        names = ("channel", "outcome", "at", "note")
        record_contact(
            by=self.request.user, item=self.item, report=match.report if match else None,
            **{name: data[name] for name in names},
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(contacts=list(contacts_of(self.item)), **kwargs)


class RevealView(ItemStepView):
    """看全部: asks why, writes it down, shows the value on this page alone."""

    permission_required, form_class, step = "lostfound.view_founditem", RevealForm, "查看"
    RIGHTS = {
        "finder_phone": "servicedesk.reveal_personal", "number_on_item": "servicedesk.reveal_personal",
        "secret_marks": "lostfound.see_secret_marks",
    }
    CLOSED = ("number_on_item", "secret_marks")

    @property
    def field(self) -> str:
        return self.kwargs["field"]

    @property
    def label(self) -> str:
        return str(FoundItem._meta.get_field(self.field).verbose_name)

    @property
    def form_title(self) -> str:
        return f"查看{self.label} {self.item.number}"

    def has_permission(self) -> bool:
        return super().has_permission() and self.request.user.has_perm(self.RIGHTS[self.field])

    def draft_key(self) -> str:
        return ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show(form, "", status=422)
        try:
            self._open(form.cleaned_data["reason"])
        except (ClosedForView, NotAllowed) as refusal:
            form.refuse(refusal)
            return self.show(form, "", status=refusal.status)
        shown = {"item": self.item, "label": self.label, "value": getattr(self.item, self.field)}
        return render(request, "lostfound/founditem_revealed.html", {**shown, "register": FOUND_ITEMS})

    def _open(self, reason: str) -> None:
        if self.field in self.CLOSED and is_closed_for_view(self.item):
            raise ClosedForView(number=self.item.number)
        disclose(self.item, self.label, self.request.user, reason, right=self.RIGHTS[self.field])


@require_POST
def slip_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """回执已交员工."""
    item = get_item(request, pk)
    if not request.user.has_perm("lostfound.change_founditem"):
        raise PermissionDenied
    hand_slip(item.slip, by=request.user)
    return redirect(FOUND_ITEMS.detail_url(item.pk))
