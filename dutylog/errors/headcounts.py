"""Refusals about headcounts."""

from servicedesk.errors import Refusal


class NoSuchSlot(Refusal):
    sentence = "{day} 没有“{slot}”这个报送时点,请从列表中选。"
    status = 400


class SlotTaken(Refusal):
    sentence = "{slot} 已由{who}登记为 {entered:,} 人。数字不对时请在 {number} 里“更正”。"


class CountFalls(Refusal):
    sentence = "入园累计不能比 {slot} 的 {entered:,} 人少。若是那一次报错了,请先更正 {number}。"
    status = 400


class CountOvertakes(Refusal):
    sentence = "入园累计不能比后面 {slot} 的 {entered:,} 人多。若是那一次报错了,请先更正 {number}。"
    status = 400


class MoreInsideThanEntered(Refusal):
    sentence = "在园 {inside:,} 人比入园累计 {entered:,} 人还多,请核对。"
    status = 400


class CountTooLarge(Refusal):
    sentence = "{count:,} 人超过了参数里的上限 {limit:,} 人,请核对;确实有这么多时请经理调高上限。"
    status = 400


class TakenInFuture(Refusal):
    sentence = "统计时间 {at} 还没有到,请核对。"
    status = 400


class NothingCorrected(Refusal):
    sentence = "数字和 {number} 完全一样,不用更正。"
    status = 400


class AlreadyCorrected(Refusal):
    sentence = "{number} 已由 {by} 更正,请打开那一条再办。"


class OtherDeskReports(Refusal):
    sentence = "{point}不报送人数,由{others}报送。要改由本处报送,请部门经理在“规则参数”里调整。"


class DayNotOpen(Refusal):
    sentence = "{point}今天还没有开班。请先到“值班日”点“开班”,再报送人数。"


class NotOfBefore(Refusal):
    sentence = "往年数只补 {first} 以前的日子;以后的请在当天的值班表里登记。"
    status = 400


class NoChannel(Refusal):
    sentence = "没有接收“报送人数”的通知渠道。请点“复制文字”发到群里,再点“记为已报送”。"


class RecipientNeeded(Refusal):
    sentence = "请写明报送给谁。"
    status = 400
