"""The chain of seals of a desk: each link is an HMAC over its content and the link before.

The key lies outside the database (`DESK_SEAL_KEY`), so who changes rows behind the program's back cannot make the
chain fit again. How far the chain reached is kept in a small file too: a tail that was cut off is missed there.
"""

import datetime as dt
import fcntl
import hashlib
import hmac
import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from dutylog.choices import SealKind
from dutylog.models import Addendum, DaySeal, DutyDay
from dutylog.sealedparts import plain, row_of
from dutylog.services.sealed_content import canonical, content_of
from servicedesk.models import ServicePoint, Signature

FOLDER, HEADS = "seals", "heads.json"


def digest_of(seal: DaySeal) -> str:
    """What the digest of a link must be, from its own columns."""
    said = canonical({
        "point": seal.service_point_id, "place": seal.place, "day": seal.day_id, "kind": seal.kind,
        "round": seal.round, "at": plain(seal.at), "by": seal.by_id, "previous": seal.previous,
        "content": seal.content,
    })
    return hmac.new(settings.DESK_SEAL_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()


def _add_link(day: DutyDay, kind: str, content: dict[str, Any], *, by, at: dt.datetime) -> DaySeal:
    """Put a link behind the last one of the desk. Links of one desk come one after the other."""
    ServicePoint.objects.select_for_update(no_key=True).get(pk=day.service_point_id)
    last = DaySeal.objects.filter(service_point=day.service_point_id).order_by("-place").first()
    closings = day.seals.filter(kind=SealKind.CLOSING).count()
    seal = DaySeal(
        day=day, service_point_id=day.service_point_id, place=last.place + 1 if last else 1, kind=kind,
        round=closings + (kind == SealKind.CLOSING), content=canonical(content),
        previous=last.digest if last else "", at=at, by=by,
    )
    seal.digest = digest_of(seal)
    seal.save(force_insert=True)
    transaction.on_commit(lambda: remember_head(seal.service_point_id, seal.place, seal.digest))
    return seal


def seal_closing(day: DutyDay, *, by, at: dt.datetime) -> DaySeal:
    """Seal the whole day, in the transaction that closes it."""
    return _add_link(day, SealKind.CLOSING, content_of(day), by=by, at=at)


def seal_addendum(addendum: Addendum) -> DaySeal:
    """Seal what was added to a closed day."""
    content = {"number": addendum.day.number, "addendum": row_of(addendum)}
    return _add_link(addendum.day, SealKind.ADDENDUM, content, by=addendum.by, at=addendum.at)


def seal_review(day: DutyDay, signature: Signature, *, by, at: dt.datetime) -> DaySeal:
    """Seal the head's review with the signature."""
    content = {
        "number": day.number, "reviewed_at": plain(day.reviewed_at), "reviewed_by_id": day.reviewed_by_id,
        "signature": row_of(signature),
    }
    return _add_link(day, SealKind.REVIEW, content, by=by, at=at)


def seal_reopening(day: DutyDay, reason: str, *, by, at: dt.datetime) -> DaySeal:
    """Seal that a closed day was opened again, and why."""
    return _add_link(day, SealKind.REOPENING, {"number": day.number, "reason": reason}, by=by, at=at)


def heads_path() -> Path:
    return Path(settings.DESK_DATA) / FOLDER / HEADS


def known_heads() -> dict[str, dict[str, Any]] | None:
    """How far each desk's chain reached, by the desk's key; None when the file is not there or not readable."""
    try:
        found = json.loads(heads_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def remember_head(point_id: int, place: int, digest: str) -> None:
    """Note outside the database how far a chain reaches; an older place never replaces a newer one."""
    path = heads_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Files that end in .part are in no backup.
    with open(path.with_suffix(".lock.part"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        heads = known_heads() or {}
        if heads.get(str(point_id), {}).get("place", 0) >= place:
            return
        heads[str(point_id)] = {"place": place, "digest": digest}
        draft = path.with_suffix(f".{os.getpid()}.part")
        draft.write_text(json.dumps(heads, indent=1), encoding="utf-8")
        draft.replace(path)
