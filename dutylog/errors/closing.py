"""Refusals about closing a day, its review and its reopening."""

from servicedesk.errors import Refusal


class MissesUnexplained(Refusal):
    sentence = "还有 {count} 项没有办,也没有写说明:{what}。请先去办,或逐项写明原因再闭班。"


class AlreadyClosed(Refusal):
    sentence = "{number} 已由{name}于 {at} 闭班,不用再闭。"


class DayAhead(Refusal):
    sentence = "{number} 的日子还没有到,不能闭班。"


class NotClosedYet(Refusal):
    sentence = "{number} 是“{state}”,闭班以后才能审阅。"


class ReviewerClosedIt(Refusal):
    sentence = "{name}办理了这一天的闭班,不能自己审阅,请另一位负责人审阅。"
    status = 403


class ReopeningNeedsReason(Refusal):
    sentence = "请写明重新打开的原因。"
    status = 400


