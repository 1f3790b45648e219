"""What the database itself says that a query reads."""

import re
from collections.abc import Collection, Iterable


def queries_of(client, url: str) -> list[str]:
    """The questions that a page asks, after it was looked at once."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    look(client, url)
    with CaptureQueriesContext(connection) as queries:
        look(client, url)
    return [query["sql"] for query in queries if query["sql"].startswith("SELECT")]


def look(client, url: str) -> None:
    response = client.get(url)
    if response.status_code != 200:
        raise SystemExit(f"{url} answered {response.status_code}")


def read_whole(statements: Iterable[str], tables: Collection[str]) -> set[str]:
    """Those of the tables that one of the statements reads from end to end."""
    return {table for plan in map(_plan, statements) for table in tables if _scans(plan, table)}


def _plan(statement: str) -> str:
    from django.db import connection  # noqa: PLC0415

    explain, found = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ", []
    for part in statement.split("; "):
        with connection.cursor() as cursor:
            cursor.execute(explain + part)
            found += [str(row[-1]) for row in cursor.fetchall()]
    return "\n".join(found)


def _scans(plan: str, table: str) -> bool:
    return bool(re.search(rf"SCAN {table}(?! USING)", plan) or re.search(rf"Seq Scan on {table}\b", plan))
