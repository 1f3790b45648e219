"""Refusals about compensation: the amount, who may take which part, and what hangs on the case."""

from servicedesk.errors import Refusal


class AmountNotPositive(Refusal):
    sentence = "金额要大于 0,请核对。"
    status = 400


class AmountTooFine(Refusal):
    sentence = "金额最多两位小数,请核对。"
    status = 400


class AmountTooLarge(Refusal):
    sentence = "金额超过一份申请的上限 ¥{limit},请核对位数;确需更多,请经理先调整参数。"
    status = 400


class CaseNotHandled(Refusal):
    sentence = "{number} 现在是“{state}”,赔偿在“处理中”时申请。请先把投诉转到处理中。"


class NotTheRequester(Refusal):
    sentence = "{number} 由 {name} 申请,只能由申请人本人修改或提交。"
    status = 403


class NotYoursToCancel(Refusal):
    sentence = "{number} 由 {name} 申请,请申请人或部门经理撤销。"
    status = 403


class NothingChanged(Refusal):
    sentence = "{number} 没有改动,不用重新审批。"


class PaidAlready(Refusal):
    sentence = "{number} 已支付,不能再改。"


class OwnRequest(Refusal):
    sentence = "您是 {number} 的申请人,不能{act}。请另一位同事办理。"
    status = 403


class SignedBefore(Refusal):
    sentence = "{number} 的“{level}”一步由您审批,不能再{act}。请另一位同事办理。"
    status = 403


class NotYourLevel(Refusal):
    sentence = "{number} 现在等{level}审批,请{level}办理。"
    status = 403


class VoucherNeeded(Refusal):
    sentence = "{way}请填凭证号,便于财务核对。"
    status = 400


class ReceiptNeeded(Refusal):
    sentence = "付现金请收款人签字:在屏上签,或选“在纸上签”并留存收据。"
    status = 400


class PaidTooEarly(Refusal):
    sentence = "支付时间 {at} 早于批准时间 {approved},请核对。"
    status = 400


class OwerNeeded(Refusal):
    sentence = "请写明向谁追偿:{what}。"
    status = 400


class MoreThanPaid(Refusal):
    sentence = "应追偿 ¥{asked} 多于已支付的 ¥{paid},请核对。"
    status = 400


class MoreThanOwed(Refusal):
    sentence = "追回 ¥{asked} 多于还没追回的 ¥{left},请核对。"
    status = 400


class BeforePaid(Refusal):
    sentence = "追回时间 {at} 早于支付时间 {paid},请核对。"
    status = 400


class MoneyApproved(Refusal):
    sentence = "{number} 的先行赔偿 {money} 已批准、还没有支付,不能“{act}”。请先支付或撤销这笔赔偿。"


class MoneyPaid(Refusal):
    sentence = "{number} 已支付先行赔偿 {money},不能作废。请按办理结果归档。"
