"""Background jobs as the administrator sees them, and the page that a watchdog asks."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView

from servicedesk.models import Delivery, JobState, Runner
from servicedesk.services import jobs
from servicedesk.services.tasks import queue_lengths

RIGHT = "servicedesk.see_jobs"


class JobListView(PermissionRequiredMixin, TemplateView):
    """Last sign of life, each job's last run and next, what waits."""

    permission_required = RIGHT
    raise_exception = True
    template_name = "jobs/list.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        states = {state.key: state for state in JobState.objects.all()}
        waiting = Delivery.objects.waiting()
        return super().get_context_data(
            lines=[{"job": job, "state": states.get(job.key)} for job in jobs.jobs()],
            is_alive=jobs.is_alive(), last_beat=jobs.last_beat(), runners=Runner.objects.all()[:5],
            tasks=queue_lengths(), queued=waiting.count(), given_up=Delivery.objects.given_up().count(), **kwargs,
        )


@permission_required(RIGHT, raise_exception=True)
@require_POST
def job_run(request: HttpRequest, key: str) -> HttpResponse:
    """Make a job due now; the runner does it."""
    job = next((each for each in jobs.jobs() if each.key == key), None)
    if job is None:
        raise Http404
    jobs.run_soon(job.key)
    messages.success(request, f"“{job.label}”已排队,后台马上执行。")
    return redirect("job_list")


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """200 when the database answers and the runner lives, else 503; tells nothing else to whoever asks."""
    try:
        beat_at, is_alive = jobs.last_beat(), jobs.is_alive()
    except DatabaseError:
        return JsonResponse({"database": False, "jobs": False}, status=503)
    age = round((timezone.now() - beat_at).total_seconds()) if beat_at else None
    return JsonResponse({"database": True, "jobs": is_alive, "beat_age": age}, status=200 if is_alive else 503)
