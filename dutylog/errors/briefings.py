"""Refusals about the morning briefing."""

from servicedesk.errors import Refusal


class BriefingAlreadyThere(Refusal):
    sentence = "这一天已有早会记录 {number},请打开它修改,不另建一份。"


class BriefingTooFarAhead(Refusal):
    sentence = "早会记录最多提前一天准备,请核对日期。"
    status = 400


class BriefingPublished(Refusal):
    sentence = "{number} 已经发布,修改请用“修改并重发”。"


class BriefingNotPublished(Refusal):
    sentence = "{number} 还没有发布,请先发布。"


class BriefingChecked(Refusal):
    sentence = "{number} 负责人已检查签字,不能再改。有话请写补记。"


class BriefingIncomplete(Refusal):
    sentence = "{part}还没有填写,填好才能发布。"
    status = 400


class NobodyToRead(Refusal):
    sentence = "{point}还没有要审阅的人。请先排班,或在“人员与岗位”里指定服务点。"


class NothingChanged(Refusal):
    sentence = "内容没有变化,不用重发。"
    status = 400


class NotAsked(Refusal):
    sentence = "您不在 {number} 的审阅名单里,不用签字。"
    status = 403


class ChangedWhileReading(Refusal):
    sentence = "{number} 刚刚改为第 {edition} 版,请看过新的内容再签字。"


class AlreadySigned(Refusal):
    sentence = "您已签过 {number} 第 {edition} 版,不用再签。"


class PresentMoreThanExpected(Refusal):
    sentence = "实到 {present} 人,多于应到 {expected} 人,请核对。"
    status = 400


class EndsBeforeStart(Refusal):
    sentence = "早会结束时间早于开始时间,请核对。"
    status = 400


class NoteNeeded(Refusal):
    sentence = "请写明补记内容。"
    status = 400


class TaskOfSomebodyElse(Refusal):
    sentence = "这项安排的责任人是{owner},请本人或有权修改早会的人标记完成。"
    status = 403
