"""Refusals about the count of valuables."""

from servicedesk.errors import Refusal


class CountRunning(Refusal):
    sentence = "{point}的盘点 {number} 还没有签完,请先把它做完。"


class NothingToCount(Refusal):
    sentence = "{point}现在没有贵重物品,不需要盘点。"


class NotCounted(Refusal):
    sentence = "还有 {count} 件没有清点({numbers}),逐件点完再签。"
    status = 400


class DifferenceUnexplained(Refusal):
    sentence = "{number} {result},请写明情况后再签。"
    status = 400


class SealDiffers(Refusal):
    sentence = "{number} 应是封袋 {expected},实见 {seen}。请改为“封条异常”并写明情况。"
    status = 400


class StillHere(Refusal):
    sentence = "{number} 在系统里仍是“{state}”,不能记“已发还/移交”。请先办手续,或记“不在”并写明情况。"
    status = 400


class HasLeft(Refusal):
    sentence = "{number} 已是“{state}”,请记“已发还/移交”。"
    status = 400


class SameHands(Refusal):
    sentence = "交班人和接班人须是两个人。请接班的同事输入工号和密码。"
    status = 400


class NotOfThisPoint(Refusal):
    sentence = "{name}不在{point}当班,不能接班。"
    status = 400
