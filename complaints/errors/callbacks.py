"""Refusals about callbacks."""

from servicedesk.errors import Refusal


class CallbackEnded(Refusal):
    sentence = "{number} 刚刚已结束,结果是“{state}”,不用再打。请打下一位。"


class CallerComplainedAbout(Refusal):
    sentence = "{number} 投诉的就是您本人,不能由您回访。请找同事代打。"
    status = 403


class ManagerCalls(Refusal):
    sentence = "{number} 是重大投诉,须由部门经理回访。请报部门经理。"
    status = 403


class CalledTooEarly(Refusal):
    sentence = "{number} 是 {days} 天后的回访,{on} 起才能打。"
    status = 400


class OutcomeOfCallNeeded(Refusal):
    sentence = "请选择这次回访的结果。"
    status = 400


class SolvedNeeded(Refusal):
    sentence = "接通了,请问游客问题解决了没有。"
    status = 400


class ContentNeeded(Refusal):
    sentence = "接通了,请选游客的满意度。"
    status = 400


class CauseNeeded(Refusal):
    sentence = "这次回访不合格,请选原因。"
    status = 400


class NotReachedYet(Refusal):
    sentence = "“{outcome}”没有和游客说上话,不能填是否解决和满意度。"
    status = 400


class AppointmentNeeded(Refusal):
    sentence = "约时再访,请写约好的时间。"
    status = 400


class AppointmentPast(Refusal):
    sentence = "约好的时间 {at} 已经过了,请核对。"
    status = 400


class AppointmentTooFar(Refusal):
    sentence = "约好的时间 {at} 超过 {days} 天,请约近一些。"
    status = 400


class AppointmentNotWanted(Refusal):
    sentence = "填了约好的时间,结果请选“约时再访”。"
    status = 400


class WordsOfRefusalNeeded(Refusal):
    sentence = "游客拒访,请写下游客怎样说的,督导签批要看。"
    status = 400


class AttemptInFuture(Refusal):
    sentence = "回访时间 {at} 还没有到,请核对。"
    status = 400


class AttemptBeforePlan(Refusal):
    sentence = "回访时间 {at} 早于事情办结的时间 {begun},请核对。"
    status = 400


class TriesNotEnough(Refusal):
    sentence = (
        "{number} 还不能按“无法联系”结束:须在 {days} 天、{parts} 个时段({names})打过,"
        "现有 {have_days} 天、{have_parts} 个时段。请换个时段再打。"
    )


class NobodyRefused(Refusal):
    sentence = "{number} 没有“拒访”的记录,不能按拒访结束。"


class NotAnEnd(Refusal):
    sentence = "请选“无法联系”“拒访”或“免访”。"
    status = 400


class NothingToSign(Refusal):
    sentence = "{number} 没有等待签批的申请。"


class SignerCalled(Refusal):
    sentence = "{number} 的回访是您打的,须由另一位督导或经理签批。"
    status = 403


class NotFinished(Refusal):
    sentence = "{number} 是“{state}”,合格或不合格的回访才能质检。"


class CheckedAlready(Refusal):
    sentence = "{number} 已由 {name} 质检过。"


class CheckerCalled(Refusal):
    sentence = "{number} 的回访是您打的,不能由您质检。请另一位督导或经理办理。"
    status = 403


class FindingNeeded(Refusal):
    sentence = "质检不合格,请写明查到什么问题。"
    status = 400


class CallbackStillOpen(Refusal):
    sentence = "{number} 还不能归档:回访 {callback} 还是“{state}”。请先完成回访或请督导签批。"


class VisitNeedsPerson(Refusal):
    sentence = "请写明拜访谁。"
    status = 400


class VisitPast(Refusal):
    sentence = "拜访日期 {on} 已经过了,请核对。"
    status = 400


class AttemptStruck(Refusal):
    sentence = "{number} 的这条回访记录已经划去,请看最新的一条。"
