"""A long list as a workbook, made by the runner: the same filter, columns and rights as on the screen."""

from typing import Any

from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from servicedesk.errors import NotAllowed, ReasonNeeded
from servicedesk.models import LongTask, User
from servicedesk.register import Register, columns_by_key, register_by_key
from servicedesk.services import preferences
from servicedesk.services.exports import check_size, export_register
from servicedesk.services.longtasks import Made, Progress, ask_for

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEY = "servicedesk.export"
FULL = "servicedesk.export_full"


def filtered(register: Register, request: HttpRequest) -> Any:
    """The filter bound to the query of a request, over the rows that its person may see, in their order."""
    rows = register.rows(request.user).order_by(*register.order)
    return register.filterset(request.GET, queryset=rows, request=request)


def is_long(rows: models.QuerySet) -> bool:
    """Whether a list has more rows than a person should wait for."""
    most = preferences.value("servicedesk.export_now_rows")
    return rows.order_by().values("pk")[: most + 1].count() > most


def file_name(register: Register) -> str:
    return f"{register.label}-{timezone.localdate():%Y%m%d}.xlsx"


def ask_for_export(register: Register, request: Any, *, full: bool, reason: str) -> LongTask:
    """Queue the workbook of what the list shows.

    Raises:
        TooManyRows: more rows than the setting allows.
        ReasonNeeded: a full export without a reason.
    """
    count = check_size(filtered(register, request).qs)
    if full and not reason.strip():
        raise ReasonNeeded("导出完整号码请写明用途。")
    facts = {"register": register.key, "query": request.GET.urlencode(), "full": full, "reason": reason.strip()[:200]}
    right = FULL if full else register.permission("export")
    title = f"导出{register.label} {count} 条{'(完整号码)' if full else ''}"
    return ask_for(KEY, title, facts, by=request.user, total=count, right=right)


def make_export(long_task: LongTask, progress: Progress) -> Made:
    """The work itself. Rights are judged now: whoever lost them since gets nothing."""
    facts, by = long_task.facts, long_task.by
    register = register_by_key(facts["register"])
    _check_rights(by, register.permission("export"), *([FULL] if facts["full"] else []))
    request = HttpRequest()
    request.user, request.GET = by, QueryDict(facts["query"])
    columns = columns_by_key(register, request.GET.getlist("columns"))
    content = export_register(
        register, filtered(register, request).qs, columns, by, query=facts["query"], full=facts["full"],
        reason=facts["reason"], progress=progress,
    )
    progress(long_task.total, long_task.total)
    return Made(f"Excel {_size(content)}", content, file_name(register), EXCEL)


def _check_rights(by: User, *rights: str) -> None:
    if not by.is_active or not by.has_perms(rights):
        raise NotAllowed(right="导出", whom="部门经理")


def _size(content: bytes) -> str:
    return f"{max(len(content) // 1024, 1)} KB" if len(content) < 1024 * 1024 else f"{len(content) / 1024 ** 2:.1f} MB"

