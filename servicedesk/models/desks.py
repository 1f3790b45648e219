"""Which rows are a person's: those of their desks."""

import datetime as dt
from typing import Any

from django.db.models import BigIntegerField, DateField, F, Func, Q
from django.db.models.lookups import Exact, In, LessThan


class Unsought(Func):
    """A column that narrows rows and by which SQLite does not look them up.

    SQLite does not know that a page takes fifty rows: by an index of desks it would fetch and sort the whole book.
    PostgreSQL knows, and sees the column as it is.
    """

    template, arity = "%(expressions)s", 1
    output_field = BigIntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


def of_desks(user: Any, path: str = "service_point") -> Q:
    """Rows whose desk, to which `path` leads, is one of the person's.

    A page has the person's desks in hand. One desk is asked for by equality: an index by desk and day then gives the
    rows in their order. Several, or one over a link, are asked for along the order of the rows.
    """
    points = user.service_points.all()
    if points._result_cache is None:
        return Q(**{f"{path}__in": points})
    keys = [point.pk for point in points]
    if len(keys) == 1 and "__" not in path:
        return Q(**{path: keys[0]})
    return Q(In(Unsought(F(path)), keys))


def at_desk_before(key: int, on: dt.date, path: str) -> Q:
    """Rows whose sheet, to which `path` leads, is one of a desk of before a day; found by what else is asked."""
    desk, day = Unsought(F(f"{path}__service_point")), Unsought(F(f"{path}__on"), output_field=DateField())
    return Q(Exact(desk, key)) & Q(LessThan(day, on))
