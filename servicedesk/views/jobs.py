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
from servicedesk.services.asking import counts, gather
from servicedesk.services.longtasks import queues

RIGHT = "servicedesk.see_jobs"
MOST_RUNNERS = 5


class JobListView(PermissionRequiredMixin, TemplateView):
    """Last sign of life, each job's last run and next, what waits."""

    permission_required = RIGHT
    raise_exception = True
    template_name = "jobs/list.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        states, runners = gather(JobState.objects.all(), Runner.objects.order_by("-beat_at")[:MOST_RUNNERS])
        state_of = {state.key: state for state in states}
        beat_at = runners[0].beat_at if runners else None
        # A runner that ended leaves its last sign of life: shown only when none is alive.
        living = [runner for runner in runners if jobs.is_fresh(runner.beat_at)] or runners[:1]
        tasks = queues()
        *lengths, queued, given_up = counts(
            [*tasks.values(), Delivery.objects.waiting(), Delivery.objects.given_up()], most=None
        )
        return super().get_context_data(
            lines=[{"job": job, "state": state_of.get(job.key)} for job in jobs.jobs()],
            is_alive=jobs.is_fresh(beat_at), last_beat=beat_at, runners=living,
            tasks=dict(zip(tasks, lengths, strict=True)), queued=queued, given_up=given_up, **kwargs,
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
        beat_at = jobs.last_beat()
        is_alive = jobs.is_fresh(beat_at)
    except DatabaseError:
        return JsonResponse({"database": False, "jobs": False}, status=503)
    age = round((timezone.now() - beat_at).total_seconds()) if beat_at else None
    return JsonResponse({"database": True, "jobs": is_alive, "beat_age": age}, status=200 if is_alive else 503)
