"""Refusals about templates."""

from servicedesk.errors import Refusal


class NoItems(Refusal):
    sentence = "检查表至少要有一个项目。"
    status = 400


class ItemTwice(Refusal):
    sentence = "项目“{text}”写了两次,请合并为一行。"
    status = 400


class NameTaken(Refusal):
    sentence = "已有名为“{name}”的检查表,请换一个名称。"
    status = 400


class NumberNeedsQuantity(Refusal):
    sentence = "项目“{text}”填数量,请写应有数。"
    status = 400
