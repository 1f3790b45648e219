"""Refusals about custody."""

from servicedesk.errors import Refusal


class TakerIsHolder(Refusal):
    sentence = "{number} 现在就由{who}保管,不需要交接给同一个人。"
    status = 400


class NotTheHolder(Refusal):
    sentence = "{number} 现由{who}保管,只有保管人本人能交出。请{who}来交接。"
    status = 403


class NotTheTaker(Refusal):
    sentence = "{number} 是交给{who}的,请{who}本人接收。"
    status = 403


class OfferWaiting(Refusal):
    sentence = "{number} 已交给{who},正等对方接收;要改交别人,请先撤回。"


class NotInHands(Refusal):
    sentence = "{number} 已是“{state}”,不在服务台保管,不能交接或移位。"


class PlaceNeeded(Refusal):
    sentence = "请选择存放处。"
    status = 400


class AlreadyThere(Refusal):
    sentence = "{number} 已经在{place},没有移动。"
    status = 400


class NotItsMove(Refusal):
    sentence = "要更正的交接记录不是 {number} 的,请刷新后再选。"
    status = 400
