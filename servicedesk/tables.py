"""A register's list as a django-tables2 table, made from its columns."""

from typing import Any

import django_tables2 as tables
from django.core.paginator import EmptyPage, Page
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils import timezone
from django_tables2.paginators import LazyPaginator

from servicedesk.register import Column, Register


class Pages(LazyPaginator):
    """Pages that are not counted; one past the end, of a list grown shorter, is answered with the first."""

    def page(self, number: Any) -> Page:
        try:
            return super().page(number)
        except EmptyPage:
            return super().page(1)


class RegisterColumn(tables.Column):
    """One declared column; its cell is drawn by `registers/_cell.html`."""

    def __init__(self, column: Column, register: Register):
        super().__init__(
            verbose_name=column.label, orderable=bool(column.order_by), order_by=column.order_by or None,
            empty_values=(), attrs={"td": {"class": f"cell-{column.kind}"}, "th": {"scope": "col"}},
        )
        self.declared = column
        self.register = register

    def render(self, record: Any) -> str:  # type: ignore[override]
        value = self.declared.read(record)
        return get_template("registers/_cell.html").render({
            "column": self.declared, "value": value, "record": record,
            "url": self.register.detail_url(record.pk), "now": timezone.now(),
        })

    def value(self, record: Any) -> Any:  # type: ignore[override]
        return self.declared.read(record)


def register_table(register: Register, columns: list[Column], rows, *, selectable: bool) -> tables.Table:
    """A table of the chosen columns; with row boxes when there is something to do with many."""
    extra: list[tuple[str, tables.Column]] = []
    if selectable:
        extra.append((
            "pick",
            tables.CheckBoxColumn(
                accessor="pk", attrs={"th__input": {"aria-label": "全选本页"}, "input": {"name": "pick"}},
            ),
        ))
    extra += [(column.key, RegisterColumn(column, register)) for column in columns]
    return tables.Table(
        rows, extra_columns=extra, order_by=(), empty_text=register.empty_text,
        row_attrs={"data-href": lambda record: register.detail_url(record.pk), "tabindex": "-1"},
        attrs={"class": "table table-hover desk-table", "aria-label": register.label},
    )


def chosen_order(request: HttpRequest, table: tables.Table) -> list[str]:
    """The columns that the address asks to sort by, without words that are none."""
    known = set(table.columns.names())
    return [name for name in request.GET.getlist("sort") if name.removeprefix("-") in known]
