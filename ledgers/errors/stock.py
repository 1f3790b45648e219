"""Refusals about what is lent and given away."""

from servicedesk.errors import Refusal


class ThingNeeded(Refusal):
    sentence = "请选择物品。"
    status = 400


class QuantityNeeded(Refusal):
    sentence = "数量至少是 1。"
    status = 400


class NotInStock(Refusal):
    sentence = "“{name}”现在只有 {available} {unit},不够 {quantity} {unit};请改数量、换一种,或先入库。"


class NotThisDesk(Refusal):
    sentence = "“{name}”不是本服务点的,请从列表中选。"
    status = 400


class ThingThere(Refusal):
    sentence = "“{name}”已经有了,请直接在它那一行入库。"
    status = 400


class AssetUnknown(Refusal):
    sentence = "本服务点没有编号 {number} 的资产;请照资产标签写,或留空。"
    status = 400


class SameCount(Refusal):
    sentence = "实点数与账面相同,不用更正。"
    status = 400


class StockTooLarge(Refusal):
    sentence = "数量太大,一种物品最多 {limit}。"
    status = 400
