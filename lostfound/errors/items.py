"""Refusals about found items."""

from servicedesk.errors import Refusal


class FoundInFuture(Refusal):
    sentence = "拾获时间不能晚于现在,请核对日期和时刻。"
    status = 400


class FoundTooLongAgo(Refusal):
    sentence = "拾获时间早于 {earliest},请核对年份。"
    status = 400


class HandedInBeforeFound(Refusal):
    sentence = "上交时间早于拾获时间,请核对这两个时间。"
    status = 400


class HandedInInFuture(Refusal):
    sentence = "上交时间不能晚于现在,请核对日期和时刻。"
    status = 400


class FinderNeeded(Refusal):
    sentence = "请填拾物人姓名;对方不愿留名,请勾选“不愿留名”。"
    status = 400


class StaffFinderNeeded(Refusal):
    sentence = "请选择拾物员工(工号或姓名);外来人员拾到的请用“游客拾物”登记。"
    status = 400


class SecondPersonNeeded(Refusal):
    sentence = "贵重物品须两人当面清点:请第二名工作人员输入工号和密码,或选“纸上签”。"
    status = 400


class SecondPersonMustDiffer(Refusal):
    sentence = "复核人不能是登记人或拾物人自己,请换一名工作人员。"
    status = 400


class SealNumberNeeded(Refusal):
    sentence = "贵重物品须装入封袋,请填写封袋号。"
    status = 400


class SealNumberTaken(Refusal):
    sentence = "封袋号 {seal} 已用在 {number} 上,请核对封袋。"


class AbsurdNumber(Refusal):
    sentence = "“{label}”应在 {least} 到 {most} 之间,请核对。"
    status = 400


class StorageElsewhere(Refusal):
    sentence = "存放处“{place}”不属于{point},请选本服务点的格位。"
    status = 400


class StorageUnfit(Refusal):
    sentence = "{category}须放{kind},请改选{places}。"
    status = 400


class ItemOnHold(Refusal):
    sentence = "{number} 已冻结({reason}),解冻之前不能发还、移交或处置。请找督导。"


class NotOnHold(Refusal):
    sentence = "{number} 没有冻结,不需要解冻。"


class ItemEnded(Refusal):
    sentence = "{number} 已办结({state}),不能再修改。"


class OpenClaimFirst(Refusal):
    sentence = "{number} 有正在核验的认领,请先办结或撤回认领。"


class ClosedForView(Refusal):
    sentence = "{number} 正在盲核验:认领人说出特征之前,照片、特征和内装物对所有人关闭。"
    status = 403


class PoliceFactsNeeded(Refusal):
    sentence = "移交公安须写明民警姓名、单位和接收凭证号。"
    status = 400


class InRunningBatch(Refusal):
    sentence = "{number} 在正办理的移交清单中,请先从清单里撤下。"


class NotOnTheSpot(Refusal):
    sentence = "{number} 不是现场拾物,不需要备案。"
    status = 400


class AlreadyFiled(Refusal):
    sentence = "{number} 已于 {at} 备案,不需要再办。"


class NotToFileYet(Refusal):
    sentence = "{number} 现在是“{state}”:交到服务台请办“收进保管”,还给失主请先办“现场发还”。"


class WitnessNeeded(Refusal):
    sentence = "客服未到场时,现场发还须有领班和一名见证员工。请选择领班和见证员工。"
    status = 400


class WitnessTakesPart(Refusal):
    sentence = "见证员工不能是拾物员工、领班或认领人本人,请换一名见证员工。"
    status = 400


class ForemanTakesPart(Refusal):
    sentence = "领班不能同时是拾物员工或认领人,请换一名领班。"
    status = 400


class SupervisorMustWitness(Refusal):
    sentence = "贵重物品、证件和手机不能在现场发还,除非由督导见证。请送服务台,或请督导到场。"


class DeskPresenceNeeded(Refusal):
    sentence = "请填客服到场时间;客服未到的,请写明原因。"
    status = 400


class OwnerOnlyOnSpot(Refusal):
    sentence = "现场只发还给失主本人;代领、未成年人认领请到服务台办理。"
    status = 400


class OwnerCameTooEarly(Refusal):
    sentence = "失主到场时间应在拾获之后、现在之前,请核对。"
    status = 400
