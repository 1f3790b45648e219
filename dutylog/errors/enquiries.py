"""Refusals about calls, questions and their counters."""

from servicedesk.errors import Refusal


class SummaryNeeded(Refusal):
    sentence = "请写明问了什么、要什么。"
    status = 400


class MissedNeedsPhone(Refusal):
    sentence = "未接来电请填写来电号码,否则无法回电。"
    status = 400


class OnlyCallsAreMissed(Refusal):
    sentence = "只有来电才有未接。现场和去电请去掉“未接来电”。"
    status = 400


class MissedIsNotAnswered(Refusal):
    sentence = "未接来电还没有接听,先不填答复;回电以后点“记答复”。"
    status = 400


class NumberInText(Refusal):
    sentence = "内容会进入值班记录,不能写电话或证件号“{found}”。电话请填在电话一栏。"
    status = 400


class ReceivedInFuture(Refusal):
    sentence = "时间 {at} 还没有到,请核对。"
    status = 400


class BackdatedTooFar(Refusal):
    sentence = "{at} 已过去 {hours} 小时以上,答复期限从那时算起。请由督导登记,或核对时间。"
    status = 400


class AnswerNeeded(Refusal):
    sentence = "请写明怎样答复的。"
    status = 400


class AnsweredBeforeAsked(Refusal):
    sentence = "答复时间不能早于来电时间 {at},请核对。"
    status = 400


class RelayNeeds(Refusal):
    sentence = "转告请同时填写转告给谁和转告内容。"
    status = 400


class EnquiryIsVoid(Refusal):
    sentence = "{number} 已作废,不能再改。"


class EnquiryBecame(Refusal):
    sentence = "{number} 已转为 {became},没有重复登记。"


class NoSuchTopic(Refusal):
    sentence = "没有这个咨询主题,请刷新页面后再点。"
    status = 400


class NothingToTakeBack(Refusal):
    sentence = "您今天没有可以撤回的计数。"
