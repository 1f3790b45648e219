"""Refusals about the hand-over of a shift."""

from servicedesk.errors import Refusal


class HandOverThere(Refusal):
    sentence = "{shift}已有交接单 {number},请打开它继续清点。"


class ShiftNotBegun(Refusal):
    sentence = "{shift} {begins} 才开始,还不能交班。"


class HandOverFixed(Refusal):
    sentence = "{number} 交班人已于 {at} 签字,清点不能再改。有出入请接班人在签字时说明。"


class ThingsNotCounted(Refusal):
    sentence = "还有 {count} 样没有清点:{what}。请点清以后再签字。"


class DifferenceNeedsRemark(Refusal):
    sentence = "{what}应有 {expected},实点 {counted},请写明差异原因。"
    status = 400


class SealedOnesChanged(Refusal):
    sentence = "清点期间封袋物品有进出。请打开“清点”保存一次,点清新列出的物品再签字。"


class NotSignedYet(Refusal):
    sentence = "{number} 交班人还没有签字,请交班人先签。"


class SameHandsOver(Refusal):
    sentence = "{name}是交班人,接班须由另一位同事签字。"
    status = 400


class TakerOfAnotherDesk(Refusal):
    sentence = "{name} 不在{point}的人员里,请本服务点的同事接班。"
    status = 400


