"""到岗签到 and 缺勤."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from dutylog.choices import Presence
from dutylog.forms.days import AbsenceForm
from dutylog.models import DutyDay, ShiftPost
from dutylog.registers.days import DUTY_DAYS
from dutylog.services.roster import note_absence, sign_in_to_shift
from dutylog.views.days import VIEW, said_saved
from servicedesk.views.forms import RecordFormView


def get_post(request: HttpRequest, pk: int) -> ShiftPost:
    """The post on a sheet that the person may see."""
    rows = ShiftPost.objects.filter(shift__day__in=DutyDay.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("shift__day", "person"), pk=pk)


@require_POST
@permission_required(VIEW, raise_exception=True)
def shiftpost_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """签到 of the person at the desk."""
    post = sign_in_to_shift(get_post(request, pk), by=request.user)
    late = ",已过应到时间,记为迟到" if post.presence == Presence.LATE else ""
    return said_saved(request, f"{post.person.name} 已签到{late}", post.shift.day_id)


class AbsenceView(RecordFormView):
    """缺勤, with the reason."""

    permission_required, form_class = "dutylog.change_shiftpost", AbsenceForm
    register, needs_point, save_label = DUTY_DAYS, False, "记为缺勤"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.post_row = get_post(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def form_title(self) -> str:
        return f"{self.post_row.person.name} 缺勤"

    def form_kwargs(self) -> dict[str, Any]:
        return {"post": self.post_row}

    def save(self, form: Any) -> ShiftPost:
        return note_absence(self.post_row, form.cleaned_data["reason"], by=self.request.user)

    def next_url(self, record: ShiftPost) -> str:
        return DUTY_DAYS.detail_url(record.shift.day_id)

    def saved_sentence(self, record: ShiftPost) -> str:
        return f"已记 {record.person.name} 缺勤"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=DUTY_DAYS.detail_url(self.post_row.shift.day_id), **kwargs)
