"""One record forgets its people: in its row, its history, the tables beside it, search, signatures, look-ups.

Called by the purge within its transaction, while the permit row stands.
"""

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, Value, When

from servicedesk.models import Delivery, Disclosure, ExportLog, LateChange, ListView, Message, Photo, Signature, User
from servicedesk.personal_data import PersonalData, Table, blank_of
from servicedesk.sealing import CLEARED, followers
from servicedesk.services.photos import photo_path
from servicedesk.services.search import index_record
from servicedesk.services.transitions import amend

REASON = "个人信息到期清除"
SHORTEST_WORD = 2


def forget_record(data: PersonalData, record: models.Model, *, by: User, at: dt.datetime) -> None:
    """Make the people of `record` anonymous everywhere; number, times, states, things and staff stay."""
    words = known_words(data, record)
    own = next(table for table in data.tables if table.of == "pk")
    amend(record, by=by, reason=REASON, anonymised_at=at, **_values(own, record))
    newest = record.history.order_by("-history_id").values_list("history_id", flat=True).first()  # type: ignore[attr-defined]
    for table in data.tables:
        _forget_in(table, record, words, newest if table is own else None)
    _forget_evidence(record)
    if data.has_photos:
        _forget_photos(record, by, at)
    _forget_look_ups(words)
    record.refresh_from_db()  # what was struck out of its texts must not come back into the search
    index_record(record)


def known_words(data: PersonalData, record: models.Model) -> set[str]:
    """Names and numbers of the people, as they stand now and as they ever stood."""
    rows: Iterable[tuple] = record.history.values_list(*data.known_by) if data.known_by else ()  # type: ignore[attr-defined]
    ever = {value for row in rows for value in row} | {getattr(record, name) for name in data.known_by}
    if data.words_of is not None:
        ever |= {word for row in (record, *record.history.all()) for word in data.words_of(row)}  # type: ignore
    return {word.strip() for word in ever if word and len(word.strip()) >= SHORTEST_WORD} - {CLEARED}


def _values(table: Table, record: models.Model) -> dict[str, Any]:
    """What the columns of the record's own row hold afterwards."""
    marked = {name: CLEARED for name in table.marked if getattr(record, name)}
    return {**marked, **_emptied(table, type(record))}


def _emptied(table: Table, model: type[models.Model]) -> dict[str, Any]:
    return {name: blank_of(model._meta.get_field(name)) for name in table.emptied}  # type: ignore[arg-type]


def _forget_in(table: Table, record: models.Model, words: set[str], newest: int | None) -> None:
    """Overwrite the rows of a table and of its history. The record's own row tells of it: no line is added here."""
    rows = table.model._base_manager.filter(**{table.of: record.pk})
    history = getattr(table.model, "history", None)
    kept = history.filter(**{"id" if table.of == "pk" else table.of: record.pk}) if history is not None else None
    if table.of != "pk":
        _overwrite(table, rows)
    if kept is not None:
        older = kept.exclude(pk=newest)
        _overwrite(table, older)
        older.exclude(history_change_reason=None).update(history_change_reason=CLEARED)
    for found in (rows, kept):
        if found is not None and table.scrubbed:
            _scrub(found, table.scrubbed, words)


def _overwrite(table: Table, rows: models.QuerySet) -> None:
    marked = {
        name: Case(When(**{name: ""}, then=Value("")), default=Value(CLEARED)) for name in table.marked
    }
    changes = {**marked, **followers(rows.model, _emptied(table, rows.model))}
    if changes:
        rows.update(**changes)


def _scrub(rows: models.QuerySet, columns: tuple[str, ...], words: set[str]) -> None:
    for row in rows:
        changes = {name: _struck(getattr(row, name), words) for name in columns}
        if any(getattr(row, name) != value for name, value in changes.items()):
            rows.model._base_manager.filter(pk=row.pk).update(**changes)
            row.refresh_from_db()
            index_record(row)


def _struck(text: str, words: set[str]) -> str:
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, CLEARED)
    return text


def _forget_evidence(record: models.Model) -> None:
    """A visitor's name and strokes under the record, the words that were signed, why somebody looked or changed
    it late, what was told about it in inboxes and chats.
    """
    signatures = Signature.objects.of(record)
    signatures.update(text=CLEARED)
    signatures.filter(signer=None).update(signer_name=CLEARED, image="")
    Disclosure.objects.of(record).update(reason=CLEARED)
    Delivery.objects.of(record).update(text=CLEARED)
    LateChange.objects.of(record).exclude(reason=REASON).update(reason=CLEARED)
    kind = ContentType.objects.get_for_model(record)
    Message.objects.filter(content_type=kind, object_id=record.pk).update(sentence=CLEARED)


def _forget_photos(record: models.Model, by: User, at: dt.datetime) -> None:
    """The files go too: a photo of a card is the person. Cut off before the commit, the next run finds none."""
    photos = Photo.objects.of(record)
    for photo in photos:
        for name in (photo.file, photo.thumb):
            with suppress(FileNotFoundError):
                photo_path(name).unlink()
    photos.filter(removed_at=None).update(removed_at=at, removed_by=by)
    photos.update(caption="")


def _forget_look_ups(words: set[str]) -> None:
    """Searches that were kept with an export or a list, where somebody had typed the name or number."""
    for row in ExportLog.objects.exclude(query="", reason=""):
        query, reason = _searched(row.query, words), _struck(row.reason, words)
        if (query, reason) != (row.query, row.reason):
            ExportLog.objects.filter(pk=row.pk).update(query=query, reason=reason[:200])
    for view in ListView.objects.exclude(query=""):
        if (query := _searched(view.query, words)) != view.query:
            ListView.objects.filter(pk=view.pk).update(query=query)


def _searched(query: str, words: set[str]) -> str:
    """The query without the values that hold one of the words."""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(key, value) for key, value in pairs if not any(word in value for word in words)]
    return query if len(kept) == len(pairs) else urlencode(kept)

