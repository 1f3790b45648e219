"""List and page of a book of the house, from its declaration."""

from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from servicedesk.books import BOOKS, PEOPLE, Book, state_of
from servicedesk.models import User
from servicedesk.services import preferences
from servicedesk.services.lists import capped_count
from servicedesk.services.timelines import timeline
from servicedesk.tables import Pages, chosen_order, register_table
from servicedesk.views.registers import page_number

MOST_EVENTS = 200


class BookView(PermissionRequiredMixin, TemplateView):
    """What the pages of a book share: its declaration, its right, its rows."""

    book: Book = PEOPLE
    raise_exception = True

    def get_permission_required(self) -> tuple[str, ...]:
        return (self.book.permission,)

    def get_row(self) -> Any:
        return get_object_or_404(self.book.rows(), pk=self.kwargs["pk"])


class BookListView(BookView):
    """All rows: filter, order, pages; tabs lead to the neighbouring books."""

    template_name = "registers/list.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        book, request = self.book, self.request
        found = book.filterset(request.GET, queryset=book.rows(), request=request)
        table = register_table(book, list(book.columns), found.qs, selectable=False)
        table.request = request
        table.order_by = chosen_order(request, table)
        table.paginate(
            page=page_number(request), per_page=preferences.value("servicedesk.page_rows"),
            paginator_class=Pages,
        )
        return super().get_context_data(
            register=book, table=table, filter=found, count_text=capped_count(found.qs).replace("件", "条"),
            views=book_tabs(request.user, book), can_create=True, create_url=reverse(book.url_name("create")),
            first_label="新增", **kwargs,
        )

    def get_template_names(self) -> list[str]:
        part = ["registers/_list_body.html"] if self.request.htmx and not self.request.htmx.boosted else []
        return [*part, "house/list.html"]


def book_tabs(user: User, here: Book) -> list[dict]:
    """The books under the same right, as tabs; none when there is only one."""
    same = [b for b in BOOKS if b.permission == here.permission]
    return [{"label": b.label, "url": b.list_url(), "is_current": b is here} for b in same] if len(same) > 1 else []


class BookDetailView(BookView):
    """One row: its facts, what can be done, everything that happened to it."""

    template_name = "registers/detail.html"

    def steps(self, row: Any) -> list[dict]:
        edit = reverse(self.book.url_name("edit"), args=[row.pk])
        return [{"label": "修改", "url": edit, "icon": "pencil", "is_primary": True}]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        row = self.get_row()
        facts = [{"label": label, "value": value, "kind": "text"} for label, value in self.book.facts(row)]
        return super().get_context_data(
            register=self.book, record=row, record_title=str(row), state=state_of(row), steps=self.steps(row),
            fact_groups=[{"title": self.book.label, "rows": facts}], timeline=timeline(row, [])[:MOST_EVENTS], **kwargs,
        )

