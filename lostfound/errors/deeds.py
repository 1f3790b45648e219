"""Refusals about good deeds."""

from servicedesk.errors import Refusal


class OwnDeed(Refusal):
    sentence = "{name}是事迹本人,不能自己核实自己的好人好事,请另一位督导核实。"


class DeedAlreadyThere(Refusal):
    sentence = "{name}这一天已有同样的记录 {number},没有重复登记。"


class DeedWithdrawn(Refusal):
    sentence = "{number} 已撤回,不能再修改。"


class DeedOnFutureDay(Refusal):
    sentence = "事迹日期还没有到,请核对。"
    status = 400


class DeedTooOld(Refusal):
    sentence = "事迹日期不能早于 {earliest}。"
    status = 400


class SummaryNeeded(Refusal):
    sentence = "请写明事迹摘要。"
    status = 400


class FindingComesFromFind(Refusal):
    sentence = "拾金不昧由员工拾物登记自动生成,请先登记拾物,不在这里手填。"
    status = 400


class NoRewardToPay(Refusal):
    sentence = "{number} 还没有奖励建议,请先填写再兑现。"
