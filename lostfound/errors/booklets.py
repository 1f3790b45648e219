"""Refusals about the pre-numbered booklets."""

from servicedesk.errors import Refusal


class NoSuchSheet(Refusal):
    sentence = "没有 {booklet} 本第 {sheet} 张,请核对表头上的本号和张号。"
    status = 400


class SheetTaken(Refusal):
    sentence = "{sheet} 已用于 {item},一张只能登记一件。请核对张号。"
    status = 400


class SheetNotBlank(Refusal):
    sentence = "{sheet} 已作废,不能再用来登记。请核对表头上的张号。"
    status = 400


class NothingBlank(Refusal):
    sentence = "{booklet} 没有空白张了,可以直接收回。"


class SheetOfAnotherPoint(Refusal):
    sentence = "{booklet} 本是{point}发出的,请交回{point}登记。"


class BookletExists(Refusal):
    sentence = "本号 {number} 已经发过,请用下一个本号。"
    status = 400


class SheetsUnaccounted(Refusal):
    sentence = "{booklet} 还有 {count} 张没有交代(第 {sheets} 张)。用剩的请“空白张一并作废”,找不到的逐张报缺失,再收回。"


class BookletReturned(Refusal):
    sentence = "{booklet} 已经收回,不用再收。"


class BadBookletNumber(Refusal):
    sentence = "本号是封面上的字母加数字,如 B012,请核对。"
    status = 400
