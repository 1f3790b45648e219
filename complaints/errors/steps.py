"""Refusals on the way of a complaint to its end."""

from servicedesk.errors import Refusal


class TextNeeded(Refusal):
    sentence = "请写明{what}。"
    status = 400


class MomentInFuture(Refusal):
    sentence = "时间 {at} 还没有到,请核对。"
    status = 400


class BeforeReceived(Refusal):
    sentence = "时间 {at} 早于游客反映的时间 {received},请核对。"
    status = 400


class RepliedAlready(Refusal):
    sentence = "{number} 已在 {at} 作过首次答复;后来的答复请记“反馈”。"


class ReplyFirst(Refusal):
    sentence = "{number} 还没有首次答复,不能结为已解决。请先“记首次答复”。"


class OutcomeNeeded(Refusal):
    sentence = "请写明处理结果。"
    status = 400


class ReceiverAlready(Refusal):
    sentence = "{name} 现在就是经办人,不用移交。"
    status = 400


class OfferRunning(Refusal):
    sentence = "{number} 正在等 {name} 接收,请先等对方接收或拒收。"


class NotYourOffer(Refusal):
    sentence = "{number} 是移交给 {name} 的,请本人接收。"
    status = 403


class NotTheHandler(Refusal):
    sentence = "{number} 的经办人是 {name},请经办人或督导移交。"
    status = 403


class HandKindOnly(Refusal):
    sentence = "“{kind}”由系统在相应步骤里记,请选安抚、联系、调查、反馈或转办。"
    status = 400


class StruckAlready(Refusal):
    sentence = "这条经过已经更正过,请更正新的那一条。"


class SystemRow(Refusal):
    sentence = "系统记的经过不能更正;有出入请另记一条。"


class NotArchived(Refusal):
    sentence = "{number} 还没有归档,请直接“记经过”。"


class MergeWithSelf(Refusal):
    sentence = "不能并入自己,请填另一件投诉的编号。"
    status = 400


class NoSuchCase(Refusal):
    sentence = "没有找到投诉 {number},请核对编号。"
    status = 400


class MergeTargetEnded(Refusal):
    sentence = "{number} 是“{state}”,不能再并入案件。请并到还在办理的那一件。"
    status = 400


class TargetNeeded(Refusal):
    sentence = "请写明转给哪个单位。"
    status = 400


class PauseCapped(Refusal):
    sentence = "暂停累计已满 {hours} 小时,不能再停。请直接联系游客或反馈方案。"
