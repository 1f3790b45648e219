"""早会 on screen: written, published, changed, read, checked, noted."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from dutylog.forms.briefings import BriefingForm, NoteForm, SecretForm, day_asked, initial_of
from dutylog.models import Briefing, BriefingTask, DutyDay
from dutylog.registers.briefings import BRIEFINGS
from dutylog.services.briefing_proposals import attendance, operations_text, yesterday_text
from dutylog.services.briefings import (
    add_note,
    amend_briefing,
    close_briefing,
    draft_briefing,
    edit_briefing,
    finish_task,
    publish_briefing,
)
from servicedesk.models import ServicePoint
from servicedesk.services import preferences
from servicedesk.services.points import required_point
from servicedesk.views.forms import RecordFormView
from servicedesk.views.steps import RecordStepView, answered, get_record


def proposal(on: dt.date, point: ServicePoint, user: Any) -> dict[str, Any]:
    """What a new page begins with; it reads and makes nothing."""
    day = DutyDay.objects.filter(on=on, service_point=point).first()
    people = attendance(day)
    return {
        "on": on, "starts_at": preferences.value("dutylog.briefing_starts"),
        "ends_at": preferences.value("dutylog.briefing_ends"), "host": day.head_id if day else None,
        "recorder": user.pk, "expected": people.expected, "present": people.present, "absences": people.absences,
        "operations": operations_text(day), "yesterday": yesterday_text(on, point),
    }


class BriefingCreateView(RecordFormView):
    """写早会: what the system knows of the day stands in it already."""

    permission_required = "dutylog.add_briefing"
    register = BRIEFINGS
    form_class: Any = BriefingForm
    form_title = "早会记录"
    save_label = "保存草稿"

    def initial(self) -> dict[str, Any]:
        return proposal(day_asked(self.request.GET.get("on", "")), required_point(self.request), self.request.user)

    def save(self, form: BriefingForm) -> Briefing:
        return draft_briefing(form.facts(), by=self.request.user, point=form.point)

    def saved_sentence(self, record: Briefing) -> str:
        return f"已保存 {record} 草稿,核对后请发布"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=BRIEFINGS.list_url(), **kwargs)


class BriefingEditView(RecordStepView):
    """修改: a draft quietly, a published page with its reason and a new version."""

    permission_required = "dutylog.change_briefing"
    register = BRIEFINGS
    form_class: Any = BriefingForm

    @property
    def step(self) -> str:  # type: ignore[override]
        return "修改并重发" if self.record.is_published else "修改"

    def form_kwargs(self) -> dict[str, Any]:
        return {"briefing": self.record}

    def initial(self) -> dict[str, Any]:
        return initial_of(self.record)

    def save(self, form: BriefingForm) -> Briefing:
        version, by = form.cleaned_data["version"] or 0, self.request.user
        if self.record.is_published:
            reason = form.cleaned_data["reason"]
            return amend_briefing(self.record, form.facts(), by=by, reason=reason, version=version)
        return edit_briefing(self.record, form.facts(), by=by, version=version)

    def saved_sentence(self, record: Briefing) -> str:
        if record.is_published:
            return f"{record} 已改为第 {record.edition} 版,签过的人会再收到通知"
        return f"已保存 {record}"


class BriefingCloseView(RecordStepView):
    """负责人检查签字, with password or PIN."""

    permission_required = "dutylog.close_briefing"
    register = BRIEFINGS
    form_class: Any = SecretForm
    step = "检查签字"
    done = "{record} 已检查签字"

    def draft_key(self) -> str:
        return ""

    def act(self, data: dict[str, Any]) -> None:  # noqa: ARG002
        close_briefing(self.record, by=self.request.user)


class BriefingNoteView(RecordStepView):
    """补记 under a published page."""

    permission_required = "dutylog.change_briefing"
    register = BRIEFINGS
    form_class: Any = NoteForm
    step = "补记"
    done = "已补记 {record}"

    def act(self, data: dict[str, Any]) -> None:
        add_note(self.record, data["text"], by=self.request.user)


@permission_required("dutylog.publish_briefing", raise_exception=True)
@require_POST
def briefing_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """发布: the audience is frozen and told."""
    briefing = get_record(BRIEFINGS, request, pk)
    return answered(
        request, lambda: publish_briefing(briefing, by=request.user), f"{briefing} 已发布,审阅人已收到通知",
        BRIEFINGS.detail_url(pk),
    )


@require_POST
def briefing_task_done(request: HttpRequest, pk: int) -> HttpResponse:
    """完成 of one arrangement of the day."""
    rows = BriefingTask.objects.filter(briefing__in=Briefing.objects.visible_to(request.user))
    task = get_object_or_404(rows.select_related("briefing", "owner"), pk=pk)
    finish_task(task, by=request.user)
    messages.success(request, f"“{task.matter[:30]}”已完成")
    return redirect(f"{reverse('dutylog:briefing_detail', args=[task.briefing_id])}#tasks")
