"""Refusals about rounds."""

from servicedesk.errors import Refusal


class DayNotCome(Refusal):
    sentence = "{on:%m月%d日}还没有到,不能提前检查。"
    status = 400


class TooLateToWalk(Refusal):
    sentence = "{on:%m月%d日}已过补查期限({days} 天),请督导写明原因批准漏查。"


class TemplateNotHere(Refusal):
    sentence = "“{name}”现在不在本服务点使用,请在今日检查里选择。"


class NothingToCheck(Refusal):
    sentence = "“{name}”没有可查的内容,请先登记资产、排班或检查项目。"


class RoundClosed(Refusal):
    sentence = "{number} 已是“{state}”,不能再改;有新情况请直接登记跟进。"


class NobodyToJoin(Refusal):
    sentence = "{number} 不是岗前检查,没有人员可加。"
    status = 400


class CheckedAlready(Refusal):
    sentence = "{name}已在 {number} 里,不用再加。"


class RemarkNeeded(Refusal):
    sentence = "“{text}”有问题,请写明情况。"
    status = 400


class PhotoNeeded(Refusal):
    sentence = "“{text}”须拍照,请先拍一张。"
    status = 400


class QuantityNeeded(Refusal):
    sentence = "“{text}”请填实有数量。"
    status = 400


class ReportedAlready(Refusal):
    sentence = "“{text}”已报 {follow_up},不能改回正常;处理好后在跟进单里销号。"


class NotAnAnswer(Refusal):
    sentence = "“{text}”没有这个选项,请重新选择。"
    status = 400


class LinesLeft(Refusal):
    sentence = "还有 {count} 项没有查:{names}。查完再签字。"


class PhotosLeft(Refusal):
    sentence = "还差照片:{names}。拍好再签字。"


class CheckedByOneself(Refusal):
    sentence = "{name}是检查人,不能复核自己的检查,请另一位同事复核。"
    status = 403


class NotMissed(Refusal):
    sentence = "{number} 已经查完,不需要批准漏查。"
