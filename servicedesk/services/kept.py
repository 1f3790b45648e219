"""Small tables that every page reads and few people change: kept in each process, read again once they changed.

The database itself marks a change: a trigger on each kept table writes a fresh random mark beside the
table's name, in the transaction of the change (`tablemarks.py`). A request reads all marks once, so it
sees whatever any process has committed before it; a mark that was rolled back never comes again.
Only a page that is looked at uses what is kept: whoever changes something reads the tables.
"""

import re
import threading
from collections import OrderedDict
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models

from servicedesk.models import TableMark

MOST_ANSWERS = 2000
_TABLES = re.compile(r'(?:FROM|JOIN) "([^"]+)"')
# The marks of this request: None where nothing is kept, empty until they are asked for.
_marks: ContextVar[dict[str, str] | None] = ContextVar("marks", default=None)
_answers: OrderedDict[tuple, tuple[tuple, list]] = OrderedDict()
_lock = threading.Lock()


def begin_request(*, only_looks: bool) -> None:
    """Forget the marks of an earlier request; a request that may change something keeps nothing."""
    _marks.set({} if only_looks else None)


def end_request() -> None:
    _marks.set(None)


def rows_of(queryset: models.QuerySet) -> list[Any]:
    """The rows of a queryset over kept tables alone, without asking again what did not change.

    They are shared between requests: read them, never change them. A queryset that touches any other
    table, and any reading outside a page that is looked at, asks the database.
    """
    try:
        question = queryset.query.sql_with_params()
    except EmptyResultSet:
        return []
    marks = _marks_of(question[0])
    if marks is None or queryset._prefetch_related_lookups:
        return list(queryset)
    key = (queryset.model, queryset._iterable_class, *question)
    with _lock:
        known = _answers.get(key)
        if known is not None and known[0] == marks:
            _answers.move_to_end(key)
            return known[1]
    rows = list(queryset)
    with _lock:
        _answers[key] = (marks, rows)
        _answers.move_to_end(key)
        while len(_answers) > MOST_ANSWERS:
            _answers.popitem(last=False)
    return rows


def _marks_of(sql: str) -> tuple | None:
    """The marks of the tables that a statement reads; None when one of them is not kept."""
    marks = _marks.get()
    if marks is None:
        return None
    if not marks:
        marks.update(TableMark.objects.values_list("table", "mark"))
    found = tuple(marks.get(table) for table in _TABLES.findall(sql))
    return found if found and None not in found else None
