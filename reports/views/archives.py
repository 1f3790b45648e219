"""月度归档: the months, the wizard that first shows what is missing, an archive, its files."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django.views.generic import TemplateView

from reports.choices import FileKind
from reports.forms.archives import ArchiveForm
from reports.models import MonthArchive, MonthArchiveFile
from reports.papers.archives import RIGHT as PRINT
from reports.services import store
from reports.services.archiving import FULL, LOG, RIGHT, ask_for_archive, next_order
from reports.services.downloads import TYPES, hand_out
from servicedesk.errors import Refusal
from servicedesk.filters import FIRST_DAY, LAST_DAY
from servicedesk.models import ExportLog, LateChange
from servicedesk.monthgaps import gaps_of
from servicedesk.paper import paper_by_key
from servicedesk.periods import Period, read_month, running_month
from servicedesk.services.asking import gather
from servicedesk.views.reasons import reason_of

SHOWN = 60
OFFERED = 12


class ArchiveListView(PermissionRequiredMixin, TemplateView):
    """Every archive, the newest month first, and the months that have none."""

    permission_required = "reports.view_montharchive"
    raise_exception = True
    template_name = "reports/archive_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = MonthArchive.objects.visible_to(self.request.user).select_related("made_by").defer("manifest")
        archives = list(rows[:SHOWN])
        known = {archive.month for archive in archives}
        months, month = [], running_month().before
        for _ in range(OFFERED):
            months.append({"month": month, "is_archived": month.first in known})
            month = month.before
        return super().get_context_data(
            archives=archives, months=months, last=months[0], can_make=self.request.user.has_perm(RIGHT), **kwargs,
        )


class ArchiveCreateView(PermissionRequiredMixin, TemplateView):
    """The wizard: what is missing in the month, with the way to mend it; then the making is queued."""

    permission_required = RIGHT
    raise_exception = True
    template_name = "reports/archive_form.html"

    @property
    def month(self) -> Period:
        try:
            month = read_month(self.kwargs["month"])
        except ValueError:
            raise Http404 from None
        if not FIRST_DAY <= month.first <= LAST_DAY:
            raise Http404
        return month

    def make_form(self, data: Any = None) -> ArchiveForm:
        self.last = MonthArchive.objects.filter(month=self.month.first).defer("manifest").first()
        return ArchiveForm(
            data, user=self.request.user, has_version=self.last is not None,
            may_full=self.request.user.has_perm(FULL),
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        return self.show(self.make_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        typed = form.cleaned_data
        try:
            order = next_order(
                self.month, by=request.user, reason=typed.get("reason", ""), is_full=typed.get("is_full", False),
                full_reason=typed.get("full_reason", ""),
            )
        except Refusal as refusal:
            form.refuse(refusal)
            return self.show(form, status=422)
        task = ask_for_archive(order, by=request.user)
        messages.success(request, f"“{task.title}”已排队,可以离开;做好后有通知,并列在“月度归档”里。")
        return redirect("longtask_list")

    def show(self, form: ArchiveForm, status: int = 200) -> HttpResponse:
        kinds = gaps_of(self.month)
        return self.render_to_response(self.get_context_data(
            form=form, month=self.month, last=self.last, kinds=kinds,
            count=sum(len(kind.gaps) for kind in kinds), cancel_url=reverse("reports:archive_list"),
        ), status=status)


class ArchiveDetailView(PermissionRequiredMixin, TemplateView):
    """An archive: its files, what it held and lacked, what was changed since, who took what out."""

    permission_required = "reports.view_montharchive"
    raise_exception = True
    template_name = "reports/archive_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        archive = visible(self.request, self.kwargs["pk"])
        files, versions, late, taken = gather(
            archive.files.all(), MonthArchive.objects.filter(month=archive.month).defer("manifest"),
            LateChange.objects.filter(month=archive.month, at__gt=archive.made_at).select_related("by").order_by("pk"),
            _taken_out(archive),
        )
        can_print = user.has_perm(PRINT)
        return super().get_context_data(
            archive=archive, facts=archive.facts, month=archive.of, versions=versions, late=late, taken=taken,
            files=[{"file": file, "is_there": store.is_there(file)} for file in files],
            open_gaps=[kind for kind in archive.facts["gaps"] if kind["lines"]],
            can_download=user.has_perm("reports.download_montharchive"), can_full=user.has_perm(FULL),
            can_make=user.has_perm(RIGHT),
            papers=[paper_by_key(key) for key in ("archive-cover", "archive-notes", "archive-signatures")]
            if can_print else [],
            **kwargs,
        )


def _taken_out(archive: MonthArchive) -> models.QuerySet:
    return ExportLog.objects.filter(register=LOG, query__startswith=f"{archive} ").select_related("by")[:SHOWN]


def visible(request: HttpRequest, pk: int) -> MonthArchive:
    return get_object_or_404(MonthArchive.objects.visible_to(request.user).select_related("made_by"), pk=pk)


@permission_required("reports.download_montharchive", raise_exception=True)
@require_http_methods(["GET", "POST"])  # a HEAD would note a download that nobody got
def archive_file(request: HttpRequest, pk: int, kind: str) -> StreamingHttpResponse:
    """A file of an archive. What has whole numbers comes by POST, with the right and a reason."""
    archive = visible(request, pk)
    file = get_object_or_404(MonthArchiveFile, archive=archive, kind=kind)
    if file.needs_reason and (request.method != "POST" or not request.user.has_perm(FULL)):
        raise PermissionDenied
    pieces = hand_out(file, by=request.user, reason=reason_of(request))
    return StreamingHttpResponse(pieces, content_type=TYPES[FileKind(file.kind)], headers={
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}", "Content-Length": str(file.size),
        "Cache-Control": "private, no-store",
    })
