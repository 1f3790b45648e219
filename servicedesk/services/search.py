"""Search over every register: words, bigrams, pinyin, initials, phone tails and whole numbers.

Each record becomes a row of `SearchEntry` and a line of ASCII tokens in a full-text table
(FTS5 on SQLite, a `tsvector` under GIN on PostgreSQL). Tokens are made here, so both databases agree
and rare characters beyond the tokenizers' Unicode version are found too:

    u6768660e  two neighbouring Chinese characters      t1234   last four of a phone or card
    wsw        a word of letters or digits              d9f3…   a whole number, hashed
    pyangming  full pinyin                              iym     initials
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.models import F
from django.db.models.lookups import Exact, In

from servicedesk.models import SearchEntry, Unsought
from servicedesk.pinyin import initials, is_han, later_readings, normal_text, readings
from servicedesk.register import Register, defined_registers, register_of, registers
from servicedesk.sealing import digest, normal
from servicedesk.services.closedmonths import guard_new

# The matching entries are found by their keys; SQLite would rather go through all of a register.
OF_REGISTER = Unsought(F("register"), output_field=models.CharField())
LONGEST_WORD = 40
MOST_TOKENS = 4000
# PostgreSQL takes a row that it fetches by the index of words for so much dearer, beside one it passes on its way back
# from the newest, than it is in memory. Planning for so many more rows than are taken, it uses the index for what is
# rare and walks for what is frequent; else a rare word led it through the lines of years.
DEARER = 4
# As the house numbers its papers: `SW-20261122-001`, `HZ-20261122-001`, `SW-20261122-001-R1`.
HOUSE_NUMBER = re.compile(r"[A-Za-z]{2,4}(-[0-9A-Za-z]+)*-[0-9]{3,}(-[0-9A-Za-z]+)*")
WHOLE_NUMBER = re.compile(r"[A-Za-z]{2,4}(-[0-9A-Za-z]+)*-[0-9]{8}-[0-9]{3,}")
_RUNS = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True)
class Words:
    """What a register says of a record: plain texts, names (pinyin too) and sealed numbers."""

    texts: Iterable[str] = ()
    names: Iterable[str] = ()
    numbers: Iterable[str] = ()


def _code(character: str) -> str:
    return f"{ord(character):x}"


def _split(text: str) -> Iterable[tuple[bool, str]]:
    """Runs of Chinese (True) and of other letters or digits (False)."""
    for run in _RUNS.findall(normal_text(text)):
        start = 0
        for position in range(1, len(run) + 1):
            if position == len(run) or is_han(run[position]) != is_han(run[start]):
                yield is_han(run[start]), run[start:position]
                start = position


def _han_tokens(run: str) -> set[str]:
    pairs = {f"u{_code(a)}{_code(b)}" for a, b in zip(run, run[1:], strict=False)}
    return pairs | {f"u{_code(run[-1])}"}


def _word_token(run: str) -> str:
    word = run[:LONGEST_WORD]
    return "w" + (word if word.isascii() else "".join(_code(c) for c in word))


def tokens(words: Words) -> str:
    """The line of tokens for the index."""
    found: set[str] = set()
    for text in words.texts:
        for han, run in _split(text or ""):
            found |= _han_tokens(run) if han else {_word_token(run)}
    for name in words.names:
        for han, run in _split(name or ""):
            found |= _han_tokens(run) if han else {_word_token(run)}
            if han:
                found |= {f"p{r}" for r in readings(run) | later_readings(run)} | {f"i{r}" for r in initials(run)}
    for number in words.numbers:
        if number:
            found |= {f"t{normal(number)[-4:].lower()}", f"d{digest(number)[:24]}"}
    return " ".join(sorted(found)[:MOST_TOKENS])


def question(text: str) -> list[list[str]]:
    """What was typed as groups of alternatives: every group must be met, a `*` ends a prefix."""
    groups: list[list[str]] = []
    whole = normal(text)
    for han, run in _split(text):
        if han:
            pairs = [f"u{_code(a)}{_code(b)}" for a, b in zip(run, run[1:], strict=False)]
            groups += [[pair] for pair in pairs] or [[f"u{_code(run)}*"]]
        else:
            word = _word_token(run)
            options = [f"{word}*"]
            if run.isascii() and run.isalpha():
                options += [f"p{run}*", f"i{run}*"]
            if len(run) == 4 and run.isascii():
                options.append(f"t{run}")
            groups.append(options)
    if WHOLE_NUMBER.fullmatch(text.strip()):
        # Nothing of it is still to be typed: prefixes would gather the numbers of all years.
        groups = [[group[0].removesuffix("*")] for group in groups]
    if len(whole) >= 7 and whole.isascii() and len(groups) <= 4 and any(c.isdigit() for c in whole):
        number = f"d{digest(whole)[:24]}"
        groups = [[*group, number] for group in groups]
    return groups[:12]


def _sqlite_match(groups: list[list[str]]) -> str:
    def quoted(token: str) -> str:
        return f'"{token[:-1]}"*' if token.endswith("*") else f'"{token}"'

    return " AND ".join("(" + " OR ".join(quoted(t) for t in group) + ")" for group in groups)


def _postgresql_match(groups: list[list[str]]) -> str:
    def quoted(token: str) -> str:
        return f"'{token[:-1]}':*" if token.endswith("*") else f"'{token}'"

    return " & ".join("(" + " | ".join(quoted(t) for t in group) + ")" for group in groups)


def _entry_of(register: Register, record: Any) -> SearchEntry:
    return SearchEntry(
        register=register.key, object_id=record.pk, number=record.number, title=register.title(record)[:200],
        service_point_id=record.service_point_id, happened_at=getattr(record, register.happened_at),
    )


def _line_of(register: Register, record: Any) -> str:
    words = register.words(record)
    return tokens(Words(texts=[record.number, *words.texts], names=words.names, numbers=words.numbers))


def index_record(record: models.Model) -> None:
    """Put the record's present words into the index, in the caller's transaction.

    Every new record comes by here: one that is put into a closed month needs a reason (MonthClosed).
    """
    register = register_of(record)
    if register is None:
        return
    guard_new(register, record)
    entry = _entry_of(register, record)
    # One statement, also when two desks save the same record at once.
    SearchEntry.objects.bulk_create(
        [entry], update_conflicts=True, unique_fields=["register", "object_id"],
        update_fields=["number", "title", "service_point", "happened_at"],
    )
    line = _line_of(register, record)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM servicedesk_searchwords WHERE rowid = %s", [entry.pk])
            cursor.execute("INSERT INTO servicedesk_searchwords (rowid, line) VALUES (%s, %s)", [entry.pk, line])
        else:
            cursor.execute(
                "INSERT INTO servicedesk_searchwords (entry_id, line) VALUES (%s, to_tsvector('simple', %s)) "
                "ON CONFLICT (entry_id) DO UPDATE SET line = EXCLUDED.line",
                [entry.pk, line],
            )


def index_new_records(register: Register, records: Sequence[models.Model]) -> None:
    """Put many new records into the index at once. The caller has seen to closed months."""
    entries = SearchEntry.objects.bulk_create(_entry_of(register, record) for record in records)
    lines = [(entry.pk, _line_of(register, record)) for entry, record in zip(entries, records, strict=True)]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany("INSERT INTO servicedesk_searchwords (rowid, line) VALUES (%s, %s)", lines)
        else:
            cursor.executemany(
                "INSERT INTO servicedesk_searchwords (entry_id, line) VALUES (%s, to_tsvector('simple', %s))", lines
            )


def forget_records(register: Register, keys: models.QuerySet) -> None:
    """Take the records that a query gives the keys of out of the index, in the transaction that removes them."""
    entries = SearchEntry.objects.filter(register=register.key, object_id__in=keys)
    those, values = entries.values("pk").query.sql_with_params()
    column = "rowid" if connection.vendor == "sqlite" else "entry_id"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM servicedesk_searchwords WHERE {column} IN ({those})", values)
    entries._raw_delete(entries.db)


def matching_ids(text: str, limit: int) -> list[int]:
    """Ids of the newest entries that meet the question, newest first."""
    groups = question(text.replace("\x00", " ")[:200])
    if not groups:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT rowid FROM servicedesk_searchwords WHERE servicedesk_searchwords MATCH %s "
                "ORDER BY rowid DESC LIMIT %s",
                [_sqlite_match(groups), limit],
            )
        else:
            cursor.execute(
                "WITH newest AS MATERIALIZED (SELECT entry_id FROM servicedesk_searchwords "
                "WHERE line @@ to_tsquery('simple', %s) ORDER BY entry_id DESC LIMIT %s) "
                "SELECT entry_id FROM newest LIMIT %s",
                [_postgresql_match(groups), limit * DEARER, limit],
            )
        return [row[0] for row in cursor.fetchall()]


def permitted(user) -> list[Register]:
    """Registers that the person may look into."""
    return [register for register in (*registers(), *defined_registers()) if register.is_open_to(user)]


def search(text: str, user, limit: int = 40) -> list[SearchEntry]:
    """Entries that the person may see and that meet the question, newest first."""
    # Others' desks are filtered after the match: ask for more than are shown.
    entries = SearchEntry.objects.filter(
        In(OF_REGISTER, [r.key for r in permitted(user)]), pk__in=matching_ids(text, limit * 10)
    )
    if not user.has_perm("servicedesk.see_all_points"):
        entries = entries.filter(service_point__in=user.service_points.all())
    return list(entries.order_by("-happened_at", "-pk")[:limit])


def ids_in_register(text: str, register: Register, limit: int = 2000) -> list[int]:
    """Record ids of one register that meet the question: the free-text filter of its list."""
    return list(
        SearchEntry.objects.filter(Exact(OF_REGISTER, register.key), pk__in=matching_ids(text, limit))
        .values_list("object_id", flat=True)
    )
