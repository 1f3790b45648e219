"""Refusals about follow-ups."""

from servicedesk.errors import Refusal


class ProblemNeeded(Refusal):
    sentence = "请写明问题:哪里、什么东西、怎么了。"
    status = 400


class OwnerNeeded(Refusal):
    sentence = "{number} 还没有责任人,请先指定责任人和期限。"


class CheckerIsOwner(Refusal):
    sentence = "{name}是责任人,不能复查自己的整改,请另选复查人。"
    status = 400


class DueInPast(Refusal):
    sentence = "期限不能早于今天,请改为今天或以后。"
    status = 400


class NotTheOwner(Refusal):
    sentence = "{number} 由{owner}负责,请{owner}填写完成情况,或请督导改派责任人。"
    status = 403


class NotTheChecker(Refusal):
    sentence = "{number} 由{checker}复查,请{checker}核对后销号,或先改派复查人。"
    status = 403


class ClosedAlone(Refusal):
    sentence = "{name}做过这项整改,不能自己销号,请另一位同事到现场复查。"
    status = 403


class ProgressNeeded(Refusal):
    sentence = "请写明做了什么、还差什么。"
    status = 400


class FollowUpEnded(Refusal):
    sentence = "{number} 已是“{state}”,不能再记进展;问题又出现时请“重新打开”。"


class SameProblemOpen(Refusal):
    sentence = "同一问题已有 {number} 正在跟进,请在那一单里办理。"


class FollowedAlready(Refusal):
    sentence = "{number} 已转为跟进 {follow_up},没有重复建立。"


class NotOldYet(Refusal):
    sentence = "{number} 未结还不到 {days} 天,先在未结事项里办理。"
