"""Ten years out of some honest days: what is finished of a demo park, copied by SQL further back, round by round.

Whatever hangs on a record goes with it: its parts, history, custody, steps, search words. A copy has its own key,
number and days, and links to the copies of what its pattern links to. `layers` copies lie on the same days, so that
a day has as many records as a large park has; sheets of the day and rounds are there once a day.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.utils import timezone

from bench.park import know_tables, unchecked_links
from dutylog.models import DutyDay
from servicedesk.models import PrintedPaper, SearchEntry
from servicedesk.register import register_by_key, registers, whole_books
from servicedesk.services.search import Words, tokens

HOUSE = {"servicedesk", "dutylog", "lostfound", "complaints", "checklists", "surveys", "ledgers"}
# Copies are older than their patterns: their keys have to lie below.
FIRST_KEY = 100_000_000
# More records than a desk numbers on a day in one book.
A_DAY = 300
# Of these there is one a day, whatever the park's size; their parts go with them.
ONCE = ("dutyday", "shift", "handover", "briefing", "headcountreport", "round")
NUMBERS = {"number", "record_number"}
# Counted through the years, each value once.
COUNTERS = {"finished_order": 100_000}
# What everybody has read long ago.
SETTLED = {"read_at": "at"}
# Taken away again once they are sent.
PASSING = {"delivery"}
DATED = re.compile(r"^(\D*)(\d{8})(?:-(\d{3}))?(-.+)?$")
KEPT, COPIES, NUMBERED, KINDS, LINES = "bench_kept", "bench_copies", "bench_numbers", "bench_kinds", "bench_lines"


@dataclass
class Growing:
    """The tables that grow with the years, and which of their rows are copied."""

    # Days of the patterns, and how many before them the park has sheets that are no patterns.
    span: int = 1
    gap: int = 0
    kept: dict[type[models.Model], set[int]] = field(default_factory=dict)
    numbers: list[tuple] = field(default_factory=list)
    lines: list[tuple[int, str]] = field(default_factory=list)

    @cached_property
    def tables(self) -> list[type[models.Model]]:
        """Every book, and every table that links to a row of one."""
        found = {r.model for r in registers() if not r.is_standing} | {PrintedPaper}
        known = [m for m in apps.get_models() if m._meta.app_label in HOUSE and m._meta.managed]
        size = 0
        while size != len(found):
            size = len(found)
            found |= {m for m in known if pattern_of(m) in found or _links(m, found) or generic_of(m)}
        found = {m for m in found if m._meta.model_name not in PASSING and m is not SearchEntry}
        return sorted(found, key=lambda model: model._meta.label)

    @cached_property
    def once(self) -> set[type[models.Model]]:
        """Those that are there once a day."""
        found = {m for m in self.tables if m._meta.model_name in ONCE}
        books, size = {r.model for r in registers()}, 0
        while size != len(found):
            size = len(found)
            found |= {
                m for m in self.tables
                if (pattern_of(m) in found) or (not pattern_of(m) and m not in books and _links(m, found))
            }
        return found

    @cached_property
    def strides(self) -> dict[type[models.Model], int]:
        """How far the key of a copy lies below that of the copy before it."""
        return {model: _span(model) for model in (*self.tables, SearchEntry)}


def pattern_of(model: type[models.Model]) -> type[models.Model] | None:
    """The table whose history a table holds."""
    return getattr(model, "instance_type", None)


def generic_of(model: type[models.Model]) -> GenericForeignKey | None:
    return next((f for f in model._meta.private_fields if isinstance(f, GenericForeignKey)), None)


def links(model: type[models.Model]) -> list[models.ForeignKey]:
    return [f for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)]


def _links(model: type[models.Model], to: Iterable[type[models.Model]]) -> bool:
    return any(link.related_model in to for link in links(model))


def _span(model: type[models.Model]) -> int:
    ends = model._base_manager.aggregate(first=models.Min("pk"), last=models.Max("pk"))
    return (ends["last"] - ends["first"] + 1) if ends["last"] else 1


def lift_keys() -> None:
    """Let every growing table count its keys from far up; it must be empty still."""
    with connection.cursor() as cursor:
        for model in (*Growing().tables, SearchEntry):
            table, key = model._meta.db_table, model._meta.pk.column
            if model._base_manager.exists():
                continue
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, FIRST_KEY])
            else:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table, key, FIRST_KEY])


# ---- which rows --------------------------------------------------------------------------
def finished(span: int) -> Growing:
    """The rows of finished records of the last `span` days, and all that hangs on them.

    What still waits is not copied: a park of ten years has no more of it than a new one.
    """
    since = timezone.localdate() - dt.timedelta(days=span - 1)
    oldest = DutyDay.objects.order_by("on").values_list("on", flat=True).first()
    growing = Growing(span=span, gap=max((since - oldest).days, 0) if oldest else 0)
    kept = {model: set(model._base_manager.values_list("pk", flat=True)) for model in growing.tables}
    for model, keys in _finals(since).items():
        kept[model] &= keys
    size = -1
    while size != sum(map(len, kept.values())):
        size = sum(map(len, kept.values()))
        for model in growing.tables:
            kept[model] &= _held(model, kept)
    growing.kept = kept
    growing.numbers, growing.lines = _numbers(growing), _lines(growing)
    return growing


def _finals(since: dt.date) -> dict[type[models.Model], set[int]]:
    """Of each book that says so, the records that nothing is done with any more, of the patterns' days."""
    found: dict[type[models.Model], set[int]] = {}
    for book in whole_books():
        if book.is_standing:
            continue
        rows = book.model._base_manager.all()
        rows = rows.filter(book.only) if book.only is not None else rows
        rows = book.finals(rows) if book.final is not None else rows
        has_number = any(f.name == "number" for f in book.model._meta.concrete_fields)
        numbers = rows.values_list("pk", "number" if has_number else "pk")
        dated = ((key, DATED.match(str(number))) for key, number in numbers)
        keys = {key for key, part in dated if part is None or part[2] >= f"{since:%Y%m%d}"}
        found.setdefault(book.model, set()).update(keys)
    return found


def _held(model: type[models.Model], kept: dict[type[models.Model], set[int]]) -> set[int]:
    """The rows all of whose links lead to rows that are copied, or to what does not grow."""
    followed = [(link.attname, kept[link.related_model]) for link in links(model) if link.related_model in kept]
    if pattern_of(model):
        followed = [("id", kept[pattern_of(model)])]
    about, names = generic_of(model), [name for name, _ in followed]
    names += [f"{about.ct_field}_id", about.fk_field] if about else []
    kinds = {ContentType.objects.get_for_model(each).pk: found for each, found in kept.items()}
    found = set()
    for key, *values in model._base_manager.values_list("pk", *names):
        is_held = all(value is None or value in there for value, (_, there) in zip(values, followed, strict=False))
        if about and values[-2] in kinds and values[-1] not in kinds[values[-2]]:
            is_held = False
        if is_held:
            found.add(key)
    return found


# ---- copying -----------------------------------------------------------------------------
def layers_for(growing: Growing, rows: int, rounds: int) -> int:
    """How many records must share a pattern's days, so that the park has `rows` of them."""
    books = {r.key: r.model for r in registers() if not r.is_standing}
    counts = {key: len(growing.kept[model]) for key, model in books.items()}
    once = sum(count for key, count in counts.items() if books[key] in growing.once)
    layered = sum(counts.values()) - once
    return max(1, round((rows / rounds - once) / max(layered, 1)))


def large_books(growing: Growing, rounds: int, layers: int, least: int) -> set[str]:
    """The books that will have so many records."""
    return {
        r.key for r in registers() if r.model in growing.kept
        and len(growing.kept[r.model]) * rounds * (1 if r.model in growing.once else layers) >= least
    }


def copy_rounds(growing: Growing, rounds: range, layers: int) -> None:
    """Copy the patterns so many spans back (0: onto the patterns' own days), oldest first."""
    with unchecked_links(), connection.cursor() as cursor:
        _lay_helpers(cursor, growing, [(r, n) for r in reversed(rounds) for n in range(layers) if r or n], layers)
        for model in growing.tables:
            cursor.execute(_copying(growing, model))
        for statement in _search(growing):
            cursor.execute(statement)
        for table in (KEPT, COPIES, NUMBERED, KINDS, LINES):
            cursor.execute(f"DROP TABLE {table}")
    know_tables()


def _lay_helpers(cursor, growing: Growing, copies: list[tuple[int, int]], layers: int) -> None:
    """What the statements read: keys of the patterns, the copies, the parts of each number, strides of each kind."""
    cursor.execute(f"CREATE TABLE {KEPT} (of_table text, id bigint, PRIMARY KEY (of_table, id))")
    numbers = "n integer, round integer, layer integer, ago integer"
    cursor.execute(f"CREATE TABLE {COPIES} (place integer PRIMARY KEY, {numbers})")
    cursor.execute(f"CREATE TABLE {NUMBERED} (number text PRIMARY KEY, head text, day date, tail integer, rest text)")
    cursor.execute(f"CREATE TABLE {KINDS} (kind integer, register text, stride bigint, is_once integer)")
    cursor.execute(f"CREATE TABLE {LINES} (id bigint PRIMARY KEY, line text)")
    for model, keys in growing.kept.items():
        cursor.executemany(f"INSERT INTO {KEPT} VALUES (%s, %s)", [(model._meta.db_table, key) for key in keys])
    cursor.executemany(
        f"INSERT INTO {COPIES} VALUES (%s, %s, %s, %s, %s)",
        [
            (place, back * layers + layer, back, layer, back * growing.span + bool(back) * growing.gap)
            for place, (back, layer) in enumerate(copies)
        ],
    )
    cursor.executemany(f"INSERT INTO {NUMBERED} VALUES (%s, %s, %s, %s, %s)", growing.numbers)
    cursor.executemany(f"INSERT INTO {KINDS} VALUES (%s, %s, %s, %s)", _kinds(growing))
    cursor.executemany(f"INSERT INTO {LINES} VALUES (%s, %s)", growing.lines)


def _numbers(growing: Growing) -> list[tuple]:
    """`SW-20261122-001` as `SW-`, its day, 1."""
    found = set()
    for model in growing.tables:
        for name in NUMBERS & {f.name for f in model._meta.concrete_fields}:
            found |= set(model._base_manager.order_by().values_list(name, flat=True).distinct())
    parts = [(number, DATED.match(number)) for number in found if number]
    return [
        (number, part[1], f"{part[2][:4]}-{part[2][4:6]}-{part[2][6:]}", int(part[3]) if part[3] else None,
         part[4] or "")
        for number, part in parts if part
    ]


def _kinds(growing: Growing) -> list[tuple]:
    """By the kind that a generic link names, and by the key of a book."""
    named = [(ContentType.objects.get_for_model(m).pk, "", m) for m in growing.tables if not pattern_of(m)]
    named += [(None, book.key, book.model) for book in whole_books() if not book.is_standing]
    return [(kind, key, growing.strides[model], int(model in growing.once)) for kind, key, model in named]


def _lines(growing: Growing) -> list[tuple[int, str]]:
    """The words of each pattern without those of its number."""
    found, rows = [], {}
    for entry in SearchEntry.objects.all():
        register = register_by_key(entry.register)
        if entry.object_id not in growing.kept.get(register.model, ()):
            continue
        if register.key not in rows:
            rows[register.key] = register.model._base_manager.select_related(*register.related).in_bulk()
        words = register.words(rows[register.key][entry.object_id])
        found.append((entry.pk, tokens(Words(texts=words.texts, names=words.names, numbers=words.numbers))))
    return found


def _copying(growing: Growing, model: type[models.Model]) -> str:
    columns = {f.column: _value(growing, model, f) for f in model._meta.concrete_fields}
    about, table = generic_of(model), model._meta.db_table
    named = next((f.column for f in model._meta.concrete_fields if f.name in NUMBERS), "")
    joined = f" LEFT JOIN {NUMBERED} w ON w.number = p.{named}" if named else ""
    if about:
        joined += f" LEFT JOIN {KINDS} g ON g.kind = p.{about.ct_field}_id"
    return _insert(table, columns, f'CROSS JOIN "{table}" p{joined} WHERE k.of_table = \'{table}\' AND '
                   f'p."{model._meta.pk.column}" = k.id{" AND c.layer = 0" if model in growing.once else ""}')


def _insert(table: str, columns: dict[str, str], rest: str) -> str:
    ignoring, unless = ("OR IGNORE ", "") if connection.vendor == "sqlite" else ("", " ON CONFLICT DO NOTHING")
    named = ", ".join(f'"{column}"' for column in columns)
    return (
        f'INSERT {ignoring}INTO "{table}" ({named}) SELECT {", ".join(columns.values())} FROM {COPIES} c '
        f"CROSS JOIN {KEPT} k {rest} ORDER BY c.place, k.id{unless}"
    )


def _value(growing: Growing, model: type[models.Model], column: models.Field) -> str:
    """The column of a copy, by that of its pattern `p`, the copy `c`, the number `w`, the kind it speaks of `g`."""
    name, about = f'p."{column.column}"', generic_of(model)
    if column.primary_key:
        return _key(growing, model, name)
    if pattern_of(model) and column.name == "id":
        return _key(growing, pattern_of(model), name)
    if isinstance(column, models.ForeignKey) and column.related_model in growing.strides:
        return _key(growing, column.related_model, name)
    if about and column.name == about.fk_field:
        return f"{name} - COALESCE(g.stride * CASE WHEN g.is_once = 1 THEN c.round ELSE c.n END, 0)"
    if column.name in NUMBERS:
        return f"COALESCE({_number(growing)}, {name})"
    if column.name in SETTLED and pattern_of(model) is None:
        return f'COALESCE({_moment(growing, name)}, {_moment(growing, f"p.{SETTLED[column.name]}")})'
    if column.name in COUNTERS:
        return f"{name} + {COUNTERS[column.name]} * c.n"
    if isinstance(column, models.DateTimeField):
        return _moment(growing, name)
    if isinstance(column, models.DateField):
        return _day(growing, name)
    is_secret = column.unique and column.null and not isinstance(column, models.ForeignKey)
    return "NULL" if is_secret else name


def _key(growing: Growing, model: type[models.Model], name: str) -> str:
    return f"{name} - {growing.strides[model]} * {'c.round' if model in growing.once else 'c.n'}"


def _number(growing: Growing) -> str:
    place = f"(w.tail + {A_DAY} * c.layer)"
    if connection.vendor == "sqlite":
        tail = f"CASE WHEN w.tail IS NULL THEN '' ELSE printf('-%03d', {place}) END"
        return f"w.head || strftime('%Y%m%d', {_day(growing, 'w.day')}) || {tail} || w.rest"
    return (
        f"w.head || to_char({_day(growing, 'w.day')}, 'YYYYMMDD') || COALESCE('-' || "
        f"CASE WHEN {place} < 1000 THEN lpad(({place})::text, 3, '0') ELSE ({place})::text END, '') || w.rest"
    )


def _moment(growing: Growing, name: str) -> str:
    if connection.vendor == "sqlite":
        ago = "'-' || c.ago || ' days'"
        return f"datetime(substr({name}, 1, 19), {ago}) || substr({name}, 20)"
    return f"{name} - c.ago * interval '1 day'"


def _day(growing: Growing, name: str) -> str:
    if connection.vendor == "sqlite":
        return f"date({name}, '-' || c.ago || ' days')"
    return f"{name} - c.ago"


def _search(growing: Growing) -> list[str]:
    """The entries of the search and their words."""
    stride = growing.strides[SearchEntry]
    layer = "(c.layer = 0 OR g.is_once = 0)"
    source = (
        f"FROM {COPIES} c CROSS JOIN {LINES} l CROSS JOIN servicedesk_searchentry p "
        f"LEFT JOIN {KINDS} g ON g.register = p.register LEFT JOIN {NUMBERED} w ON w.number = p.number "
        f"WHERE p.id = l.id AND {layer} ORDER BY c.place, l.id"
    )
    words = "l.line || ' w' || replace(lower(COALESCE(w.head, '')), '-', '') || ' w' || " + (
        f"COALESCE(replace(substr({_number(growing)}, length(w.head) + 1), '-', ' w'), p.number)"
    )
    into, shape = ("(rowid, line)", words) if connection.vendor == "sqlite" else (
        "(entry_id, line)", f"to_tsvector('simple', {words})"
    )
    return [
        "INSERT INTO servicedesk_searchentry (id, register, object_id, number, title, service_point_id, happened_at) "
        f"SELECT p.id - {stride} * c.n, p.register, p.object_id - g.stride * "
        f"CASE WHEN g.is_once = 1 THEN c.round ELSE c.n END, COALESCE({_number(growing)}, p.number), p.title, "
        f"p.service_point_id, {_moment(growing, 'p.happened_at')} {source}",
        f"INSERT INTO servicedesk_searchwords {into} SELECT p.id - {stride} * c.n, {shape} {source}",
    ]
