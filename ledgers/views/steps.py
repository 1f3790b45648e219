"""What the desk does with an entry: each a small form over one service, or one press."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from dutylog.views.revealing import RevealView
from ledgers.choices import Service
from ledgers.forms.steps import GiveForm, ReadingForm, ResultForm, ReturnForm, SlipForm, WhyForm
from ledgers.models import LedgerEntry
from ledgers.registers.books import book_of
from ledgers.services.broadcasts import end_broadcast, read_out
from ledgers.services.deposits import bag_of_slip, give_bag, hand_over_bag
from ledgers.services.entries import finish_entry, void_entry
from ledgers.services.loans import close_loan, return_thing
from ledgers.services.visits import begin_visit, end_visit, tell_host
from ledgers.views.books import OfLedgerMixin, kind_of
from servicedesk.register import Register
from servicedesk.views.forms import RecordFormView
from servicedesk.views.steps import RecordStepView, answered, get_record

CHANGE, VOID, CLOSE = (f"ledgers.{verb}_ledgerentry" for verb in ("change", "void", "close"))


def entry_of(register: Register, request: HttpRequest, pk: int, service: str = "") -> LedgerEntry:
    """The visible entry of the address, in a ledger that works like this; else 404."""
    entry = get_record(register, request, pk)
    if service and entry.kind.service != service:
        raise Http404
    return entry


class EntryStepView(OfLedgerMixin, RecordStepView):
    """Subclasses say for which `service` the step is; left empty for all."""

    permission_required: Any = CHANGE
    service = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        entry_of(self.register, request, kwargs["pk"], self.service)
        return super().dispatch(request, *args, **kwargs)


class FinishView(EntryStepView):
    service, form_class, step, done = Service.DUE, ResultForm, "办结", "{record} 已办结"

    def form_kwargs(self) -> dict[str, Any]:
        return {"label": "办理结果"}

    def act(self, data: dict[str, Any]) -> None:
        finish_entry(self.record, data["result"], by=self.request.user)


class ReadView(EntryStepView):
    service, form_class, step, done = Service.BROADCAST, ReadingForm, "播报一遍", "{record} 已记一遍"

    def act(self, data: dict[str, Any]) -> None:
        read_out(self.record, by=self.request.user, at=data["at"], note=data["note"])


class EndView(EntryStepView):
    service, form_class, step, done = Service.BROADCAST, ResultForm, "播完", "{record} 已结束"

    def form_kwargs(self) -> dict[str, Any]:
        return {"help_text": "如 孩子已找到、未找到转监控、播完"}

    def act(self, data: dict[str, Any]) -> None:
        end_broadcast(self.record, data["result"], by=self.request.user)


class ReturnView(EntryStepView):
    service, form_class, step, done = Service.LOAN, ReturnForm, "归还", "{record} 已归还"

    @property
    def form_title(self) -> str:
        """What comes back, in the heading: the legend of a block is read as a template."""
        return f"归还 {self.record} {self.record.amount}"

    def form_kwargs(self) -> dict[str, Any]:
        return {"entry": self.record}

    def act(self, data: dict[str, Any]) -> None:
        return_thing(
            self.record, by=self.request.user, deposit_returned=data.get("deposit_returned"),
            is_document_back=data.get("is_document_back", False), is_damaged=data["is_damaged"], result=data["result"],
        )


class CloseView(EntryStepView):
    permission_required = CLOSE
    service, form_class, step, done = Service.LOAN, WhyForm, "未还结案", "{record} 已结案"

    def form_kwargs(self) -> dict[str, Any]:
        return {"help_text": "联系过几次、怎样赔偿;总数会减少"}

    def act(self, data: dict[str, Any]) -> None:
        close_loan(self.record, data["reason"], by=self.request.user)


class GiveView(EntryStepView):
    service, form_class, step, done = Service.DEPOSIT, GiveForm, "取走", "{record} 已取走"

    def act(self, data: dict[str, Any]) -> None:
        give_bag(self.record, by=self.request.user, proof=data["proof"], result=data["result"], witness=data["witness"])


class HandOverBagView(EntryStepView):
    permission_required = CLOSE
    service, form_class, step, done = Service.DEPOSIT, WhyForm, "转拾物", "{record} 已转拾物"

    def form_kwargs(self) -> dict[str, Any]:
        return {"help_text": "先登记拾物,在这里写上它的编号"}

    def act(self, data: dict[str, Any]) -> None:
        hand_over_bag(self.record, data["reason"], by=self.request.user)


class VoidView(EntryStepView):
    permission_required = VOID
    form_class, step, done = WhyForm, "作废", "{record} 已作废"

    def act(self, data: dict[str, Any]) -> None:
        void_entry(self.record, data["reason"], by=self.request.user)


class SlipView(OfLedgerMixin, RecordFormView):
    """凭单取件: the slip is scanned, the page to give the bag back opens."""

    permission_required = CHANGE
    form_class: Any = SlipForm
    form_title, save_label, needs_point = "凭单取件", "找到这件", False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if self.kind.service != Service.DEPOSIT:
            raise Http404

    def draft_key(self) -> str:
        return ""

    def save(self, form: SlipForm) -> LedgerEntry:
        return bag_of_slip(form.cleaned_data["number"], self.request.user)

    def saved_sentence(self, record: LedgerEntry) -> str:
        return f"{record} {record.get_state_display()}:{record.summary}"

    def next_url(self, record: LedgerEntry) -> str:
        book = book_of(record.kind)
        return book.url("give", record.pk) if record.is_open else book.detail_url(record.pk)


@dataclass(frozen=True)
class Opened:
    """A sealed number of an entry."""

    value: str


class EntryRevealView(OfLedgerMixin, RevealView):
    """看电话、证件号: asks why and writes it down."""

    permission_required = ("ledgers.view_ledgerentry", "servicedesk.reveal_personal")
    field, usual_reason = "value", "联系本人"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        entry = entry_of(self.register, request, kwargs["pk"])
        fields = {field.key: field for field in entry.kind_version.columns if field.is_sealed}
        if kwargs["key"] not in fields:
            raise Http404
        self.ledger_field = fields[kwargs["key"]]
        return super().dispatch(request, *args, **kwargs)

    @property
    def label(self) -> str:
        return self.ledger_field.label

    @property
    def of(self) -> Opened:
        return Opened(self.record.numbers.get(self.ledger_field.key, ""))


def _press(request: HttpRequest, code: str, pk: int, act: Any, done: str) -> HttpResponse:
    register = book_of(kind_of(code, request.user))
    entry = entry_of(register, request, pk, Service.VISIT)
    return answered(request, lambda: act(entry, by=request.user), f"{entry} {done}", register.detail_url(pk))


@require_POST
@permission_required(CHANGE, raise_exception=True)
def entry_tell(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """再次告知 whom the visitor has come to see."""
    return _press(request, code, pk, tell_host, "已告知")


@require_POST
@permission_required(CHANGE, raise_exception=True)
def entry_begin(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """已接待."""
    return _press(request, code, pk, begin_visit, "已接待")


@require_POST
@permission_required(CHANGE, raise_exception=True)
def entry_leave(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """离开."""
    return _press(request, code, pk, end_visit, "已离开")
