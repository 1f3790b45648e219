"""A park with very many found items, made in minutes: some thousand honest ones, then copies of them by SQL.

Each copy has its own number, day and end, its line of history, its custody move and its search words.
"""

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.utils import timezone

from lostfound.choices import ItemState
from lostfound.demo.things import COLOURS, KINDS
from lostfound.models import CustodyMove, FoundItem, ItemCategory
from lostfound.registers.items import title, words
from servicedesk.choices import Role, StorageKind
from servicedesk.demo import words as people_words
from servicedesk.models import Department, SearchEntry, ServicePoint, StoragePlace, User, Zone
from servicedesk.services.search import Words, tokens

PATTERNS = 2000
OPEN_ITEMS = 3000
PER_DAY = 350
RARE_NAME, RARE_PHONE = "尉迟㛃䶮", "13900009517"
COPY = "bench_copy"


def make_house() -> dict[str, User]:
    """Two desks, their places and people; the clerk and the manager that the pages are measured for."""
    points = [ServicePoint.objects.create(name=n, serial_mark=m) for n, m in (("主服务中心", ""), ("东门服务点", "B"))]
    department = Department.objects.create(name="客服部")
    for n in range(24):
        Zone.objects.create(number=f"{n:02d}", name=f"景点{n:02d}", pinyin="jingdian", initials="jd")
    for point in points:
        for n in range(12):
            StoragePlace.objects.create(service_point=point, code=f"A-{n:02d}", kind=StorageKind.COUNTER)
    people = {}
    for staff_no, role in (("1001", Role.CLERK), ("1401", Role.MANAGER), ("1101", Role.CUSTODIAN)):
        person = User.objects.create(staff_no=staff_no, name=f"{role}", department=department)
        person.set_unusable_password()
        person.save()
        person.groups.set([Group.objects.get(name=str(role))])
        person.service_points.set(points[:1])
        people[str(role)] = person
    for n in range(200):
        User.objects.create(staff_no=f"3{n:03d}", name=people_words.name(random.Random(n)), department=department)
    return people


def _pattern(rng: random.Random, n: int, point: ServicePoint, zones: list[Zone], categories: dict, by: User):
    kind = rng.choices(KINDS, [k.weight for k in KINDS])[0]
    found_at = timezone.now() - dt.timedelta(days=3650)
    return FoundItem(
        number=f"P-{n:05d}", service_point=point, created_at=found_at, created_by=by, intake_kind="visitor",
        state=ItemState.IN_CUSTODY, category=categories[kind.code], thing=rng.choice(kind.things.split()),
        unit=kind.unit, brand=rng.choice(kind.brands.split() or [""]), colour=rng.choice(COLOURS),
        features=rng.choice(kind.marks.split("|")), found_at=found_at, zone=rng.choice(zones), handed_in_at=found_at,
        finder_name=people_words.name(rng), finder_phone=people_words.phone(rng), holder=by,
        finder_origin=people_words.origin(rng), public_text="物品", is_valuable=rng.random() < 0.1,
    )


@transaction.atomic
def make_patterns(by: User, count: int = PATTERNS) -> None:
    """The honest ones: things, names, phones, places as the demo park has them."""
    rng, points, zones = random.Random(7), list(ServicePoint.objects.order_by("pk")), list(Zone.objects.all())
    categories = {c.code: c for c in ItemCategory.objects.all()}
    items = [
        _pattern(rng, n, points[0 if rng.random() < 0.8 else 1], zones, categories, by) for n in range(count)
    ]
    FoundItem.objects.bulk_create(items, batch_size=200)
    now = timezone.now()
    FoundItem.history.bulk_history_create(items, default_user=by, default_date=now)
    CustodyMove.objects.bulk_create(
        CustodyMove(item=item, kind="intake", at=item.created_at, to_person=by, by=by) for item in items
    )
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_words (pattern integer PRIMARY KEY, title text, line text)")
        cursor.executemany(
            "INSERT INTO bench_words VALUES (%s, %s, %s)",
            [(item.pk, title(item), tokens(words(item))) for item in items],
        )


def _copies(first: int, count: int, patterns: list[int], last_day: dt.datetime) -> Iterator[tuple]:
    """Key, pattern, number, the words of the number, when, state, end — the newest last."""
    for n in range(first, first + count):
        back = first + count - 1 - n
        at = last_day - dt.timedelta(minutes=back * 1440 // PER_DAY)
        number = f"SW-{at:%Y%m%d}-{back % PER_DAY + 1:03d}"
        state = ItemState.IN_CUSTODY if back < OPEN_ITEMS else ItemState.RETURNED
        ended = None if back < OPEN_ITEMS else at + dt.timedelta(days=2)
        yield n, patterns[n * 7919 % len(patterns)], number, _words_of(number), at, str(state), ended


def _words_of(number: str) -> str:
    return tokens(Words(texts=[number]))


def fill(rows: int) -> None:
    """Make the park hold `rows` found items."""
    patterns = list(FoundItem.objects.filter(number__startswith="P-").values_list("pk", flat=True))
    first, count = patterns[-1] + 1, rows - len(patterns)
    if count > 0:
        with unchecked_links(), transaction.atomic(), connection.cursor() as cursor:
            _write_copies(cursor, _copies(first, count, patterns, timezone.now()))
            for statement in _statements():
                cursor.execute(statement)
            cursor.execute(f"DROP TABLE {COPY}")
    know_tables()


def know_tables() -> None:
    """As a desk has it: PostgreSQL looks at its tables by itself, SQLite never: it would sort whole books then."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


@contextmanager
def unchecked_links() -> Iterator[None]:
    """The copies link to what their patterns link to: looking each of them up would take longer than the copying."""
    off, on = ("PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys=ON")
    if connection.vendor == "postgresql":
        off, on = ("SET session_replication_role = replica", "SET session_replication_role = DEFAULT")
    with connection.cursor() as cursor:
        cursor.execute(off)
        yield
        cursor.execute(on)


def _write_copies(cursor, copies: Iterator[tuple]) -> None:
    moment = "text" if connection.vendor == "sqlite" else "timestamptz"
    cursor.execute(
        f"CREATE TABLE {COPY} (id bigint PRIMARY KEY, pattern integer, number text, words text, at {moment}, "
        f"state text, ended {moment})"
    )
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {COPY} FROM STDIN") as copy:
            for row in copies:
                copy.write_row(row)
        return
    stored = (
        (*row[:4], f"{row[4].astimezone(dt.UTC):%Y-%m-%d %H:%M:%S}", row[5],
         row[6] and f"{row[6].astimezone(dt.UTC):%Y-%m-%d %H:%M:%S}") for row in copies
    )
    cursor.executemany(f"INSERT INTO {COPY} VALUES (%s, %s, %s, %s, %s, %s, %s)", stored)


def _statements() -> list[str]:
    copied = {
        "id": "c.id", "number": "c.number", "created_at": "c.at", "found_at": "c.at", "handed_in_at": "c.at",
        "state": "c.state", "ended_at": "c.ended", "history_date": "c.at",
    }
    moves = {"item_id": "c.id", "at": "c.at"}
    search = "servicedesk_searchentry"
    line = "c.words || ' ' || w.line"
    into, shape = ("(rowid, line)", line) if connection.vendor == "sqlite" else (
        "(entry_id, line)", f"to_tsvector('simple', {line})"
    )
    last_entry = SearchEntry.objects.count()
    return [
        _insert(FoundItem, copied, "p.id = c.pattern"),
        _insert(FoundItem.history.model, copied, "p.id = c.pattern", without="history_id"),
        _insert(CustodyMove, moves, "p.item_id = c.pattern", without="id"),
        f"INSERT INTO {search} (id, register, object_id, number, title, service_point_id, happened_at) "
        f"SELECT c.id + {last_entry}, 'founditem', c.id, c.number, w.title, p.service_point_id, c.at FROM {COPY} c "
        f"JOIN bench_words w ON w.pattern = c.pattern JOIN lostfound_founditem p ON p.id = c.pattern ORDER BY c.id",
        f"INSERT INTO servicedesk_searchwords {into} SELECT c.id + {last_entry}, {shape} FROM {COPY} c "
        f"JOIN bench_words w ON w.pattern = c.pattern ORDER BY c.id",
        *_moved_sequences(),
    ]


def _moved_sequences() -> list[str]:
    if connection.vendor == "sqlite":
        return []
    return [
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        for table in ("lostfound_founditem", "servicedesk_searchentry")
    ]


def _insert(model, copied: dict[str, str], join: str, without: str = "") -> str:
    table = model._meta.db_table
    columns = [f.column for f in model._meta.concrete_fields if f.column != without]
    named = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(copied.get(column, f'p."{column}"') for column in columns)
    return f'INSERT INTO "{table}" ({named}) SELECT {values} FROM {COPY} c JOIN "{table}" p ON {join} ORDER BY c.id'
