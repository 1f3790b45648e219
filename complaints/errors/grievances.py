"""Refusals about grievances."""

from servicedesk.errors import Refusal


class GrievanceWordsNeeded(Refusal):
    sentence = "请写下游客抱怨什么。"
    status = 400


class SoothingNeeded(Refusal):
    sentence = "请写明现场怎样安抚、怎样处理的。"
    status = 400


class GrievanceInFuture(Refusal):
    sentence = "时间 {at} 还没有到,请核对。"
    status = 400


class GrievanceEnded(Refusal):
    sentence = "{number} 已是“{state}”,不能再改。"


class PlaceNeeded(Refusal):
    sentence = "{number} 没有填地点,请先补上地点再升级为投诉。"
    status = 400


class ConfirmedAlready(Refusal):
    sentence = "{number} 已由 {name} 确认。"


class ToldBeforeReceived(Refusal):
    sentence = "告知督导的时间早于抱怨的时间,请核对。"
    status = 400
