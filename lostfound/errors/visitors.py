"""Refusals about what visitors report by themselves."""

from servicedesk.errors import Refusal


class NotWaiting(Refusal):
    sentence = "{number} 已经处理过:{state}。"


class VisitorForgotten(Refusal):
    sentence = "{number} 的个人信息已清除,不能再登记。"
