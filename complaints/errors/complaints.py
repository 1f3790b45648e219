"""Refusals when a complaint is written down or put right."""

from servicedesk.errors import Refusal


class WordsNeeded(Refusal):
    sentence = "请写下游客说的话,尽量用原话。"
    status = 400


class NoSuchCategory(Refusal):
    sentence = "没有“{category}”这个类别,请从列表中选。"
    status = 400


class ReachableNeeded(Refusal):
    sentence = "请选择能不能联系到游客。"
    status = 400


class ReceivedInFuture(Refusal):
    sentence = "{label} {at} 还没有到,请核对。"
    status = 400


class HappenedAfterTold(Refusal):
    sentence = "发生时间 {happened} 不能晚于游客反映的时间 {told},请核对。"
    status = 400


class BackDated(Refusal):
    sentence = "游客反映的时间早于现在 {hours} 小时以上,补录须由督导办理。请找督导登记。"
    status = 403


class OutsideNumberNeeded(Refusal):
    sentence = "{channel}转来的投诉,请填转办单号。"
    status = 400


class DeadlineBeforeStart(Refusal):
    sentence = "转办期限 {at} 早于收到的时间,请核对。"
    status = 400


class AmountWithoutDemand(Refusal):
    sentence = "填了金额,请在诉求里勾选“退款”或“赔偿”。"
    status = 400


class MajorNeedsReason(Refusal):
    sentence = "重大投诉请选择原因:媒体曝光、政府处罚、人身伤害、群体。"
    status = 400


class ReasonNeedsMajor(Refusal):
    sentence = "选了重大原因,程度请选“重大”。"
    status = 400


class CaseLocked(Refusal):
    sentence = "{number} 已归档,不能再改。请用“补充附记”。"


class CaseEnded(Refusal):
    sentence = "{number} 是“{state}”,不能再改。"


class SignedAlready(Refusal):
    sentence = "{number} 的投诉人已经签过字。"


class NoSignatureHere(Refusal):
    sentence = "{number} 是{channel}投诉,不在现场,免投诉人签字。"
