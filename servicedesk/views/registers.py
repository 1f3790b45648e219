"""List, detail, export and bulk screens that come from a `Register` declaration."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.views import View
from django.views.generic import TemplateView

from servicedesk.errors import Refusal
from servicedesk.paper import Paper, paper_by_key, papers_for
from servicedesk.register import Register, columns_by_key
from servicedesk.services import preferences, timelines
from servicedesk.services.asking import gathered
from servicedesk.services.exports import export_register
from servicedesk.services.lists import capped_count, remembered_query
from servicedesk.services.longexports import EXCEL, ask_for_export, file_name, filtered, is_long
from servicedesk.tables import Pages, chosen_order, register_table
from servicedesk.views.reasons import reason_of


class RegisterView(PermissionRequiredMixin, View):
    """What the screens of a register share: its declaration, its right, its visible rows."""

    register: Register = None  # type: ignore[assignment]  # given by `register_urls`
    verb = "view"
    raise_exception = True

    def get_permission_required(self) -> tuple[str, ...]:
        return (self.register.permission(self.verb),)

    def rows(self) -> models.QuerySet:
        return self.register.rows(self.request.user)

    def filtered(self):
        """The filter bound to the query, over the rows in their order."""
        return filtered(self.register, self.request)

    def get_record(self) -> Any:
        """The visible record of the address; 404 for one of another desk as for none."""
        record = self.rows().prefetch_related(None).filter(pk=self.kwargs["pk"]).first()
        if record is None:
            raise Http404
        return record


class RegisterListView(RegisterView, TemplateView):
    """The book itself: filter, order, columns, pages, what to do with many."""

    def get_template_names(self) -> list[str]:
        own = f"{self.register.app}/{self.register.key}_list.html"
        part = ["registers/_list_body.html"] if self.request.htmx and not self.request.htmx.boosted else []
        return [*part, own, "registers/list.html"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        again = remembered_query(request, self.register.key)
        return redirect(f"{request.path}?{again}") if again else super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        register, request = self.register, self.request
        found = self.filtered()
        columns = columns_by_key(register, request.GET.getlist("columns"))
        actions = [a for a in register.bulk_actions if request.user.has_perm(a.permission)]
        can_print = request.user.has_perm(register.permission("print"))
        can_pick = bool(actions) or (can_print and bool(register.papers))
        table = register_table(register, columns, found.qs, selectable=can_pick)
        table.request = request
        table.order_by = chosen_order(request, table)
        table.paginate(
            page=page_number(request), per_page=preferences.value("servicedesk.page_rows"),
            paginator_class=Pages,
        )
        shown = {c.key for c in columns}
        return super().get_context_data(
            register=register, table=table, filter=found, count_text=capped_count(found.qs), views=self._views(),
            column_choices=[{"key": c.key, "label": c.label, "shown": c.key in shown} for c in register.columns],
            bulk_actions=actions, bulk_url=register.url("bulk"),
            papers=[paper_by_key(k) for k in register.papers] if can_print else [],
            ledgers=[paper_by_key(k) for k in register.ledgers] if can_print else [],
            can_create=bool(register.create_name) and request.user.has_perm(register.permission("add")),
            create_url=register.create_url(),
            can_export=request.user.has_perm(register.permission("export")),
            export_url=f"{register.url('export')}?{request.GET.urlencode()}",
            **kwargs,
        )

    def _views(self) -> list[dict]:
        query = self.request.GET.copy()
        for name in ("page", "sort", "columns"):
            query.pop(name, None)
        here = query.urlencode()
        return [
            {"label": view.label, "url": f"?{view.query}", "is_current": here == view.query}
            for view in self.register.views
        ]


def page_number(request: HttpRequest) -> int:
    try:
        return max(1, min(int(request.GET.get("page", 1)), 100_000))
    except ValueError:
        return 1


class RegisterExportView(RegisterView):
    """The list as a workbook. Masked by GET; in full by POST with the right and a reason."""

    verb = "export"
    http_method_names = ["get", "post"]  # a HEAD would note an export that nobody got

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self._send(full=False, reason="")

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.has_perm("servicedesk.export_full"):
            raise PermissionDenied
        return self._send(full=True, reason=reason_of(request))

    def _send(self, *, full: bool, reason: str) -> HttpResponse:
        request, rows = self.request, self.filtered().qs
        if is_long(rows):
            ask_for_export(self.register, request, full=full, reason=reason)
            messages.info(request, "行数多,正在后台生成;可以离开本页,做好后有通知。")
            return redirect("longtask_list")
        columns = columns_by_key(self.register, request.GET.getlist("columns"))
        content = export_register(
            self.register, rows, columns, request.user, query=request.GET.urlencode(), full=full, reason=reason,
        )
        headers = {"Content-Disposition": content_disposition_header(True, file_name(self.register))}
        return HttpResponse(content, content_type=EXCEL, headers=headers)


class RegisterBulkView(RegisterView):
    """One act on many chosen rows; each row is one the person may see."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        action = next((a for a in self.register.bulk_actions if a.key == request.POST.get("action")), None)
        if action is None:
            raise Http404
        if not request.user.has_perm(action.permission):
            raise PermissionDenied
        keys = [k for k in request.POST.getlist("pick") if k.isdecimal() and len(k) < 19]
        records = list(self.rows().filter(pk__in=keys).order_by("pk"))
        if action.page and records:
            return redirect(f"{reverse(action.page)}?{urlencode({'pick': [r.pk for r in records]}, doseq=True)}")
        try:
            if not records or action.act is None:
                raise Refusal("请先勾选要处理的行。")
            messages.success(request, action.act(request.user, records, reason_of(request)))
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        back = request.POST.get("back", "")
        return redirect(back if _is_local(back) else self.register.list_url())


def _is_local(url: str) -> bool:
    return url.startswith("/") and not url.startswith("//") and "\\" not in url


class RegisterDetailView(RegisterView, TemplateView):
    """One record: facts in the order of the paper, next steps, everything that happened to it.

    A subclass gives `fact_groups`, `steps` and, where more happened than its history knows, `events`.
    The lists that it names in `questions` come with the time line by one query and lie in `self.found`.
    """

    found: dict[str, list[Any]]

    def rows(self) -> models.QuerySet:
        """With every row that the record links to: one line of many joins instead of many questions."""
        links = [f.name for f in self.register.model._meta.fields if isinstance(f, models.ForeignKey)]
        return super().rows().select_related(*links)

    def get_template_names(self) -> list[str]:
        return [f"{self.register.app}/{self.register.key}_detail.html", "registers/detail.html"]

    def fact_groups(self, record: Any) -> list[dict]:
        """`[{"title": …, "rows": [{"label": …, "value": …}]}]`; by default all list columns."""
        rows = [{"label": c.label, "value": c.read(record), "kind": c.kind} for c in self.register.columns]
        return [{"title": self.register.label, "rows": rows}]

    def steps(self, record: Any) -> list[dict]:  # noqa: ARG002
        """Buttons: `{label, url, icon, is_primary, method, tone}`; the likely one is primary."""
        return []

    def events(self, record: Any) -> list[dict]:  # noqa: ARG002
        """Further lines of the time line: `{at, who, title, changes, reason}`."""
        return []

    def questions(self, record: Any) -> dict[str, models.QuerySet]:  # noqa: ARG002
        """Further lists that the page shows, by name."""
        return {}

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        record = self.record = self.get_record()
        user = self.request.user
        numbers = {paper.number(record) for paper in papers_for(record, self.paper_keys(record))}
        self.found = gathered(timelines.questions(record, numbers) | self.questions(record))
        tone, icon = record.badge if hasattr(record, "badge") else ("ink", "circle")
        can_print = user.has_perm(self.register.permission("print"))
        return super().get_context_data(
            register=self.register, record=record, record_title=str(record),
            state={"label": record.get_state_display(), "icon": icon, "tone": str(tone)},
            fact_groups=self.fact_groups(record), steps=self.steps(record),
            timeline=timelines.timeline(record, self.events(record), self.found),
            papers=self.papers(record) if can_print else [], **kwargs,
        )

    def papers(self, record: Any) -> list[dict]:
        """The record's forms: to look at in the drawer, to print on a page of their own, to take empty."""
        return [
            {
                "key": paper.key, "label": paper.title, "reprints": self.reprints(paper, paper.number(record)),
                "preview_url": f"{reverse('paper_pdf', args=[paper.key])}?id={record.pk}",
                "pdf_url": f"{reverse('paper', args=[paper.key])}?id={record.pk}",
                "blank_url": reverse("paper", args=[paper.key]) if paper.has_blank else "",
            }
            for paper in papers_for(record, self.paper_keys(record))
        ] + [ledger_entry(paper, record) for paper in papers_for(record, self.register.ledgers)]

    def reprints(self, paper: Paper, number: str) -> int:
        """How often the paper of a number was printed before."""
        printed = self.found["prints"]
        return sum(p.paper == paper.key and p.number == number and not p.is_blank for p in printed)

    def paper_keys(self, record: Any) -> tuple[str, ...]:  # noqa: ARG002
        return self.register.papers


def ledger_entry(paper: Paper, record: Any) -> dict:
    """The month of a ledger in which a record stands."""
    assert paper.month_of is not None
    month = f"{paper.month_of(record):%Y-%m}"
    return {
        "key": paper.key, "label": f"{paper.title} {month}", "reprints": 0,
        "preview_url": f"{reverse('paper_pdf', args=[paper.key])}?month={month}",
        "pdf_url": f"{reverse('paper', args=[paper.key])}?month={month}",
        "blank_url": f"{reverse('paper', args=[paper.key])}?blank=1",
    }


def register_urls(
    register: Register, *, detail: type[RegisterDetailView], folder: str,
    listing: type[RegisterListView] = RegisterListView,
) -> list:
    """The addresses every register has, below `folder`: list, export, bulk, detail."""
    key = register.key
    part = {"register": register}
    return [
        path(f"{folder}/", listing.as_view(**part), name=f"{key}_list"),
        path(f"{folder}/export/", RegisterExportView.as_view(**part), name=f"{key}_export"),
        path(f"{folder}/bulk/", RegisterBulkView.as_view(**part), name=f"{key}_bulk"),
        path(f"{folder}/<int:pk>/", detail.as_view(**part), name=f"{key}_detail"),
    ]
