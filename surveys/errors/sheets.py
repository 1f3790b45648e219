"""Refusals about sheets."""

from servicedesk.errors import Refusal


class OverallNeeded(Refusal):
    sentence = "请选总体印象;整张没有填的问卷请标为“无效”。"
    status = 400


class PhoneWithoutConsent(Refusal):
    sentence = "没有勾选“愿意接受回访”的,不能登记姓名和电话,请清空后再保存。"
    status = 400


class ConsentWithoutPhone(Refusal):
    sentence = "愿意接受回访的请填电话;没有留电话的请不要勾选。"
    status = 400


class SheetEntered(Refusal):
    sentence = "问卷 {number} 已经录入过,不能再录。请核对纸上右上角的编号。"


class NotHandedOut(Refusal):
    sentence = "没有发放过编号“{number}”的问卷,请核对纸上右上角的编号;没有编号的问卷请留空。"
    status = 400


class OtherVersion(Refusal):
    sentence = "问卷 {number} 印的是{version},与现在录入的项目不同。请打开发放批次 {batch},从那里按“录入”。"
    status = 400


class OnlyPaperHasSerial(Refusal):
    sentence = "只有纸质问卷才填纸上的编号,电话问卷请留空。"
    status = 400


class AnsweredInFuture(Refusal):
    sentence = "填表时间还没有到,请核对。"
    status = 400


class NotAScore(Refusal):
    sentence = "“{text}”只能填 5、4、3、2、1,不清楚填 0,没有答的留空。"
    status = 400


class NothingAnswered(Refusal):
    sentence = "这份问卷一项也没有答。空白问卷不用录入。"
    status = 400


class NotWaiting(Refusal):
    sentence = "问卷 {number} 不能再转抱怨:{state}。"


class NotLow(Refusal):
    sentence = "问卷 {number} 没有低分,不用转抱怨。"


class NobodyTakes(Refusal):
    sentence = "问卷 {number} 现在没有地方接收,请联系游客并登记抱怨。"
