"""通报: tell the next person of a line, note when they answered and came."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST

from dutylog.choices import NoticeChannel, NoticeRole
from dutylog.forms.entries import NoticeStepForm
from dutylog.models import NoticeStep
from dutylog.registers.entries import LOG_ENTRIES
from dutylog.services.chain import next_step, note_answer, note_arrival, steps_of, tell_step, who_are
from dutylog.views.entries import EntryStepView
from servicedesk.models import User
from servicedesk.register import Register, register_of


class EntryNoticeView(EntryStepView):
    """通报: the step that is due, with the person on duty and the phone number."""

    permission_required, form_class = "dutylog.add_noticestep", NoticeStepForm
    template_name = "dutylog/logentry_notice.html"
    save_label = "已通报"

    @property
    def form_title(self) -> str:
        return f"通报 {self.entry.number}"

    def _due(self) -> NoticeRole:
        steps = steps_of([self.entry]).get(self.entry.pk, [])
        due = next_step(self.entry.entered_at, steps, is_required=True, now=timezone.now())
        return due.role if due else NoticeRole.OTHER

    @cached_property
    def people(self) -> dict[NoticeRole, User | None]:
        return who_are(self.entry.day)

    def initial(self) -> dict[str, Any]:
        role = self._due()
        return {"role": role, "person": self.people.get(role), "channel": NoticeChannel.PHONE}

    def save(self, form: Any) -> NoticeStep:
        entry = self.entry
        where = f"({entry.zone.name})" if entry.zone else ""
        sentence = f"{entry.get_category_display()}{where}请应答:{entry.number}"
        url = reverse("dutylog:logentry_detail", args=[entry.pk])
        return tell_step(entry, form.facts(), by=self.request.user, sentence=sentence, url=url)

    def next_url(self, record: NoticeStep) -> str:  # noqa: ARG002
        return LOG_ENTRIES.detail_url(self.entry.pk)

    def saved_sentence(self, record: NoticeStep) -> str:
        return f"已记通报 {record.get_role_display()} {record.person_name}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = [{"role": role, "person": person} for role, person in self.people.items()]
        return super().get_context_data(people=people, **kwargs)


def get_step(request: HttpRequest, pk: int) -> tuple[NoticeStep, Register]:
    """The step below a line or a case that the person may see, and the register of that record."""
    step = get_object_or_404(NoticeStep, pk=pk)
    model = step.content_type.model_class()
    register = register_of(model) if model else None
    if register is None or not request.user.has_perm(register.permission("view")):
        raise Http404
    get_object_or_404(register.rows(request.user).prefetch_related(None), pk=step.object_id)
    return step, register


def _noted(request: HttpRequest, pk: int, service: Any, word: str) -> HttpResponse:
    step, register = get_step(request, pk)
    service(step, timezone.now(), by=request.user)
    messages.success(request, f"已记 {step.person_name} {word}")
    return redirect(register.detail_url(step.object_id))


@require_POST
@permission_required("dutylog.change_noticestep", raise_exception=True)
def noticestep_answered(request: HttpRequest, pk: int) -> HttpResponse:
    """应答, now."""
    return _noted(request, pk, note_answer, "应答")


@require_POST
@permission_required("dutylog.change_noticestep", raise_exception=True)
def noticestep_arrived(request: HttpRequest, pk: int) -> HttpResponse:
    """到场, now."""
    return _noted(request, pk, note_arrival, "到场")
