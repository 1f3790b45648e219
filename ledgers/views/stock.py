"""用品、赠品 on screen: what is here, what comes in and goes out, the count."""

from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from ledgers.choices import STOCKED, Service
from ledgers.forms.stock import CountForm, MoveForm, ThingForm
from ledgers.models import LedgerKind, StockMove, StockThing
from ledgers.models.kinds import all_kinds
from ledgers.services.stock import add_thing, bring_in, correct_count, edit_thing, take_out
from servicedesk.services.points import current_point
from servicedesk.views.forms import RecordFormView

SHOWN_MOVES, SHOWN_THINGS = 60, 400
CHANGE = "ledgers.change_stockthing"


def stocked_kinds() -> list[LedgerKind]:
    return [kind for kind in all_kinds() if kind.service in STOCKED]


class StockPage:
    """Where the forms' trail leads back to. Speaks as a register does."""

    label = "用品赠品"

    def list_url(self) -> str:
        return reverse("ledgers:stockthing_list")

    def detail_url(self, pk: int) -> str:
        return reverse("ledgers:stockthing_detail", args=[pk])


class StockListView(PermissionRequiredMixin, TemplateView):
    """Everything that the person's desk lends and gives, by ledger; `?low`: what runs short, at all of their desks."""

    permission_required, raise_exception = "ledgers.view_stockthing", True
    template_name = "ledgers/stockthing_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_low = "low" in self.request.GET
        point = None if is_low else current_point(self.request)
        rows = StockThing.objects.visible_to(self.request.user).select_related("service_point")
        rows = rows.low() if is_low else rows.filter(service_point=point) if point else rows
        things = list(rows.order_by("-is_active", "name", "pk")[:SHOWN_THINGS])
        books = [
            {
                "kind": kind, "is_loan": kind.service == Service.LOAN,
                "things": [thing for thing in things if thing.kind_id == kind.pk],
            }
            for kind in stocked_kinds() if not is_low or any(thing.kind_id == kind.pk for thing in things)
        ]
        return super().get_context_data(books=books, point=point, count=len(things), is_low=is_low, **kwargs)


class StockDetailView(PermissionRequiredMixin, TemplateView):
    """One thing and its last changes."""

    permission_required, raise_exception = "ledgers.view_stockthing", True
    template_name = "ledgers/stockthing_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        thing = thing_of(self.request, kwargs["pk"])
        moves = StockMove.objects.filter(thing=thing).select_related("by", "entry", "entry__kind")[:SHOWN_MOVES]
        return super().get_context_data(thing=thing, moves=moves, is_loan=thing.kind.service == Service.LOAN, **kwargs)


def thing_of(request: HttpRequest, pk: int) -> StockThing:
    """The visible thing of the address; 404 for one of another desk as for none."""
    rows = StockThing.objects.visible_to(request.user).select_related("kind", "service_point")
    return get_object_or_404(rows, pk=pk)


class ThingCreateView(RecordFormView):
    """A new thing of a ledger at the person's desk."""

    permission_required = "ledgers.add_stockthing"
    form_class: Any = ThingForm
    register = StockPage()

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        kind = next((each for each in stocked_kinds() if each.code == kwargs["code"]), None)
        if kind is None:
            raise Http404
        self.kind = kind

    @property
    def form_title(self) -> str:
        return f"{self.kind.label}:加一种"

    def form_kwargs(self) -> dict[str, Any]:
        return {"has_deposit": self.kind.service == Service.LOAN}

    def save(self, form: ThingForm) -> StockThing:
        quantity = form.cleaned_data["quantity"]
        return add_thing(self.kind, form.facts(), by=self.request.user, point=form.point, quantity=quantity)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.register.list_url(), **kwargs)


class ThingStepView(RecordFormView):
    """A step about one thing."""

    permission_required: Any = CHANGE
    register = StockPage()
    needs_point = False
    step, done = "", "{thing} 已保存"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.thing = thing_of(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def form_title(self) -> str:
        return f"{self.step} {self.thing}(在库 {self.thing.available} {self.thing.unit})"

    @property
    def save_label(self) -> str:
        return self.step

    def saved_sentence(self, record: StockThing) -> str:
        return self.done.format(thing=record, now=f"{record.available} {record.unit}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.register.detail_url(self.thing.pk), **kwargs)


class ThingEditView(ThingStepView):
    form_class: Any = ThingForm
    step = "修改"

    def form_kwargs(self) -> dict[str, Any]:
        return {"thing": self.thing, "has_deposit": self.thing.kind.service == Service.LOAN}

    def initial(self) -> dict[str, Any]:
        names = ("name", "unit", "low_at", "deposit", "asset_number", "is_active", "version")
        return {name: getattr(self.thing, name) for name in names}

    def save(self, form: ThingForm) -> StockThing:
        version = form.cleaned_data["version"] or 0
        return edit_thing(self.thing, form.facts(), by=self.request.user, version=version)


class BringInView(ThingStepView):
    form_class: Any = MoveForm
    step, done = "入库", "{thing} 已入库,现在 {now}"

    def save(self, form: MoveForm) -> StockThing:
        data = form.cleaned_data
        return bring_in(self.thing, data["quantity"], by=self.request.user, note=data["reason"])


class TakeOutView(ThingStepView):
    form_class: Any = MoveForm
    step, done = "出库", "{thing} 已出库,现在 {now}"

    def form_kwargs(self) -> dict[str, Any]:
        return {"needs_reason": True}

    def save(self, form: MoveForm) -> StockThing:
        data = form.cleaned_data
        return take_out(self.thing, data["quantity"], data["reason"], by=self.request.user)


class CountView(ThingStepView):
    permission_required = "ledgers.count_stockthing"
    form_class: Any = CountForm
    step, done = "盘点更正", "{thing} 已更正,现在 {now}"

    def save(self, form: CountForm) -> StockThing:
        data = form.cleaned_data
        return correct_count(self.thing, data["counted"], data["reason"], by=self.request.user)
