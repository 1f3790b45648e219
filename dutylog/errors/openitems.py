"""Refusals about open items."""

from servicedesk.errors import Refusal


class ItemEnded(Refusal):
    sentence = "{number} 已是“{state}”,不能再记;还要办的话请“重新打开”。"


class UpdateNeeded(Refusal):
    sentence = "请写明进展:做了什么,还差什么。"
    status = 400


class ResultNeeded(Refusal):
    sentence = "请写明办理结果,才能办结。"
    status = 400


class OwnerAndDueNeeded(Refusal):
    sentence = "请指定责任人和期限。"
    status = 400


class DueBeforeNow(Refusal):
    sentence = "期限 {at} 已经过去,请改为以后的时间。"
    status = 400
