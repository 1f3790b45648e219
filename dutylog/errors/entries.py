"""Refusals about the lines of the log and their chain of notice."""

from servicedesk.errors import Refusal


class WindowOver(Refusal):
    sentence = "这一行记录已超过 {minutes} 分钟,不能再改。请写补记,原文不动。"


class NotYourLine(Refusal):
    sentence = "这一行是{name}记的,只能由本人修改。请写补记。"
    status = 403


class LineOfRegister(Refusal):
    sentence = "这一行由登记 {number} 自动生成,请在该登记里更正;这里可以写补记。"


class LineStruck(Refusal):
    sentence = "这一行已于 {at} 划去,不能再改。"


class LineSealed(Refusal):
    sentence = "这一行已随 {at} 闭班锁定,不能再改。请写补记,原文不动。"


class TextNeeded(Refusal):
    sentence = "请写明内容。"
    status = 400


class TextTooLong(Refusal):
    sentence = "内容最多 {limit} 个字,请分成几行记录。"
    status = 400


class HappensInFuture(Refusal):
    sentence = "发生时间 {at} 还没有到,请核对。"
    status = 400


class CategoryNotUnderstood(Refusal):
    sentence = "看不出类别。请在时间后写类别,如“1020 投诉 检票口 …”,或用拼音首字母(投诉 ts)。"
    status = 400


class OnlyNoticesStand(Refusal):
    sentence = "只有“通知”可以持续多日。请把类别改为通知,或清空“持续到”。"
    status = 400


class StandsNoDay(Refusal):
    sentence = "“持续到”须晚于发生的那一天,最多 {days} 天以后。"
    status = 400


class AnsweredBeforeTold(Refusal):
    sentence = "应答、到场时间不能早于通报时间 {at},请核对。"
    status = 400


class AlreadyNoted(Refusal):
    sentence = "{name} 的{what}时间已经记过({at})。"


class AddendumNeedsReason(Refusal):
    sentence = "闭班以后的补记须写明原因。"
    status = 400
