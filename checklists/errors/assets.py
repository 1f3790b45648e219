"""Refusals about assets."""

from servicedesk.errors import Refusal


class TagTaken(Refusal):
    sentence = "资产编号 {number} 已经用过,请换一个,或留空由系统编号。"
    status = 400


class BadTag(Refusal):
    sentence = "资产编号应写成 KF-DT-0001 的样子(字母-字母-数字)。"
    status = 400


class BadAreaCode(Refusal):
    sentence = "区域代码应是 1 到 4 个字母,如 DT(大厅)、BM(便民区)。"
    status = 400


class AssetRetired(Refusal):
    sentence = "{number} 已报废,不能再修改;要用时先“恢复在用”。"


class TooManyAway(Refusal):
    sentence = "{number} 应有 {expected},已在外 {away},不能再借出或送修 {quantity}。"
    status = 400


class DueBeforeGoing(Refusal):
    sentence = "应还日期不能早于借出日期。"
    status = 400


class StillAway(Refusal):
    sentence = "{number} 还有借出或送修没有归还,请先办理归还再报废。"


class BackAlready(Refusal):
    sentence = "这一笔已经归还,没有重复登记。"
