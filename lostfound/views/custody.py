"""Custody on screen: hand over, answer an offer, move to another place, put a row right."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from lostfound.choices import OfferState
from lostfound.forms.item_steps import CorrectMoveForm, HandOverForm, ReasonForm, StoreForm, StoreManyForm
from lostfound.models import CustodyMove, CustodyOffer, FoundItem
from lostfound.registers.items import FOUND_ITEMS
from lostfound.services.custodians import custodians_at
from lostfound.services.custody import (
    accept_custody,
    correct_move,
    hand_over_at_once,
    offer_custody,
    refuse_custody,
    store_item,
    withdraw_custody,
)
from lostfound.views.item_steps import ItemStepView
from servicedesk.errors import Refusal
from servicedesk.views.forms import RecordFormView

MOVE = "lostfound.move_founditem"


class HandOverView(ItemStepView):
    """交接: to the custodian for a valuable, to any colleague for the rest."""

    permission_required, form_class, step = MOVE, HandOverForm, "交接"

    def initial(self) -> dict[str, Any]:
        people = custodians_at(self.item.service_point) if self.item.is_valuable else []
        return {"to_person": next((p for p in people if p != self.request.user), None)}

    def save(self, form: Any) -> FoundItem:
        data, by = form.cleaned_data, self.request.user
        facts = {"place": data["place"], "reason": data["reason"]}
        self.is_at_once = form.is_at_once
        if form.is_at_once:
            hand_over_at_once(self.item, data["to_person"], by=by, means=data["means"], **facts)
        else:
            offer_custody(self.item, data["to_person"], by=by, **facts)
        self.taker = data["to_person"]
        return self.item

    def saved_sentence(self, record: FoundItem) -> str:
        if self.is_at_once:
            return f"{record} 已交接给{self.taker.name}"
        return f"{record} 已交给{self.taker.name},等对方接收"


class StoreView(ItemStepView):
    permission_required, form_class, step = MOVE, StoreForm, "移位"
    done = "已移位 {item}"

    def act(self, data: dict[str, Any]) -> None:
        store_item(self.item, data["place"], by=self.request.user, reason=data["reason"])


class CorrectMoveView(ItemStepView):
    """更正: a further row beside a wrong one."""

    permission_required, form_class, step = "lostfound.hold_founditem", CorrectMoveForm, "更正交接记录"
    done = "已更正 {item} 的交接记录"

    def act(self, data: dict[str, Any]) -> None:
        wrong = get_object_or_404(CustodyMove, pk=self.kwargs["move"], item=self.item)
        correct_move(
            self.item, wrong, by=self.request.user, reason=data["reason"], to_person=data["to_person"],
            place=data["place"],
        )


class RefuseOfferView(ItemStepView):
    """未接收: with a reason, in one's own account."""

    permission_required, form_class, step = "lostfound.view_founditem", ReasonForm, "不接收"
    done = "已退回 {item} 的交接"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.offer = get_offer(request, kwargs["pk"])
        return super().dispatch(request, *args, **{**kwargs, "pk": self.offer.item_id})

    def act(self, data: dict[str, Any]) -> None:
        refuse_custody(self.offer, by=self.request.user, reason=data["reason"])


class StoreManyView(RecordFormView):
    """移位 of the rows chosen in the list."""

    permission_required = MOVE
    form_class = StoreManyForm
    register = FOUND_ITEMS
    template_name = "lostfound/founditem_store_many.html"
    form_title = "移位"
    save_label = "移位"
    needs_point = False

    def form_kwargs(self) -> dict[str, Any]:
        return {"items": self.chosen()}

    def chosen(self) -> list[FoundItem]:
        keys = [k for k in self.request.GET.getlist("pick") if k.isdecimal() and len(k) < 19][:200]
        return list(FOUND_ITEMS.rows(self.request.user).filter(pk__in=keys).order_by("number"))

    def draft_key(self) -> str:
        return ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.chosen():
            messages.error(request, "请先在列表中勾选要移位的物品。")
            return redirect(FOUND_ITEMS.list_url())
        return super().post(request, *args, **kwargs)

    def save(self, form: Any) -> list[FoundItem]:
        items = self.chosen()
        for item in items:
            store_item(item, form.cleaned_data["place"], by=self.request.user, reason=form.cleaned_data["reason"])
        return items

    def saved_sentence(self, record: list[FoundItem]) -> str:
        return f"已移位 {len(record)} 件"

    def next_url(self, record: list[FoundItem]) -> str:  # noqa: ARG002
        return FOUND_ITEMS.list_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(items=self.chosen(), cancel_url=FOUND_ITEMS.list_url(), **kwargs)


def get_offer(request: HttpRequest, pk: int) -> CustodyOffer:
    """The offer of an item the person may see; 404 otherwise."""
    items = FoundItem.objects.visible_to(request.user)
    rows = CustodyOffer.objects.select_related("item", "from_person", "to_person", "place")
    return get_object_or_404(rows.filter(item__in=items), pk=pk)


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """待接收: what colleagues handed to me and waits for my answer, and what I handed on."""
    if not request.user.has_perm("lostfound.view_founditem"):
        raise PermissionDenied
    offers = CustodyOffer.objects.filter(state=OfferState.WAITING).select_related(
        "item__category", "item__zone", "from_person", "to_person", "place"
    ).order_by("at")
    return render(request, "lostfound/custody_inbox.html", {
        "mine": offers.filter(to_person=request.user), "sent": offers.filter(from_person=request.user),
    })


@require_POST
def offer_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """接收, in one's own account."""
    offer = get_offer(request, pk)
    if not request.user.has_perm("lostfound.view_founditem"):
        raise PermissionDenied
    answer = _answered(request, offer, lambda: accept_custody(offer, by=request.user), "已接收 {item}")
    # Who was handed a tray of things goes on with the next; the last one opens its record.
    waiting = CustodyOffer.objects.filter(to_person=request.user, state=OfferState.WAITING)
    return redirect("lostfound:custody_inbox") if waiting.exists() else answer


@require_POST
def offer_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """撤回."""
    offer = get_offer(request, pk)
    if not request.user.has_perm(MOVE):
        raise PermissionDenied
    return _answered(request, offer, lambda: withdraw_custody(offer, by=request.user), "已撤回 {item} 的交接")


def _answered(request: HttpRequest, offer: CustodyOffer, act: Any, done: str) -> HttpResponse:
    try:
        act()
        messages.success(request, done.format(item=offer.item))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect(FOUND_ITEMS.detail_url(offer.item_id))
