"""Long work of the person at the screen: how far it is, its result, or why there is none."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView

from servicedesk.errors import ResultGone
from servicedesk.models import LongTask, Runner
from servicedesk.services import preferences
from servicedesk.services.asking import gather
from servicedesk.services.jobs import is_fresh
from servicedesk.services.longtasks import ask_again, in_line, waits_for
from servicedesk.services.results import read_result

MOST_SHOWN = 50


class LongTaskListView(TemplateView):
    """我的长任务, the newest first; the rows ask again by themselves while one runs."""

    template_name = "tasks/list.html"
    http_method_names = ["get", "options"]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        days = preferences.value("servicedesk.result_days")
        return super().get_context_data(days=days, **rows_of(self.request), **kwargs)


def rows_of(request: HttpRequest) -> dict[str, Any]:
    """The rows of the page, and whether somebody is there to do them."""
    tasks, line, runners = gather(
        LongTask.objects.visible_to(request.user)[:MOST_SHOWN], in_line(), Runner.objects.order_by("-beat_at")[:1]
    )
    for each in tasks:
        each.waits_for = waits_for(each, line)
    return {
        "tasks": tasks, "is_busy": any(each.is_unfinished for each in tasks),
        "is_alive": is_fresh(runners[0].beat_at if runners else None),
    }


@require_safe
def longtask_rows(request: HttpRequest) -> HttpResponse:
    """The rows alone: asked by the page every other second, it keeps nobody signed in."""
    return render(request, "tasks/_rows.html", rows_of(request))


@require_safe
def longtask_note(request: HttpRequest) -> HttpResponse:
    """How far the work `?id=` is, for the page that it belongs to; when it has ended that page is loaded anew."""
    key = request.GET.get("id", "")
    rows = LongTask.objects.visible_to(request.user)
    long_task = get_object_or_404(rows, pk=key if key.isdecimal() and len(key) < 19 else None)
    if not long_task.is_unfinished:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "tasks/_note.html", {"task": long_task, "waits_for": waits_for(long_task, in_line())})


@require_safe
def longtask_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The result; 404 for somebody else's, 403 for who lost the right since."""
    long_task = get_object_or_404(LongTask.objects.visible_to(request.user), pk=pk)
    if long_task.right and not request.user.has_perm(long_task.right):
        raise PermissionDenied
    if not long_task.file:
        raise ResultGone
    return HttpResponse(read_result(long_task.file), content_type=long_task.file_type, headers={
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(long_task.file_name)}",
        "Cache-Control": "private, no-store",
    })


@require_POST
def longtask_again(request: HttpRequest, pk: int) -> HttpResponse:
    """重做 what failed."""
    ask_again(get_object_or_404(LongTask.objects.visible_to(request.user), pk=pk))
    messages.success(request, "已重新排队,做好后有通知。")
    return redirect("longtask_list")
