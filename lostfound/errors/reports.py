"""Refusals about lost reports, matches and contact attempts."""

from servicedesk.errors import Refusal


class LostInFuture(Refusal):
    sentence = "遗失时间还没有到,请核对。"
    status = 400


class LostTooLongAgo(Refusal):
    sentence = "遗失时间不能早于 {earliest},请核对年份。"
    status = 400


class LostBackwards(Refusal):
    sentence = "遗失时间“止”早于“起”,请核对两个时间。"
    status = 400


class LostWindowTooLong(Refusal):
    sentence = "遗失时间段超过 {days} 天,请失主再想想最后见到它的时间。"
    status = 400


class OwnerNeeded(Refusal):
    sentence = "请填写失主姓名。"
    status = 400


class PhoneNeeded(Refusal):
    sentence = "请填写联系电话,找到后好通知失主。"
    status = 400


class RouteNeeded(Refusal):
    sentence = "请至少选一个遗失地点或走过的地点。"
    status = 400


class AddressNeeded(Refusal):
    sentence = "选择邮寄时请填写收件地址。"
    status = 400


class OwnerSignatureNeeded(Refusal):
    sentence = "现场登记须失主签字:请在屏上签,或选“在纸上签”。"
    status = 400


class AbsurdFigure(Refusal):
    sentence = "{label}应在 {least} 到 {most} 之间,请核对。"
    status = 400


class TextTooLong(Refusal):
    sentence = "{label}最多 {limit} 个字,请缩短。"
    status = 400


class ReportClosed(Refusal):
    sentence = "{number} 已结案(“{state}”)。要继续寻找,请督导先“重新寻找”。"


class FetcherNeeded(Refusal):
    sentence = "请填写领取人。"
    status = 400


class PersonForgotten(Refusal):
    sentence = "{number} 的个人信息已到期清除,不能重新寻找。请让失主另行登记一份。"


class NoSuchItem(Refusal):
    sentence = "没有编号为“{number}”的拾物,或它属于别的服务点。"
    status = 400


class ItemNotOpen(Refusal):
    sentence = "拾物 {number} 已是“{state}”,不能再与失物登记匹配。"


class ItemAlreadyMatched(Refusal):
    sentence = "拾物 {number} 刚刚已由{who}确认为 {report} 的失物。若有疑问,请先在那一条匹配上选“不是”。"


class MeasureInFuture(Refusal):
    sentence = "措施的时间还没有到,请核对。"
    status = 400


class ContactAboutNothing(Refusal):
    sentence = "联系记录须写在一件拾物或一份失物登记上。"
    status = 400


class ContactInFuture(Refusal):
    sentence = "联系时间还没有到,请核对。"
    status = 400
