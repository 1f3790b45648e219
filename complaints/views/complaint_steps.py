"""The buttons on a complaint's page: those that fit the state and the person, the likely one first."""

from typing import Any

from django.urls import reverse

from complaints.choices import ComplaintState as S
from complaints.models import CaseOffer, Complaint
from servicedesk.views.facts import first_is_primary, step

CHANGE, DECIDE, END, ARCHIVE, DOWNGRADE = (
    f"complaints.{verb}_complaint" for verb in ("change", "decide", "end", "archive", "downgrade")
)
# key: label, icon, right. A key is the end of the address's name.
STEPS = {
    "accept": ("受理", "check2", DECIDE), "begin": ("开始处理", "play", CHANGE),
    "reply": ("记首次答复", "reply", CHANGE), "offer": ("反馈方案", "send", CHANGE),
    "accepted": ("游客接受", "hand-thumbs-up", CHANGE), "declined": ("游客不接受", "hand-thumbs-down", CHANGE),
    "final": ("最终答复", "check2-circle", DECIDE), "wait": ("等游客补充", "hourglass-split", CHANGE),
    "go_on": ("游客已补充", "arrow-right", CHANGE), "reopen": ("重办", "arrow-counterclockwise", DECIDE),
    "archive": ("归档", "archive", ARCHIVE), "action": ("记经过", "pencil", CHANGE),
    "hand": ("移交", "person-up", CHANGE), "severity": ("定级", "exclamation-triangle", DECIDE),
    "edit": ("补充", "pencil-square", CHANGE), "sign": ("投诉人补签", "pen", CHANGE),
    "cause": ("责任与原因", "search", CHANGE), "addendum": ("补充附记", "plus-lg", CHANGE),
    "join": ("归入事件", "people", CHANGE), "leave": ("移出事件", "box-arrow-up", CHANGE),
    "refuse": ("不予受理", "x-circle", DECIDE), "pass_on": ("转出", "box-arrow-right", DECIDE),
    "merge": ("并案", "link-45deg", DECIDE), "withdraw": ("撤诉", "arrow-repeat", END),
    "compensate": ("申请赔偿", "cash-coin", "complaints.add_compensation"),
    "downgrade": ("降为抱怨", "arrow-down", DOWNGRADE), "void": ("作废", "slash-circle", END),
}
POSTED = {"accept", "begin", "archive"}
LIKELY = {
    S.REGISTERED: ("accept",), S.ACCEPTED: ("begin",), S.HANDLING: ("offer", "wait", "compensate"),
    S.PAYING: ("compensate",), S.WAITING: ("go_on",),
    S.OFFERED: ("accepted", "declined", "final"), S.FAILED: ("reopen",), S.CALLED: ("archive",),
    S.ARCHIVED: ("addendum",),
}
_ENDS = ("withdraw", "void")
LAST = {
    S.REGISTERED: ("refuse", "pass_on", "merge", "downgrade", *_ENDS), S.ACCEPTED: ("merge", "downgrade", *_ENDS),
    S.HANDLING: ("merge", "downgrade", *_ENDS), S.WAITING: _ENDS, S.PAYING: _ENDS, S.OFFERED: _ENDS,
}
GRAVE = {"refuse", "withdraw", "void"}


def steps_of(complaint: Complaint, user: Any, *, offer: CaseOffer | None, is_signed: bool) -> list[dict[str, Any]]:
    """The buttons for a person."""
    state = S(complaint.state)
    keys = [*LIKELY.get(state, ()), *_always(complaint, offer, is_signed), *LAST.get(state, ())]
    if complaint.is_running and complaint.replied_at is None:
        keys.insert(1, "reply")
    elif state == S.MERGED and complaint.replied_at is None:
        keys.insert(0, "reply")
    return first_is_primary([_button(complaint, key) for key in keys if user.has_perm(STEPS[key][2])])


def _always(complaint: Complaint, offer: CaseOffer | None, is_signed: bool) -> list[str]:
    """What may be done at any time while the case takes words."""
    if not complaint.is_open_to_words:
        return []
    return [
        "action", *(["hand"] if offer is None and complaint.is_running else []), "edit", "severity",
        "leave" if complaint.incident_id else "join",
        *(["sign"] if complaint.is_signed_here and not is_signed else []), "cause",
    ]


def _button(complaint: Complaint, key: str) -> dict[str, Any]:
    label, icon, _ = STEPS[key]
    more = {"method": "post"} if key in POSTED else {}
    tone = {"tone": "cinnabar"} if key in GRAVE else {}
    return step(label, reverse(f"complaints:complaint_{key}", args=[complaint.pk]), icon, **more, **tone)
