"""Refusals about accidents."""

from servicedesk.errors import Refusal


class WhatNeeded(Refusal):
    sentence = "请写明经过:什么人、怎么了、为什么。"
    status = 400


class NoSuchKind(Refusal):
    sentence = "没有“{kind}”这个类别,请从列表中选。"
    status = 400


class InjuryNeeded(Refusal):
    sentence = "请写明伤情,如“右脚踝扭伤,能行走”。"
    status = 400


class NameInText(Refusal):
    sentence = "经过会进入值班记录,不能写伤者姓名“{name}”。请写“一名老年游客”,姓名填在伤者栏。"
    status = 400


class TimesCrossed(Refusal):
    sentence = "{later}({at})不能早于{earlier}({before}),请核对。"
    status = 400


class TimeInFuture(Refusal):
    sentence = "{label} {at} 还没有到,请核对。"
    status = 400


class AgeCannotBe(Refusal):
    sentence = "年龄应在 0 到 120 岁之间,请核对。"
    status = 400


class UpdateNeeded(Refusal):
    sentence = "请写明现在怎样了。"
    status = 400


class ResultNeeded(Refusal):
    sentence = "请写明处理结果。"
    status = 400


class NotFollowedYet(Refusal):
    sentence = "{number} 有 {count} 名伤者,还没有跟踪记录。请先联系伤者记一次跟踪,再结案。"


class AccidentEnded(Refusal):
    sentence = "{number} 已是“{state}”,不能再改;需要时请督导“重新打开”。"
