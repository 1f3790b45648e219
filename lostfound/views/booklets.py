"""现场拾物空白本 on screen: who has which, sheet by sheet."""

from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST
from django.views.generic import DetailView, ListView

from lostfound.choices import SheetState
from lostfound.forms.booklets import IssueBookletForm, SheetForm
from lostfound.models import Booklet, BookletSheet
from lostfound.services.booklets import (
    issue_booklet,
    next_number,
    report_missing_sheet,
    return_booklet,
    void_blank_sheets,
    void_sheet,
)
from servicedesk.paper import paper_by_key
from servicedesk.services import preferences
from servicedesk.services.points import required_point
from servicedesk.services.printing import earlier_prints
from servicedesk.services.timelines import timeline
from servicedesk.views.forms import RecordFormView
from servicedesk.views.steps import answered

ISSUE = "lostfound.issue_booklet"
BOOKLET_PAPER = "booklet"


def booklets(request: HttpRequest):
    """The booklets of the person's desks, with how their sheets stand."""
    states = {f"{state}_count": Count("sheets", Q(sheets__state=state)) for state in SheetState.values}
    rows = Booklet.objects.visible_to(request.user).select_related("issued_to", "issued_by", "returned_to")
    return rows.annotate(sheet_count=Count("sheets"), **states)


def booklet_url(booklet: Booklet) -> str:
    return reverse("lostfound:booklet_detail", args=[booklet.pk])


class BookletListView(PermissionRequiredMixin, ListView):
    """All booklets, those still out first."""

    permission_required = "lostfound.view_booklet"
    raise_exception = True
    template_name = "lostfound/booklet_list.html"
    context_object_name = "booklets"
    paginate_by = 50

    def get_queryset(self):
        return booklets(self.request).order_by(F("returned_at").desc(nulls_first=True), "-issued_at", "-pk")


class BookletDetailView(PermissionRequiredMixin, DetailView):
    """One booklet and each of its sheets."""

    permission_required = "lostfound.view_booklet"
    raise_exception = True
    template_name = "lostfound/booklet_detail.html"
    context_object_name = "booklet"

    def get_queryset(self):
        return booklets(self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sheets = self.object.sheets.select_related("item", "settled_by")
        return super().get_context_data(
            sheets=sheets, timeline=timeline(self.object, []), may_settle=self.request.user.has_perm(ISSUE),
            may_see_items=self.request.user.has_perm("lostfound.view_founditem"), papers=self._papers(), **kwargs,
        )


    def _papers(self) -> list[dict]:
        """The numbered sheets of the whole booklet in one PDF, for whoever issues them."""
        paper, asked = paper_by_key(BOOKLET_PAPER), f"?id={self.object.pk}"
        if not self.request.user.has_perm(paper.permission):
            return []
        return [{
            "key": paper.key, "label": paper.title, "reprints": earlier_prints(paper, self.object.number),
            "preview_url": reverse("paper_pdf", args=[paper.key]) + asked,
            "pdf_url": reverse("paper", args=[paper.key]) + asked, "blank_url": "",
        }]


class BookletIssueView(RecordFormView):
    """发放."""

    permission_required = ISSUE
    form_class = IssueBookletForm
    form_title = "发放空白本"
    save_label = "发放"

    def initial(self) -> dict[str, Any]:
        point = required_point(self.request)
        return {"number": next_number(point), "sheets": preferences.value("lostfound.booklet_sheets")}

    def save(self, form: Any) -> Booklet:
        data = form.cleaned_data
        return issue_booklet(
            data["number"], data["sheets"], to=data["to"], by=self.request.user, point=form.point, note=data["note"]
        )

    def saved_sentence(self, record: Booklet) -> str:
        return f"已把 {record} 发给{record.issued_to.name}"

    def next_url(self, record: Booklet) -> str:
        return booklet_url(record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=reverse("lostfound:booklet_list"), **kwargs)


class SheetStepView(RecordFormView):
    """核销 one sheet, with a reason."""

    permission_required = ISSUE
    form_class = SheetForm
    needs_point = False
    step = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        rows = BookletSheet.objects.select_related("booklet")
        visible = Booklet.objects.visible_to(request.user)
        self.sheet = get_object_or_404(rows, pk=kwargs["pk"], booklet__in=visible)
        return super().dispatch(request, *args, **kwargs)

    @property
    def form_title(self) -> str:
        return f"{self.sheet} {self.step}"

    @property
    def save_label(self) -> str:
        return self.step

    def saved_sentence(self, record: BookletSheet) -> str:
        return f"{record} 已核销为“{record.get_state_display()}”"

    def next_url(self, record: BookletSheet) -> str:
        return booklet_url(record.booklet)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=booklet_url(self.sheet.booklet), **kwargs)


class SheetVoidView(SheetStepView):
    step = "作废"

    def save(self, form: Any) -> BookletSheet:
        return void_sheet(self.sheet, by=self.request.user, reason=form.cleaned_data["reason"])


class SheetMissingView(SheetStepView):
    step = "报缺失"

    def save(self, form: Any) -> BookletSheet:
        return report_missing_sheet(self.sheet, by=self.request.user, reason=form.cleaned_data["reason"])


class BlankSheetsVoidView(RecordFormView):
    """空白张一并作废: the rest of a booklet that comes back half used."""

    permission_required = ISSUE
    form_class = SheetForm
    needs_point = False
    save_label = "一并作废"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.booklet = get_object_or_404(Booklet.objects.visible_to(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def form_title(self) -> str:
        return f"{self.booklet} 空白张一并作废"

    def save(self, form: Any) -> Booklet:
        self.count = void_blank_sheets(self.booklet, by=self.request.user, reason=form.cleaned_data["reason"])
        return self.booklet

    def saved_sentence(self, record: Booklet) -> str:
        return f"{record} 的 {self.count} 张空白已作废"

    def next_url(self, record: Booklet) -> str:
        return booklet_url(record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=booklet_url(self.booklet), **kwargs)


@require_POST
def booklet_return(request: HttpRequest, pk: int) -> HttpResponse:
    """收回, once every sheet is accounted for."""
    booklet = get_object_or_404(Booklet.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm(ISSUE):
        raise PermissionDenied
    url = booklet_url(booklet)
    return answered(request, lambda: return_booklet(booklet, by=request.user), f"已收回 {booklet}", url)
