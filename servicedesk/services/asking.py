"""Several questions to the database in one query: a page asks once for all its lists, a frame for all its counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import F

from servicedesk.models.desks import Unsought

MOST_COUNTED = 1000


# ---- lists -------------------------------------------------------------------------------
def gather(*wanted: models.QuerySet) -> list[models.QuerySet]:
    """Evaluate the querysets by one query; they come back in their order, each with its rows in hand.

    What a queryset joins (`select_related`) comes along; `prefetch_related` still asks by itself.
    """
    asked = [_Asked(rows) for rows in wanted]
    statements = [each for each in asked if each.sql]
    for each, found in zip(statements, _answers(statements), strict=True):
        each.found = found
    for rows, each in zip(wanted, asked, strict=True):
        rows._result_cache = each.made()
        rows._prefetch_done = not rows._prefetch_related_lookups
    return list(wanted)


def by_key(rows: Iterable[Any], column: str) -> dict[Any, list[Any]]:
    """The rows below each value of a column: what hangs on a list, once it is in hand."""
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, column), []).append(row)
    return found


def gathered(wanted: Mapping[str, models.QuerySet]) -> dict[str, list[Any]]:
    """Named lists by one query."""
    return dict(zip(wanted, map(list, gather(*wanted.values())), strict=True))


class _Asked:
    """A queryset as a statement, and what it makes of the answer. `sql` is empty where nothing can be found."""

    def __init__(self, rows: models.QuerySet):
        self.rows = rows
        self.compiler = rows.query.get_compiler(connection=connection)
        self.found: list[tuple] = []
        try:
            self.sql, self.params = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql, self.params = "", ()
        if self.sql and self.compiler.has_extra_select:
            raise NotImplementedError("order distinct rows by columns that they have")

    @property
    def width(self) -> int:
        return self.compiler.col_count

    def made(self) -> list[Any]:
        """The rows as the queryset makes them: by its own compiler, which has the answer already."""
        if not self.found:
            return []
        self.compiler.execute_sql = lambda *_, **__: [self.found]
        answered = self.rows._chain().prefetch_related(None)
        answered.query.get_compiler = lambda *_, **__: self.compiler
        return list(answered)


def _answers(statements: Sequence[_Asked]) -> list[list[tuple]]:
    if not statements:
        return []
    return _by_union(statements) if connection.vendor == "sqlite" else _by_result_sets(statements)


def _by_result_sets(statements: Sequence[_Asked]) -> list[list[tuple]]:
    """PostgreSQL answers several statements of one message with as many results."""
    with connection.cursor() as cursor:
        cursor.execute("; ".join(each.sql for each in statements), _params(statements))
        found = [cursor.fetchall()]
        while cursor.nextset():
            found.append(cursor.fetchall())
    return found


def _by_union(statements: Sequence[_Asked]) -> list[list[tuple]]:
    """SQLite's columns have no types: lists of any shape stand below each other, filled up to one width.

    `LIMIT -1` holds each list in its own order. The empty first line keeps SQLite from naming a type of
    its columns, which Python would else read the others by.
    """
    widest = max(each.width for each in statements)
    parts = [f"SELECT -1{', NULL' * widest} WHERE 0"]
    for number, each in enumerate(statements):
        limited = each.sql if each.rows.query.is_sliced else f"{each.sql} LIMIT -1"
        parts.append(f"SELECT {number}, part.*{', NULL' * (widest - each.width)} FROM ({limited}) AS part")
    found: list[list[tuple]] = [[] for _ in statements]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), _params(statements))
        for number, *row in cursor.fetchall():
            found[number].append(tuple(row[: statements[number].width]))
    return found


def _params(statements: Sequence[_Asked]) -> list[Any]:
    return [param for each in statements for param in each.params]


# ---- counts ------------------------------------------------------------------------------
@dataclass(frozen=True)
class Tally:
    """How many rows there are, counted no further than `MOST_COUNTED`, and the least value of a column."""

    count: int
    oldest: Any = None


def tallies(wanted: Sequence[tuple[models.QuerySet, str]], most: int | None = MOST_COUNTED) -> list[Tally]:
    """Count each of the querysets and find the least of its column (`""` for none), by one query.

    No further than `most`: None counts to the end, for tables that stay short or where the number is binding.
    """
    found = tallying(wanted, most).asked()
    return [
        Tally(found[2 * n] or 0, _read(rows, column, found[2 * n + 1])) for n, (rows, column) in enumerate(wanted)
    ]


def counts(wanted: Sequence[models.QuerySet], most: int | None = MOST_COUNTED) -> list[int]:
    """How many rows each of the querysets has, counted no further than `most`, by one query."""
    return [count or 0 for count in tallying([(rows, "") for rows in wanted], most).asked()[::2]]


@dataclass(frozen=True)
class Tallying:
    """The one query of some tallies. It can be asked again: making it of querysets costs more than asking."""

    parts: tuple[str, ...]
    params: tuple[Any, ...]

    def asked(self) -> Sequence[Any]:
        """A count and a least value for each queryset in turn, as the database gives them; None for nothing."""
        if not self.parts:
            return ()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(self.parts)}", self.params)
            return cursor.fetchone()


def tallying(wanted: Iterable[tuple[models.QuerySet, str]], most: int | None = MOST_COUNTED) -> Tallying:
    """What `tallies` and `counts` ask."""
    parts: list[str] = []
    params: list[Any] = []
    for rows, column in wanted:
        bare = rows.order_by()
        for sql, question in (("SELECT COUNT(*) FROM ({}) AS counted", bare.values("pk")[:most]),
                              ("{}", _least(bare, column) if column else None)):
            statement = _Asked(question) if question is not None else None
            parts.append(f"({sql.format(statement.sql)})" if statement and statement.sql else "NULL")
            params += statement.params if statement else ()
    return Tallying(tuple(parts), tuple(params))


def _least(rows: models.QuerySet, column: str) -> models.QuerySet:
    """The least value of a column: along its own index SQLite would pass by all that is settled to reach what waits."""
    field = rows.model._meta.get_field(column)
    return rows.order_by(Unsought(F(column), output_field=field).asc()).values(column)[:1]


def _read(rows: models.QuerySet, column: str, value: Any) -> Any:
    """A value as the database driver gives it, as the column's field understands it."""
    if value is None:
        return None
    expression = rows.model._meta.get_field(column).cached_col
    for convert in connection.ops.get_db_converters(expression):
        value = convert(value, expression, connection)
    return value
