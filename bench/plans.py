"""What the database itself says that a query reads."""

import json
import re
from collections.abc import Iterable, Mapping

# A table of so many rows is large.
BIG_FROM = 20_000
STEPS = 1000


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


def sizes(tables: Iterable[str]) -> dict[str, int]:
    """How many rows each of the tables has."""
    return {table: int(_told(f'SELECT COUNT(*) FROM "{table}"')[0][0]) for table in tables}


def read_whole(statements: Iterable[str], tables: Mapping[str, int]) -> set[str]:
    """Those of the tables, by their rows, that one of the statements reads from end to end.

    A list that looks through a table in its own order and stops at its page, or at the thousand that are counted,
    does not.
    """
    from django.db import connection  # noqa: PLC0415

    parts = [part for statement in statements for part in statement.split("; ")]
    read = _scanned if connection.vendor == "sqlite" else _gone_through
    return {table for part in parts for table in read(part, tables)}


def _told(question: str) -> list[tuple]:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def _scanned(statement: str, tables: Mapping[str, int]) -> set[str]:
    """SQLite says what it scans; to read every row it takes at least one step for each."""
    from django.db import connection  # noqa: PLC0415

    plan = "\n".join(row[-1] for row in _told(f"EXPLAIN QUERY PLAN {statement}"))
    found = {table for table in tables if re.search(rf"SCAN {table}(?! USING)", plan)}
    if not found:
        return found
    steps: list[int] = []
    connection.connection.set_progress_handler(lambda: steps.append(1), STEPS)
    _told(statement)
    connection.connection.set_progress_handler(None, 0)
    return {table for table in found if (len(steps) + 1) * STEPS >= tables[table]}


def _gone_through(statement: str, tables: Mapping[str, int]) -> set[str]:
    """PostgreSQL says how many rows it went through."""
    told = _told(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}")[0][0]
    waiting, found = [(told if isinstance(told, list) else json.loads(told))[0]["Plan"]], set()
    while waiting:
        node = waiting.pop()
        waiting += node.get("Plans", [])
        table = node.get("Relation Name")
        rows = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
        if node["Node Type"] == "Seq Scan" and table in tables and rows >= tables[table] / 2:
            found.add(table)
    return found
