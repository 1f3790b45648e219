"""旧账导入: the ledgers with their templates, the upload, what the check found, confirm, give up, take back."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView

from reports.choices import OldBookState
from reports.forms.oldbooks import OldBookForm
from reports.models import OldBookImport, OldBookRow
from reports.services.oldbooks import batches, store
from reports.services.oldbooks.sheets import template_of
from reports.services.oldbooks.undoing import RIGHT as UNDO
from reports.services.oldbooks.undoing import UNDO as UNDO_WORK
from reports.services.oldbooks.undoing import ask_to_undo
from servicedesk.models import LongTask, User
from servicedesk.oldbooks import OldBook, old_book_by_key, old_books
from servicedesk.register import register_of
from servicedesk.services.asking import gather
from servicedesk.services.longexports import EXCEL
from servicedesk.services.longtasks import in_line, waits_for
from servicedesk.views.forms import RecordFormView
from servicedesk.views.reasons import reason_of

VIEW = "reports.view_oldbookimport"
SHOWN = 60
LINKED = 20


def book_or_404(key: str, user: User) -> OldBook:
    """A ledger that the person may register in by hand."""
    try:
        book = old_book_by_key(key)
    except KeyError:
        raise Http404 from None
    if not user.has_perm(book.right):
        raise Http404
    return book


def visible(request: HttpRequest, pk: int) -> OldBookImport:
    rows = OldBookImport.objects.visible_to(request.user).select_related("by", "confirmed_by", "service_point")
    return get_object_or_404(rows, pk=pk)


class OldBookListView(PermissionRequiredMixin, TemplateView):
    """The ledgers that can be taken over, and the batches, the newest first."""

    permission_required = VIEW
    raise_exception = True
    template_name = "reports/oldbook_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rows = OldBookImport.objects.visible_to(user).select_related("by", "service_point")[:SHOWN]
        books = [(book, register_of(book.model)) for book in old_books() if user.has_perm(book.right)]
        return super().get_context_data(
            batches=rows, books=books,
            can_add=user.has_perm(batches.RIGHT), **kwargs,
        )


@permission_required(batches.RIGHT, raise_exception=True)
@require_safe
def oldbook_template(request: HttpRequest, book: str) -> HttpResponse:
    """The workbook to fill."""
    found = book_or_404(book, request.user)
    return _file(template_of(found), f"旧账模板-{found.label}.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=EXCEL, headers={
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "private, no-store",
    })


class OldBookCreateView(RecordFormView):
    """Upload a ledger: it is checked, nothing is written."""

    permission_required = batches.RIGHT
    form_class = OldBookForm
    save_label = "上传并核对"
    template_name = "reports/oldbook_form.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        if request.user.is_authenticated and request.user.has_perm(batches.RIGHT):
            self.book = book_or_404(kwargs["book"], request.user)
        return super().dispatch(request, *args, **kwargs)

    def save(self, form: OldBookForm) -> OldBookImport:
        file = form.cleaned_data["file"]
        return batches.upload(
            self.book, file.read(), name=file.name, year=form.cleaned_data["year"], by=self.request.user,
            point=form.point,
        )

    def draft_key(self) -> str:
        # A file cannot be kept as a draft, and a year alone need not.
        return ""

    def saved_sentence(self, record: OldBookImport) -> str:
        if record.state == OldBookState.CHECKING:
            return f"{record.number} 已上传,正在后台核对,可以离开;核对完有通知。"
        return f"{record.number} 已核对 {record.rows} 行,还没有写入。"

    def next_url(self, record: OldBookImport) -> str:
        return reverse("reports:oldbook_detail", args=[record.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            book=self.book, cancel_url=reverse("reports:oldbook_list"), **kwargs
        ) | {"form_title": f"导入{self.book.label}旧账"}


class OldBookDetailView(PermissionRequiredMixin, TemplateView):
    """A batch: what the check found, how far it is, its records."""

    permission_required = VIEW
    raise_exception = True
    template_name = "reports/oldbook_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, batch = self.request.user, visible(self.request, self.kwargs["pk"])
        tasks = LongTask.objects.unfinished().filter(
            key__in=[batches.CHECK, batches.WRITE, UNDO_WORK], facts__batch=batch.pk
        )
        past, running, line, first, last = gather(
            batch.history.select_related("history_user").order_by("-history_id"), tasks[:1], in_line(),
            OldBookRow.objects.filter(batch=batch).order_by("row")[:LINKED],
            OldBookRow.objects.filter(batch=batch).order_by("-row")[:1],
        )
        register = register_of(batch.of.model)
        return super().get_context_data(
            batch=batch, book=batch.of, register=register, found=store.fetch_preview(batch.stored), past=past,
            task=running[0] if running else None,
            waits_for=waits_for(running[0], line) if running else "", first=first, last=last[0] if last else None,
            can_add=user.has_perms([batches.RIGHT, batch.of.right]), can_undo=user.has_perm(UNDO),
            can_see=register is not None and register.is_open_to(user), **kwargs,
        )


@permission_required(batches.RIGHT, raise_exception=True)
@require_safe
def oldbook_errors(request: HttpRequest, pk: int) -> HttpResponse:
    """The wrong rows with a red column."""
    batch = visible(request, pk)
    if not batch.bad:
        raise Http404
    return _file(store.fetch(batch.stored, store.ERRORS), f"错误表-{batch.number}-{batch.of.label}.xlsx")


@permission_required(batches.RIGHT, raise_exception=True)
@require_POST
def oldbook_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """确认导入: the writing is queued."""
    batch = visible(request, pk)
    batches.confirm(batch, by=request.user)
    messages.success(request, f"{batch.number} 正在导入,可以离开;做好后有通知。")
    return redirect("reports:oldbook_detail", batch.pk)


@permission_required(batches.RIGHT, raise_exception=True)
@require_POST
def oldbook_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """放弃 what was not written."""
    batch = visible(request, pk)
    batches.drop(batch, by=request.user)
    messages.success(request, f"{batch.number} 已放弃,上传的文件已删除。")
    return redirect("reports:oldbook_list")


@permission_required(UNDO, raise_exception=True)
@require_POST
def oldbook_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """撤销 the whole batch, with a reason."""
    batch = visible(request, pk)
    ask_to_undo(batch, by=request.user, reason=reason_of(request))
    messages.success(request, f"{batch.number} 正在撤销,做好后有通知。")
    return redirect("reports:oldbook_detail", batch.pk)
