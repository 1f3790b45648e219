"""Versions of a briefing: its words frozen, laid out as parts, and compared."""

import datetime as dt
import difflib
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from dutylog.choices import BriefingCheck, OpenItemState
from dutylog.models import Briefing, BriefingVersion
from dutylog.services.briefing_proposals import carried_items
from servicedesk.services.asking import gather
from servicedesk.services.photos import photos_of


@dataclass(frozen=True)
class Part:
    """A part of the paper with its lines."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """A line of a comparison: `same`, `gone` or `new`."""

    kind: str
    text: str


def content_of(briefing: Briefing) -> dict[str, Any]:
    """The words of a briefing as they stand now; what is carried in is frozen with them."""
    documents, photos, tasks, carried = gather(
        briefing.documents.all(), photos_of(briefing), briefing.tasks.select_related("owner"),
        carried_items(briefing.service_point),
    )
    return {
        "meeting": {
            "from": _clock(briefing.starts_at), "to": _clock(briefing.ends_at), "host": briefing.host.name,
            "recorder": briefing.recorder.name, "expected": briefing.expected, "present": briefing.present,
            "absences": briefing.absences,
        },
        "documents": [
            {"number": d.number, "title": d.title, "points": d.points} for d in documents
        ],
        "photos": [photo.sha256 for photo in photos],
        "operations": briefing.operations, "yesterday": briefing.yesterday,
        "tasks": [
            {"matter": t.matter, "owner": t.owner.name if t.owner else "", "due": _clock(t.due_at)}
            for t in tasks
        ],
        "carried": [
            {
                "number": item.number, "text": item.text, "owner": item.owner.name if item.owner else "",
                "due": _moment(item.due_at), "state": OpenItemState.OPEN.label,
            }
            for item in carried
        ],
        "checks": list(briefing.checks), "check_problems": briefing.check_problems,
    }


def _clock(value: dt.time | None) -> str:
    return f"{value:%H:%M}" if value else ""


def _moment(value: dt.datetime | None) -> str:
    return f"{timezone.localtime(value):%m-%d %H:%M}" if value else ""


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 (hex) of the words, whatever the order in which they are stored."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def typed_words(content: dict[str, Any]) -> dict[str, Any]:
    """The words somebody typed: what is carried in changes by itself and is no reason to ask again."""
    return {name: value for name, value in content.items() if name != "carried"}


def freeze_version(briefing: Briefing, content: dict[str, Any], *, by, reason: str = "") -> BriefingVersion:
    """Keep the words of the edition that the briefing has now."""
    return BriefingVersion.objects.create(
        briefing=briefing, edition=briefing.edition, content=content, digest=digest_of(content),
        reason=reason[:200], at=timezone.now(), by=by,
    )


def newest_version(briefing: Briefing) -> BriefingVersion | None:
    return briefing.versions.filter(edition=briefing.edition).first()


def shown_content(briefing: Briefing) -> dict[str, Any]:
    """What a page or paper shows: the newest version, or the draft as it stands."""
    version = newest_version(briefing)
    return version.content if version else content_of(briefing)


def parts_of(content: dict[str, Any]) -> list[Part]:
    """The content in the order of the paper, one line per fact."""
    meeting = content["meeting"]
    hours = "–".join(each for each in (meeting["from"], meeting["to"]) if each)
    return [
        Part("早会", (
            f"时间 {hours}", f"主持人 {meeting['host']}", f"记录人 {meeting['recorder']}",
            f"应到 {meeting['expected']} 人,实到 {meeting['present']} 人", f"缺席及原因 {meeting['absences'] or '无'}",
        )),
        Part("一 文件精神传达", _documents(content)),
        Part("二 当日运营信息", _lines(content["operations"])),
        Part("三 昨日工作总结", _lines(content["yesterday"])),
        Part("四 当日工作安排", tuple(_task(n, t) for n, t in enumerate(content["tasks"], start=1))),
        Part("五 遗留交接", tuple(_carried(item) for item in content["carried"])),
        Part("六 岗前检查", _checks(content)),
    ]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _documents(content: dict[str, Any]) -> tuple[str, ...]:
    lines = []
    for document in content["documents"]:
        lines.append(f"{document['number']} 《{document['title']}》".strip())
        lines += _lines(document["points"])
    return (*lines, *([f"附件 {len(content['photos'])} 张"] if content["photos"] else []))


def _task(number: int, task: dict[str, str]) -> str:
    owner = f" · {task['owner']}" if task["owner"] else ""
    return f"{number}. {task['matter']}{owner}" + (f" · {task['due']} 前" if task["due"] else "")


def _carried(item: dict[str, str]) -> str:
    more = " · ".join(each for each in (item["owner"], item["due"] and f"{item['due']} 前", item["state"]) if each)
    return f"{item['number']} {item['text']}" + (f" · {more}" if more else "")


def _checks(content: dict[str, Any]) -> tuple[str, ...]:
    done = "、".join(each.label for each in BriefingCheck if each in content["checks"])
    missing = "、".join(each.label for each in BriefingCheck if each not in content["checks"])
    said = (("已查", done), ("未查", missing), ("问题", content["check_problems"]))
    return tuple(f"{label} {text}" for label, text in said if text)


def compare(old: BriefingVersion, new: BriefingVersion) -> list[tuple[str, list[Change]]]:
    """Both versions part by part; of each part the lines that stayed, went and came."""
    return [
        (after.label, _changes(before.lines, after.lines))
        for before, after in zip(parts_of(old.content), parts_of(new.content), strict=True)
    ]


def _changes(before: tuple[str, ...], after: tuple[str, ...]) -> list[Change]:
    kinds = {"  ": "same", "- ": "gone", "+ ": "new"}
    return [
        Change(kinds[line[:2]], line[2:]) for line in difflib.ndiff(before, after) if line[:2] in kinds
    ]
