"""Small tables that every page reads and few people change: kept in each process, read again once they changed.

The database itself marks a change: a trigger on each kept table writes a fresh random mark beside the
table's name, in the transaction of the change (`tablemarks.py`). A request reads all marks once, so it
sees whatever any process has committed before it; a mark that was rolled back never comes again.
Only a page that is looked at uses what is kept: whoever changes something reads the tables, until its answer is drawn.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import models

from servicedesk.models import TableMark

MOST_ANSWERS = 2000
_TABLES = re.compile(r'(?:FROM|JOIN) "([^"]+)"')
Made = TypeVar("Made")
# The marks of this request: None where nothing is kept, empty until they are asked for.
_marks: ContextVar[dict[str, str] | None] = ContextVar("marks", default=None)
# The tables that the answer now being made has read; None while none is made.
_read: ContextVar[set[str] | None] = ContextVar("read", default=None)
_answers: OrderedDict[tuple, tuple[dict[str, str], Any]] = OrderedDict()
_lock = threading.Lock()


def begin_request(*, only_looks: bool) -> None:
    """Forget the marks of an earlier request; a request that may change something keeps nothing."""
    _marks.set({} if only_looks else None)


def begin_drawing() -> None:
    """What the request had to change is done: its page looks at what is there now, and may keep."""
    if _marks.get() is None:
        _marks.set({})


def end_request() -> None:
    _marks.set(None)


def rows_of(queryset: models.QuerySet) -> list[Any]:
    """The rows of a queryset over kept tables alone, without asking again what did not change.

    They are shared between requests: read them, never change them. A queryset that touches any other
    table, and any reading outside a page that is looked at, asks the database.
    """
    marks = _marks_now()
    if marks is None or queryset._prefetch_related_lookups:
        return list(queryset)
    try:
        question = queryset.query.sql_with_params()
    except EmptyResultSet:
        return []
    tables = set(_TABLES.findall(question[0]))
    if not tables or not tables <= marks.keys():
        if _read.get() is not None:
            raise ValueError(f"an answer is made of kept tables alone, not of {sorted(tables - marks.keys())}")
        return list(queryset)
    return _known((queryset.model, queryset._iterable_class, *question), lambda: list(queryset), tables)


def answer(key: tuple, make: Callable[[], Made], *, of_all: bool = False) -> Made:
    """What `make` makes of `rows_of` alone, without building its questions again while nothing changed.

    `key` names the answer and all that it depends on beside the tables. It is shared between requests like rows.
    `of_all`: it follows from what this request asked before too, so that a change of any kept table makes it anew.

    Raises:
        ValueError: `make` reads a table that is not kept.
    """
    marks = _marks_now()
    return make() if marks is None else _known(key, make, set(marks) if of_all else set())


def _known(key: tuple, make: Callable[[], Made], tables: set[str]) -> Made:
    """The answer of before if each table that it read has the mark it had then, else a new one."""
    marks = _marks_now() or {}
    with _lock:
        known = _answers.get(key)
        if known is not None and all(marks.get(table) == mark for table, mark in known[0].items()):
            _answers.move_to_end(key)
            _note(known[0].keys())
            return known[1]
    reading = _read.set(set(tables))
    try:
        made = make()
        tables = _read.get() or set()
    finally:
        _read.reset(reading)
    _note(tables)
    with _lock:
        _answers[key] = ({table: marks[table] for table in tables}, made)
        _answers.move_to_end(key)
        while len(_answers) > MOST_ANSWERS:
            _answers.popitem(last=False)
    return made


def _note(tables: Iterable[str]) -> None:
    """The answer that is being made around this one depends on these tables too."""
    around = _read.get()
    if around is not None:
        around.update(tables)


def _marks_now() -> dict[str, str] | None:
    """The mark of each kept table, asked once a request; None where nothing is kept."""
    marks = _marks.get()
    if marks is not None and not marks:
        marks.update(TableMark.objects.values_list("table", "mark"))
    return marks
