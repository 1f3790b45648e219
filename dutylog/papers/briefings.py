"""3.15 游客服务中心交接记录本: the day's page, its audience as long as it is."""

from typing import Any

from django.utils import timezone

from dutylog.choices import BriefingCheck
from dutylog.models import Briefing
from dutylog.services.briefing_readers import Standing, board
from dutylog.services.briefing_versions import newest_version, shown_content
from servicedesk.paper import Paper, add_paper
from servicedesk.services.printing.sheets import chunks
from servicedesk.templatetags.said import WEEKDAYS

PER_ROW = 4
DRAWN_ROWS = 3
BLANK_TASKS, BLANK_ITEMS = 6, 4
FEWEST_LINES = 2


def briefing_context(briefing: Briefing | None) -> dict[str, Any]:
    """Facts of the page: the newest version's words, what was done since, and who signed."""
    if briefing is None:
        return _blank()
    content, version = shown_content(briefing), newest_version(briefing)
    readers = board(briefing)
    return {
        "briefing": briefing, "is_filled": True, "content": content, "version": version,
        "weekday": f"星期{WEEKDAYS[briefing.on.weekday()]}", "documents": _documents(content),
        "checks": [(each in content["checks"], each.label) for each in BriefingCheck],
        "tasks": _tasks(briefing, content), "room_tasks": range(max(FEWEST_LINES - len(content["tasks"]), 0)),
        "carried": content["carried"], "room_items": range(max(FEWEST_LINES - len(content["carried"]), 0)),
        "member_rows": _member_rows([_member(line) for line in readers]),
        "notes": "\n".join(_note(n) for n in briefing.notes.select_related("by")),
    }


def _blank() -> dict[str, Any]:
    return {
        "briefing": None, "is_filled": False, "content": None, "version": None, "weekday": "", "documents": "",
        "checks": [(False, each.label) for each in BriefingCheck], "tasks": [], "room_tasks": range(BLANK_TASKS),
        "carried": [], "room_items": range(BLANK_ITEMS), "member_rows": _member_rows([]), "notes": "",
    }


def _documents(content: dict[str, Any]) -> str:
    lines = [f"{d['number']} 《{d['title']}》 {d['points']}".strip() for d in content["documents"]]
    return "\n".join([*lines, *([f"附件 {len(content['photos'])} 张"] if content["photos"] else [])])


def _tasks(briefing: Briefing, content: dict[str, Any]) -> list[dict[str, Any]]:
    done = [task.done_at for task in briefing.tasks.all()]
    return [
        {**words, "done_at": done[place] if place < len(done) else None}
        for place, words in enumerate(content["tasks"])
    ]


def _member(line: Standing) -> dict[str, Any]:
    said = ""
    if line.signed_at:
        at = timezone.localtime(line.signed_at)
        said = f"补阅 {at:%Y-%m-%d %H:%M}" if line.is_late else f"{at:%m-%d %H:%M}"
    earlier = "、".join(f"第{edition}版 {timezone.localtime(at):%m-%d %H:%M}" for edition, at in line.earlier)
    if line.is_asked_again:
        earlier += "(须重签)"
    return {"name": line.reader.person.name, "duty": line.reader.duty, "said": said, "earlier": earlier}


def _member_rows(members: list[dict[str, Any]]) -> list[list[dict[str, Any] | None]]:
    """Four cells a row; the drawing's three rows at least, further rows for further people."""
    wanted = max(len(members), DRAWN_ROWS * PER_ROW)
    wanted += -wanted % PER_ROW
    return chunks([*members, *[None] * (wanted - len(members))], PER_ROW)


def _note(note: Any) -> str:
    return f"补{note.order} {note.text}({note.by.name} {timezone.localtime(note.at):%m-%d %H:%M})"


HANDOVER_BOOK = add_paper(Paper(
    key="3.15", form_code="KF-JJ", title="交接记录本", template="dutylog/print/briefing.html", size="a4",
    model=Briefing, context=briefing_context,
    footnotes=("未到会者上岗前补阅并注明日期;手续未完成前,责任仍在交班一方。",),
    signatures=(("check", "负责人检查"),),
))
