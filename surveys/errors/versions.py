"""Refusals about versions of the survey and batches of empty sheets."""

from servicedesk.errors import Refusal


class NoItems(Refusal):
    sentence = "问卷至少要有一个评价项目。"
    status = 400


class TooManyItems(Refusal):
    sentence = "评价项目最多 {limit} 项,否则一张纸印不下。"
    status = 400


class ItemTwice(Refusal):
    sentence = "项目“{text}”写了两次,请合并为一行。"
    status = 400


class EnglishNeeded(Refusal):
    sentence = "请给“{text}”写上英文:游客的页面和问卷背面是英文。"
    status = 400


class NothingChanged(Refusal):
    sentence = "没有改动,仍用第 {number} 版。"
    status = 400


class BadCount(Refusal):
    sentence = "一次发放 1 到 {limit} 张。"
    status = 400


class NoVersion(Refusal):
    sentence = "还没有问卷版本,请经理先在“问卷版本”中新建。"
