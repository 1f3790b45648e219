"""Refusals about incidents."""

from servicedesk.errors import Refusal


class TitleNeeded(Refusal):
    sentence = "请写明事由,如“缆车停运没有通知”。"
    status = 400


class IncidentOrTitle(Refusal):
    sentence = "请选一起已有的事件,或写明新事件的事由,只填一项。"
    status = 400


class InIncidentAlready(Refusal):
    sentence = "{number} 已归入 {incident},请先“移出事件”。"


class NotInIncident(Refusal):
    sentence = "{number} 没有归入事件。"


class IncidentOver(Refusal):
    sentence = "{number} 已结束,请先重新打开。"


class CauseNeeded(Refusal):
    sentence = "请写明原因和怎样避免。"
    status = 400
