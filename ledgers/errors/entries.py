"""Refusals about entries of a ledger and their steps."""

from servicedesk.errors import Refusal


class KindClosed(Refusal):
    sentence = "台账“{name}”已停用,不能再登记;请经理在“台账设置”中启用。"


class FieldNeeded(Refusal):
    sentence = "请填写“{label}”。"
    status = 400


class NotAChoice(Refusal):
    sentence = "“{label}”没有“{value}”这一项,请从列表中选。"
    status = 400


class EntryInFuture(Refusal):
    sentence = "时间 {at} 还没有到,请核对。"
    status = 400


class DueBeforeStart(Refusal):
    sentence = "期限早于登记的时间,请核对。"
    status = 400


class EntryEnded(Refusal):
    sentence = "{number} 已是“{state}”,不能再改。"


class ResultNeeded(Refusal):
    sentence = "请写明{what}。"
    status = 400


class PhoneNeeded(Refusal):
    sentence = "发放有每人限量,请填写领取人的电话。"
    status = 400


class OverLimit(Refusal):
    sentence = "这个电话今天已领 {taken} {unit}“{name}”,每人每天最多 {limit} {unit}。"


class NoWitness(Refusal):
    sentence = "寄存单遗失时,须由另一名工作人员输入自己的密码一起核对。"
    status = 400


class SlipUnknown(Refusal):
    sentence = "没有编号为“{number}”的寄存,请核对寄存单上的号码。"
    status = 404


class NoNumberHere(Refusal):
    sentence = "{number} 的号码不在这里看,请到服务台见来访的人。"
    status = 403


class NotYourMessage(Refusal):
    sentence = "{number} 是转告 {name} 的,只能由本人确认。"
    status = 403


class DocumentStillHeld(Refusal):
    sentence = "押着{document},请当面退还后勾选“证件已退还”。"
    status = 400


class DepositNeeded(Refusal):
    sentence = "收过押金 ¥{deposit},请填写退还多少;没有全退的写明原因。"
    status = 400


class NothingHeld(Refusal):
    sentence = "“{name}”借出要押金 ¥{deposit} 或押证件,请填写收了什么。"
    status = 400


class MoreThanDeposit(Refusal):
    sentence = "退还的押金不能多于收取的 ¥{deposit}。"
    status = 400


class ReadTooEarly(Refusal):
    sentence = "播报时间早于登记的时间,请核对。"
    status = 400


class StaffNeeded(Refusal):
    sentence = "请选择{what}。"
    status = 400
