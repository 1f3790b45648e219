"""Refusals around approved figures."""

from servicedesk.errors import Refusal


class PeriodNotOver(Refusal):
    sentence = "{period}还没有结束,结束以后才能核定。"
    status = 409


class ApprovedAlready(Refusal):
    sentence = "{period}的数据已由{who}在 {at} 核定,请刷新页面查看。"
    status = 409


class FiguresMoved(Refusal):
    sentence = "您核对期间数据有了变化,请看过新的数字再核定。"
    status = 409


class NotApprovedYet(Refusal):
    sentence = "{period}的数据还没有核定,直接核定即可,不用更正。"
    status = 409


class NothingToCorrect(Refusal):
    sentence = "{period}的核定数据与现在计算的相同,没有要更正的。"
    status = 409
