"""Refusals about notices and batches."""

from servicedesk.errors import Refusal


class NothingChosen(Refusal):
    sentence = "请至少选一件物品。"
    status = 400


class NotAnnounceable(Refusal):
    """Forbidden category, already gone, no public words, or words that say too much."""

    sentence = "{number} 不能公告:{why}"
    status = 400


class ItemOfAnotherPoint(Refusal):
    sentence = "{number} 是{point}的物品,请由{point}办理。"


class NothingToAnnounce(Refusal):
    sentence = "公告 {number} 里没有物品了,请直接撤下。"


class TooManyLines(Refusal):
    sentence = "选了 {count} 件,一份清单最多 {most} 件。请分成几份。"
    status = 400


class ItemNotFree(Refusal):
    sentence = "{number} 不能列入清单:{why}请重新预览。"


class ItemInAnotherBatch(Refusal):
    sentence = "所选物品刚刚被列入另一份清单,请重新预览。"


class SamePersonTwice(Refusal):
    """Preparing, checking and approving belong to different people."""

    sentence = "{number} 由您编制,{act}须由另一位同事办理。"
    status = 403


class PartsOverlap(Refusal):
    sentence = "{name}已经在这件事里签过字,{role}须是另一位同事。"
    status = 400


class BatchAlreadyMoving(Refusal):
    sentence = "{number} 已有 {count} 件移交出去,不能撤销。请逐件冲回。"


class LineClosed(Refusal):
    sentence = "{number} 在这份清单里已经办过或已移出,请刷新后再看。"


class MethodNeeded(Refusal):
    sentence = "{number} 还没有选处理方式。"
    status = 400


class MethodNotAllowed(Refusal):
    sentence = "{number} 属于“{category}”,{why}"
    status = 400


class WitnessNeeded(Refusal):
    sentence = "销毁须有见证人在场:请见证人输入工号和密码。"
    status = 400


class CashierNeeded(Refusal):
    sentence = "移交财务须出纳当面接收:请出纳输入工号和密码。"
    status = 400


class ReceiverNeeded(Refusal):
    sentence = "请写明接收民警的姓名、单位和接收凭证号。"
    status = 400


class ReceiptNeeded(Refusal):
    sentence = "请填写接收凭证号后再结清。"
    status = 400
