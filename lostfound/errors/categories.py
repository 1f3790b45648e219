"""Refusals about the table of categories."""

from servicedesk.errors import Refusal


class TermNumberWrong(Refusal):
    sentence = "保管期选“{kind}”时,期限请填 {low} 到 {high}。"
    status = 400


class ForbiddenGoesToPolice(Refusal):
    sentence = "违禁、涉密、军用物品须即时移交公安:保管期请选“不保管”,期满去向请选“移交公安”。"
    status = 400


class NotKeptGoesToPolice(Refusal):
    sentence = "“不保管(即时移交)”只用于移交公安的物品,请改选别的保管期。"
    status = 400


class DestroyOnlyPerishable(Refusal):
    sentence = "“销毁”不等法定期满,只用于当日或按小时保管的普通食品、鲜花;其他物品请选“处置”。"
    status = 400


class OnePlaceOnly(Refusal):
    sentence = "防火和冷藏只能选一处,请去掉一个。"
    status = 400


class CodeInUse(Refusal):
    sentence = "类别码“{code}”已印在登记表上,不能再改。请停用这个类别,另增一个。"


class OtherStays(Refusal):
    sentence = "“{name}”用来登记认不出类别的物品,不能停用或改类别码。"
