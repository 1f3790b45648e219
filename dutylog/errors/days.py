"""Refusals about a sheet, its shifts and its roster."""

from servicedesk.errors import Refusal


class DayLocked(Refusal):
    sentence = "{number} 已闭班锁定,不能再改。请写补记,或请中心负责人重新打开。"


class AlreadyCame(Refusal):
    sentence = "{name} 已于 {at} 签到,不用再签。"


class TooEarlyToComeIn(Refusal):
    sentence = "{shift} {begins} 才开始,{opens} 起可以签到。"


class PersonOfAnotherDesk(Refusal):
    sentence = "{name} 不在{point}的人员里,请从列表中选。"
    status = 400


class ShiftAlreadyHandedOver(Refusal):
    sentence = "{shift}已于 {at} 交班,不能再交一次。"


class FreezeOutsideShift(Refusal):
    sentence = "交班时刻须在{shift}开始({begins})之后,而且不能晚于现在。"
    status = 400


class HoursTakenInRow(Refusal):
    sentence = "闭园时间须晚于开园时间,请核对。"
    status = 400


class CalendarDayThere(Refusal):
    sentence = "{date} 已在日历里,请在列表中修改那一行。"
    status = 400


class NotYourSignIn(Refusal):
    sentence = "签到须本人登录后办理,或请督导代签。"
    status = 403
