"""Whether closed days are still what was sealed: the links one by one, their end, and every row of every day."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q

from dutylog.choices import LOCKED_DAY_STATES, DayState, SealKind
from dutylog.models import Addendum, DaySeal, DutyDay
from dutylog.sealedparts import CHECKSUM, Row, SealedPart, plain, row_of, sealed_parts
from dutylog.services.sealed_content import FORMAT, history_of
from dutylog.services.seals import digest_of, known_heads, remember_head
from servicedesk.models import ServicePoint, Signature
from servicedesk.sealing import CLEARED

LONGEST = 40
# Which state a day may have after a link; an addendum changes none.
STATES = {
    SealKind.CLOSING: {DayState.CLOSED}, SealKind.REVIEW: {DayState.REVIEWED, DayState.BOUND},
    SealKind.REOPENING: set(DayState) - LOCKED_DAY_STATES,
}


@dataclass(frozen=True)
class Finding:
    """One thing that does not fit: the day (or desk) it belongs to, and what is wrong, in a Chinese sentence."""

    number: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.number} {self.sentence}"


def verify_all() -> list[Finding]:
    """All desks, one after the other."""
    return [finding for point in ServicePoint.objects.order_by("pk") for finding in verify_point(point)]


def verify_point(point: ServicePoint) -> list[Finding]:
    """Everything of one desk that does not fit; nothing when all is as it was sealed."""
    chain = DaySeal.objects.filter(service_point=point).order_by("place")
    # Years of whole days do not fit into memory: the contents are read link by link, then day by day.
    links = list(chain.defer("content"))
    found = [*_chain(point, chain.iterator(chunk_size=20)), *_head(point, links)]
    first = {link.day_id: link for link in reversed(links)}
    living = {part.key: {} for part in sealed_parts() if part.point}
    sealed = Q(state__in=LOCKED_DAY_STATES) | Q(seals__isnull=False)
    days = DutyDay.objects.filter(sealed, service_point=point).distinct().order_by("on")
    there = set()
    for day in days:
        there.add(day.pk)
        found += _day(day, list(day.seals.order_by("place")), living)
    found += [Finding(number_of(link), "整张值班表被删去") for key, link in first.items() if key not in there]
    goes_on = (finding for part in sealed_parts() if part.point for finding in _drifted(point, part, living[part.key]))
    return [*found, *goes_on]


def number_of(link: DaySeal) -> str:
    """The number of the day as the link holds it: the row may be gone."""
    return str(_content(link).get("number") or f"值班日 {link.day_id}")


def _content(link: DaySeal) -> dict[str, Any]:
    try:
        found = json.loads(link.content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _chain(point: ServicePoint, links: Iterable[DaySeal]) -> Iterator[Finding]:
    before: DaySeal | None = None
    for link in links:
        place = before.place + 1 if before else 1
        if link.place != place:
            neighbours = f"{number_of(before)} 与 " if before else ""
            yield Finding(str(point), f"第 {place} 条锁定记录不见了(在 {neighbours}{number_of(link)} 之间)"
                          if before else f"第 1 条锁定记录不见了({number_of(link)} 之前)")
        elif link.previous != (before.digest if before else ""):
            yield Finding(number_of(link), "与上一条锁定记录接不上")
        if digest_of(link) != link.digest:
            yield Finding(number_of(link), f"{link.get_kind_display()}的锁定记录(第 {link.place} 条)被改过,校验码不符")
        before = link


def _head(point: ServicePoint, links: Sequence[DaySeal]) -> Iterator[Finding]:
    """Against the file outside the database. A chain that is ahead of the file brings it up to date."""
    heads = known_heads()
    if heads is None:
        if links:
            yield Finding(str(point), "记着锁定到哪里的文件(seals/heads.json)不见了或读不出")
        return
    head = heads.get(str(point.pk))
    if head is None:
        if links:
            yield Finding(str(point), "文件 seals/heads.json 里没有这个服务点")
        return
    at_head = next((link for link in links if link.place == head.get("place")), None)
    if at_head is None:
        last = f",库里只到第 {links[-1].place} 条({number_of(links[-1])})" if links else ",库里一条也没有"
        yield Finding(str(point), f"锁定记录被截去:文件记到第 {head.get('place')} 条{last}")
    elif at_head.digest != head.get("digest"):
        yield Finding(number_of(at_head), "锁定记录与数据库外的记录不符,被整体重算过")
    elif links[-1].place > at_head.place:
        remember_head(point.pk, links[-1].place, links[-1].digest)


def _day(day: DutyDay, links: Sequence[DaySeal], living: dict[str, dict[int, str]]) -> Iterator[Finding]:
    """One day against its links; into `living` goes on which day each record that lives on was sealed last."""
    closings = [link for link in links if link.kind == SealKind.CLOSING]
    if not closings:
        yield Finding(day.number, "已闭班,却没有锁定记录")
        return
    if [link.round for link in closings] != list(range(1, len(closings) + 1)):
        yield Finding(day.number, "闭班次数接不上,有锁定记录被删去")
    yield from _state(day, [link for link in links if link.kind != SealKind.ADDENDUM][-1])
    content = _content(closings[-1])
    yield from _readable(day, content)
    is_open = not day.is_locked
    for part in sealed_parts():
        sealed = content.get("parts", {}).get(part.key)
        if sealed is None:
            continue
        if part.key in living:
            living[part.key].update({row["id"]: day.number for row in sealed})
        if is_open and part.key not in {"entries", "addenda", "explanations"}:
            continue
        yield from _rows(day, part, sealed, may_grow=is_open)
        if not is_open and part.has_history:
            yield from _history(day, part, sealed, content)
    yield from _addenda(day, links, content)


def _readable(day: DutyDay, content: dict[str, Any]) -> Iterator[Finding]:
    """What this version of the program cannot compare must be said, not passed over."""
    if content.get("format", 0) > FORMAT:
        yield Finding(day.number, "是由更新版本的程序锁定的,请用那个版本核对")
    unknown = set(content.get("parts", {})) - {part.key for part in sealed_parts()}
    for key in sorted(unknown):
        yield Finding(day.number, f"锁定内容里的“{key}”本程序不认识,没有核对")


def _state(day: DutyDay, last: DaySeal) -> Iterator[Finding]:
    """State and review of the sheet, as the last link leaves them."""
    if day.state not in STATES[SealKind(last.kind)]:
        yield Finding(
            day.number, f"状态是“{day.get_state_display()}”,与最后一条锁定记录({last.get_kind_display()})不符"
        )
    content = _content(last)
    reviewed = (content.get("reviewed_by_id"), content.get("reviewed_at"))
    if day.is_locked and (day.reviewed_by_id, plain(day.reviewed_at)) != reviewed:
        yield Finding(day.number, "审阅人或审阅时间与锁定记录不符")
    if last.kind == SealKind.REVIEW:
        sealed = content.get("signature") or {}
        signature = Signature.objects.filter(pk=sealed.get("id")).first()
        if signature is None or _differs(row_of(signature), sealed):
            yield Finding(day.number, "审阅签字与锁定记录不符")


def _rows(day: DutyDay, part: SealedPart, sealed: Sequence[Row], *, may_grow: bool) -> Iterator[Finding]:
    key = "history_id" if sealed and "history_id" in sealed[0] else "id"
    live = {row[key]: row for row in part.later(day, sealed)}
    for row in sealed:
        now = live.pop(row[key], None)
        if now is None:
            yield Finding(day.number, f"{part.label}{_called(row)}被删去")
            continue
        for column in row:
            if now.get(column) != row[column] and not _was_cleared(column, now):
                what = "" if column.startswith(CHECKSUM) else (
                    f":原为「{_short(row[column])}」,现为「{_short(now.get(column))}」")
                yield Finding(day.number, f"{part.label}{_called(row)}的“{part.name_of(column)}”被改{what}")
    if not may_grow:
        for now in live.values():
            yield Finding(day.number, f"锁定以后多出{part.label}{_called(now)}")


def _differs(now: Row | None, sealed: Row) -> bool:
    """Whether a row is gone or another; columns that a later version of the program added were not sealed."""
    return now is None or any(now.get(column) != value for column, value in sealed.items())


def _was_cleared(column: str, now: Row) -> bool:
    """Whether a text of people says that its term was over."""
    return column.startswith(CHECKSUM) and now.get(column) == CLEARED


def _called(row: Row) -> str:
    """`(饮水机不出热水)`: by what a person knows a row."""
    for column in ("number", "text", "label", "sentence", "signer_name", "person_name", "kind"):
        if row.get(column):
            return f"({_short(row[column])})"
    return f"({row.get('id')})"


def _short(value: Any) -> str:
    text = "空" if value in (None, "") else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _history(day: DutyDay, part: SealedPart, sealed: Sequence[Row], content: dict[str, Any]) -> Iterator[Finding]:
    then = content.get("histories", {}).get(part.key)
    if then is not None and history_of(part, [row["id"] for row in sealed], then) != then:
        yield Finding(day.number, f"{part.label}的修改历史被改过")


def _addenda(day: DutyDay, links: Sequence[DaySeal], content: dict[str, Any]) -> Iterator[Finding]:
    """Each addendum stands in the closing or in a link of its own."""
    known = {row["id"] for row in content.get("parts", {}).get("addenda", [])}
    held = {addendum.pk: row_of(addendum) for addendum in Addendum.objects.filter(day=day)}
    for link in links:
        if link.kind == SealKind.ADDENDUM:
            row = _content(link).get("addendum", {})
            known.add(row.get("id"))
            if _differs(held.get(row.get("id")), row):
                yield Finding(day.number, f"补{row.get('order')}与锁定记录不符或被删去")
    if day.is_locked:
        for key, row in held.items():
            if key not in known:
                yield Finding(day.number, f"补{row['order']}不是由程序写入的")


def _drifted(point: ServicePoint, part: SealedPart, days: dict[int, str]) -> Iterator[Finding]:
    """What lives on after its day: each must be as the newest line of its own history says.

    A finding names the day that sealed the record last, by `days`.
    """
    model: Any = part.model
    history, own = model.history.model, {part.point: point}
    last = history.objects.filter(**own).order_by().values("id").annotate(last=Max("history_id"))
    newest = {line.id: line for line in history.objects.filter(history_id__in=last.values("last")).iterator()}
    for record in model.objects.filter(**own).order_by("pk").iterator():
        line, known = newest.pop(record.pk, None), str(record)
        number, what = days.get(record.pk, known), f"{part.label}({known})"
        if line is None:
            yield Finding(number, f"{what}没有历史,不是由程序写入的")
            continue
        for field in model._meta.concrete_fields:
            if hasattr(line, field.attname) and plain(getattr(line, field.attname)) != plain(
                    getattr(record, field.attname)):
                yield Finding(number, f"{what}的“{field.verbose_name}”被改,历史里没有这次修改")
    for line in newest.values():
        known = str(line.instance)
        yield Finding(days.get(line.id, known), f"{part.label}({known})被删去")
