"""The hand-over on screen: begun from the day, counted, signed by who goes, taken by who comes."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from dutylog.choices import HandOverState
from dutylog.counted import counted_books
from dutylog.forms.handovers import CountThingsForm, SignOverForm, StartForm, TakeForm
from dutylog.models import DutyDay, HandOver, Shift
from dutylog.registers.days import DUTY_DAYS
from dutylog.registers.handovers import HAND_OVERS
from dutylog.services.handovers import (
    counted_said,
    record_counts,
    sign_hand_over,
    signed_words,
    start_hand_over,
    take_hand_over,
)
from servicedesk.templatetags.said import when
from servicedesk.views.facts import fact, first_is_primary, step
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView
from servicedesk.views.steps import RecordStepView

ADD, CHANGE = "dutylog.add_handover", "dutylog.change_handover"


def get_shift(request: HttpRequest, pk: int) -> Shift:
    """The shift of a sheet that the person may see."""
    days = DutyDay.objects.visible_to(request.user)
    return get_object_or_404(Shift.objects.filter(day__in=days).select_related("day__service_point"), pk=pk)


class HandOverCreateView(RecordFormView):
    """开始交班 of a shift; a shift that has its list leads there."""

    permission_required = ADD
    register = HAND_OVERS
    form_class: Any = StartForm
    needs_point = False
    save_label = "开始清点"
    template_name = "dutylog/handover_start.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.shift = get_shift(request, kwargs["pk"])
        there = HandOver.objects.filter(from_shift=self.shift).first()
        if there is not None and request.user.has_perm(ADD):
            return redirect(HAND_OVERS.detail_url(there.pk))
        return super().dispatch(request, *args, **kwargs)

    @property
    def form_title(self) -> str:
        return f"{self.shift.get_kind_display()}交班"

    def draft_key(self) -> str:
        return ""

    def save(self, form: Any) -> HandOver:  # noqa: ARG002
        return start_hand_over(self.shift, by=self.request.user)

    def next_url(self, record: HandOver) -> str:
        return reverse("dutylog:handover_count", args=[record.pk])

    def saved_sentence(self, record: HandOver) -> str:
        return f"已建交接单 {record},请逐样清点"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cancel = DUTY_DAYS.detail_url(self.shift.day_id)
        return super().get_context_data(shift=self.shift, cancel_url=cancel, **kwargs)


class HandOverStepView(RecordStepView):
    """A step of the hand-over of the address."""

    permission_required = CHANGE
    register = HAND_OVERS

    def draft_key(self) -> str:
        return ""


class HandOverCountView(HandOverStepView):
    """清点, line by line, in one go or in several."""

    form_class: Any = CountThingsForm
    template_name = "dutylog/handover_count.html"
    step, save_label, done = "清点", "保存清点", "已保存清点 {record}"

    def form_kwargs(self) -> dict[str, Any]:
        return {"lines": list(self.record.lines.all())}

    def initial(self) -> dict[str, Any]:
        return {"note": self.record.note, "version": self.record.version}

    def save(self, form: CountThingsForm) -> HandOver:
        data = form.cleaned_data
        return record_counts(
            self.record, form.counts(), by=self.request.user, note=data["note"], version=data["version"] or 0
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        books = [{"label": book.label, "url": book.page()} for book in counted_books()]
        return super().get_context_data(books=books, **kwargs)


class HandOverSignView(HandOverStepView):
    """交班签字 by who is signed in; who comes signs on the same screen, or later."""

    form_class: Any = SignOverForm
    template_name = "dutylog/handover_sign.html"
    step = "签字交班"

    def form_kwargs(self) -> dict[str, Any]:
        return {"hand_over": self.record}

    def save(self, form: SignOverForm) -> HandOver:
        sign_hand_over(self.record, by=self.request.user, at=form.cleaned_data["frozen_at"])
        if form.taker:
            take_hand_over(self.record, form.taker, by=self.request.user)
        return self.record

    def saved_sentence(self, record: HandOver) -> str:
        return f"{record} 双方已签字" if record.incoming else f"{record} 交班已签,等接班人签字"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = list(self.record.lines.all())
        return super().get_context_data(
            words=signed_words(self.record, lines), differences=[line for line in lines if line.differs], **kwargs
        )


class HandOverTakeView(HandOverStepView):
    """接班签字 with 工号 and password."""

    form_class: Any = TakeForm
    template_name = "dutylog/handover_sign.html"
    step, done = "接班签字", "{record} 双方已签字"

    def form_kwargs(self) -> dict[str, Any]:
        return {"hand_over": self.record}

    def save(self, form: TakeForm) -> HandOver:
        assert form.taker is not None
        return take_hand_over(self.record, form.taker, by=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = list(self.record.lines.all())
        return super().get_context_data(
            words=signed_words(self.record, lines), differences=[line for line in lines if line.differs], **kwargs
        )


class HandOverDetailView(RegisterDetailView):
    """One hand-over: who, when, what was counted."""

    def get_record(self) -> HandOver:
        record = super().get_record()
        prefetch_related_objects([record], "lines")
        return record

    def fact_groups(self, record: HandOver) -> list[dict]:
        rows = [
            fact("值班表", record.day.number, "number", url=DUTY_DAYS.detail_url(record.day_id)),
            fact("班次", _shifts(record)), fact("交班人", _signed(record.outgoing, record.signed_at)),
            fact("接班人", _signed(record.incoming, record.taken_at)),
            fact("交班时刻", when(record.frozen_at) if record.frozen_at else "", help="之后的记录归下一班"),
            fact("交代事项", record.note, "wide"), fact("清点", counted_said(list(record.lines.all())), "long"),
        ]
        return [{"title": "交接班", "rows": rows}]

    def steps(self, record: HandOver) -> list[dict]:
        if record.day.is_locked or not self.request.user.has_perm(CHANGE):
            return []
        return first_is_primary(_possible(record))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "lines": list(self.record.lines.all())}


def _shifts(hand_over: HandOver) -> str:
    shift = hand_over.from_shift.get_kind_display()
    return f"{shift} → {hand_over.to_shift.get_kind_display()}" if hand_over.to_shift else f"{shift}(当日最后一班)"


def _signed(person: Any, moment: Any) -> str:
    if person is None:
        return ""
    return f"{person}(密码确认 {when(moment)})" if moment else f"{person}(未签)"


def _possible(hand_over: HandOver) -> list[dict[str, Any]]:
    if hand_over.state == HandOverState.SIGNED:
        return [_step(hand_over, "接班签字", "take", "pen")]
    if hand_over.state == HandOverState.TAKEN:
        return []
    is_counted = all(line.counted is not None for line in hand_over.lines.all())
    count, signing = _step(hand_over, "清点", "count", "list-check"), _step(hand_over, "签字交班", "sign", "pen")
    return [signing, count] if is_counted else [count, signing]


def _step(hand_over: HandOver, label: str, name: str, icon: str) -> dict[str, Any]:
    return step(label, reverse(f"dutylog:handover_{name}", args=[hand_over.pk]), icon)
