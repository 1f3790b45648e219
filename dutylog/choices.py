"""States, labels, colours and transitions of the duty day."""

from django.db import models

from servicedesk.choices import Tone

DAY_PREFIX = "ZB"
OPEN_ITEM_PREFIX = "YL"
FOLLOW_UP_PREFIX = "GJ"
ENQUIRY_PREFIX = "ZX"
HEADCOUNT_PREFIX = "RS"
ACCIDENT_PREFIX = "YW"
OLD_LOG_PREFIX = "RZ"


# The result of a line that says only that nothing was wrong.
ALL_WELL = "全部正常"


class DayKind(models.TextChoices):
    """日期类型, read from the calendar table."""

    WORKDAY = "workday", "平日"
    WEEKEND = "weekend", "周末"
    HOLIDAY = "holiday", "节假日"
    SHIFTED = "shifted", "调休上班"


class CalendarMark(models.TextChoices):
    """What a row of the calendar says of its day."""

    REST = "rest", "休"
    WORK = "work", "班"


class DayState(models.TextChoices):
    NOT_OPEN = "not_open", "未开班"
    ON_DUTY = "on_duty", "值班中"
    CLOSING = "closing", "待闭班"
    CLOSED = "closed", "已闭班"
    REVIEWED = "reviewed", "已审阅"
    BOUND = "bound", "已装订"


DAY_TRANSITIONS = {
    DayState.NOT_OPEN: frozenset({DayState.ON_DUTY}),
    DayState.ON_DUTY: frozenset({DayState.CLOSING}),
    DayState.CLOSING: frozenset({DayState.ON_DUTY, DayState.CLOSED}),
    DayState.CLOSED: frozenset({DayState.REVIEWED, DayState.ON_DUTY}),
    DayState.REVIEWED: frozenset({DayState.BOUND, DayState.ON_DUTY}),
    DayState.BOUND: frozenset({DayState.ON_DUTY}),
}
DAY_BADGES = {
    DayState.NOT_OPEN: (Tone.GREY, "moon"),
    DayState.ON_DUTY: (Tone.JADE, "sun"),
    DayState.CLOSING: (Tone.OCHRE, "hourglass-split"),
    DayState.CLOSED: (Tone.INK, "lock"),
    DayState.REVIEWED: (Tone.INK, "patch-check"),
    DayState.BOUND: (Tone.GREY, "book"),
}
LOCKED_DAY_STATES = frozenset({DayState.CLOSED, DayState.REVIEWED, DayState.BOUND})


class ShiftKind(models.TextChoices):
    EARLY = "early", "早班"
    MIDDLE = "middle", "中班"
    LATE = "late", "晚班"
    WHOLE = "whole", "全天班"


class Presence(models.TextChoices):
    """Whether a person of the roster came."""

    EXPECTED = "expected", "未签到"
    PRESENT = "present", "已到岗"
    LATE = "late", "迟到"
    ABSENT = "absent", "缺勤"


class OperationKind(models.TextChoices):
    """当日运营信息: one line each on the day sheet."""

    OPEN = "open", "开放项目"
    CLOSED = "closed", "停运项目"
    SHOW = "show", "演出场次"
    EVENT = "event", "节庆活动"
    REPAIR = "repair", "检修管制"


class EntryCategory(models.TextChoices):
    """类别 of a line, in the order in which a clerk needs them."""

    ENQUIRY = "enquiry", "咨询"
    COMPLAINT = "complaint", "投诉"
    GRIEVANCE = "grievance", "抱怨"
    LOST = "lost", "失物"
    FOUND = "found", "拾物"
    CLAIM = "claim", "认领"
    ACCIDENT = "accident", "伤害突发"
    BROADCAST = "broadcast", "广播"
    CONVENIENCE = "convenience", "便民"
    RESCUE = "rescue", "救助"
    EQUIPMENT = "equipment", "设备"
    NOTICE = "notice", "通知"
    OTHER = "other", "其他"


class OpenItemState(models.TextChoices):
    OPEN = "open", "未结"
    CLOSED = "closed", "已结"
    VOID = "void", "作废"


OPEN_ITEM_TRANSITIONS = {
    OpenItemState.OPEN: frozenset({OpenItemState.CLOSED, OpenItemState.VOID}),
    OpenItemState.CLOSED: frozenset({OpenItemState.OPEN}),
}
OPEN_ITEM_BADGES = {
    OpenItemState.OPEN: (Tone.OCHRE, "arrow-repeat"),
    OpenItemState.CLOSED: (Tone.GREY, "check2"),
    OpenItemState.VOID: (Tone.GREY, "slash-circle"),
}


class FollowUpKind(models.TextChoices):
    HAZARD = "hazard", "安全隐患"
    ASSET = "asset", "资产缺失"
    RECTIFICATION = "rectification", "问题整改"
    OLD_ITEM = "old_item", "久未办结"


class FollowUpState(models.TextChoices):
    OPEN = "open", "待整改"
    DONE = "done", "待复查"
    VERIFIED = "verified", "已销号"
    VOID = "void", "作废"


FOLLOW_UP_TRANSITIONS = {
    FollowUpState.OPEN: frozenset({FollowUpState.DONE, FollowUpState.VOID}),
    FollowUpState.DONE: frozenset({FollowUpState.OPEN, FollowUpState.VERIFIED}),
    FollowUpState.VERIFIED: frozenset({FollowUpState.OPEN}),
}
LIVE_FOLLOW_UP_STATES = frozenset({FollowUpState.OPEN, FollowUpState.DONE})
FOLLOW_UP_BADGES = {
    FollowUpState.OPEN: (Tone.OCHRE, "wrench"),
    FollowUpState.DONE: (Tone.JADE, "search"),
    FollowUpState.VERIFIED: (Tone.GREY, "check2-all"),
    FollowUpState.VOID: (Tone.GREY, "slash-circle"),
}


class EnquiryDirection(models.TextChoices):
    """Which way an enquiry came."""

    ON_SITE = "on_site", "现场"
    INCOMING = "incoming", "来电"
    OUTGOING = "outgoing", "去电"


PHONE_DIRECTIONS = frozenset({EnquiryDirection.INCOMING, EnquiryDirection.OUTGOING})


class EnquiryKind(models.TextChoices):
    QUESTION = "question", "咨询"
    PRICE = "price", "询价"
    BOOKING = "booking", "订票"
    COMPLAINT = "complaint", "投诉"
    HELP = "help", "求助"
    LOST = "lost", "失物"
    PRAISE = "praise", "表扬"
    SUGGESTION = "suggestion", "建议"


class EnquiryState(models.TextChoices):
    OPEN = "open", "待答复"
    ANSWERED = "answered", "已答复"
    VOID = "void", "作废"


ENQUIRY_TRANSITIONS = {
    EnquiryState.OPEN: frozenset({EnquiryState.ANSWERED, EnquiryState.VOID}),
    EnquiryState.ANSWERED: frozenset({EnquiryState.VOID}),
}
ENQUIRY_BADGES = {
    EnquiryState.OPEN: (Tone.OCHRE, "hourglass-split"),
    EnquiryState.ANSWERED: (Tone.JADE, "check2"),
    EnquiryState.VOID: (Tone.GREY, "slash-circle"),
}


class TallyDirection(models.TextChoices):
    """现场咨询 and 电话咨询: the two counters of ordinary questions."""

    ON_SITE = "on_site", "现场"
    PHONE = "phone", "电话"


class SendMeans(models.TextChoices):
    """How a headcount was told."""

    CHANNEL = "channel", "系统发送"
    COPIED = "copied", "复制到群"
    PHONE = "phone", "电话"
    RADIO = "radio", "对讲机"
    FACE = "face", "当面"


class AccidentState(models.TextChoices):
    OPEN = "open", "处置中"
    HANDLED = "handled", "已处置,跟踪中"
    CLOSED = "closed", "已结"
    VOID = "void", "作废"


ACCIDENT_TRANSITIONS = {
    AccidentState.OPEN: frozenset({AccidentState.HANDLED, AccidentState.VOID}),
    AccidentState.HANDLED: frozenset({AccidentState.OPEN, AccidentState.CLOSED, AccidentState.VOID}),
    AccidentState.CLOSED: frozenset({AccidentState.HANDLED}),
}
LIVE_ACCIDENT_STATES = frozenset({AccidentState.OPEN, AccidentState.HANDLED})
ACCIDENT_BADGES = {
    AccidentState.OPEN: (Tone.CINNABAR, "bandaid"),
    AccidentState.HANDLED: (Tone.OCHRE, "arrow-repeat"),
    AccidentState.CLOSED: (Tone.GREY, "check2-all"),
    AccidentState.VOID: (Tone.GREY, "slash-circle"),
}


class NoticeRole(models.TextChoices):
    """通报链: the steps of the chain of notice, in their order."""

    SUPERVISOR = "supervisor", "督导"
    SECTION_HEAD = "section_head", "部室负责人"
    MANAGER = "manager", "部门经理"
    DUTY_MANAGER = "duty_manager", "值班经理"
    OTHER = "other", "其他"


class NoticeChannel(models.TextChoices):
    PHONE = "phone", "电话"
    RADIO = "radio", "对讲机"
    FACE = "face", "当面"
    CHAT = "chat", "群消息"
    INBOX = "inbox", "系统通知"


BRIEFING_PREFIX = "JJ"


class BriefingState(models.TextChoices):
    """早会 (3.15): written, given to its readers, changed since, checked by the head."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    AMENDED = "amended", "已修改"
    CLOSED = "closed", "已检查"


BRIEFING_TRANSITIONS = {
    BriefingState.DRAFT: frozenset({BriefingState.PUBLISHED}),
    BriefingState.PUBLISHED: frozenset({BriefingState.AMENDED, BriefingState.CLOSED}),
    BriefingState.AMENDED: frozenset({BriefingState.AMENDED, BriefingState.CLOSED}),
}
BRIEFING_BADGES = {
    BriefingState.DRAFT: (Tone.OCHRE, "pencil"),
    BriefingState.PUBLISHED: (Tone.JADE, "megaphone"),
    BriefingState.AMENDED: (Tone.JADE, "arrow-repeat"),
    BriefingState.CLOSED: (Tone.INK, "patch-check"),
}


class ReceiptKind(models.TextChoices):
    """What a reader did with one version. Delivered is not opened, opened is not signed."""

    DELIVERED = "delivered", "已送达"
    OPENED = "opened", "已打开"
    SIGNED = "signed", "已签字"
    REMINDED = "reminded", "已催办"


class BriefingCheck(models.TextChoices):
    """六 岗前检查: the boxes of the paper."""

    DRESS = "dress", "着装工卡"
    APPEARANCE = "appearance", "仪容"
    CLEANLINESS = "cleanliness", "卫生"
    EQUIPMENT = "equipment", "设备开启"
    FLOAT = "float", "票证/备用金"


HAND_OVER_PREFIX = "BC"


class HandOverState(models.TextChoices):
    """交接班: counted, signed by who goes, taken by who comes."""

    DRAFTED = "drafted", "清点中"
    SIGNED = "signed", "交班已签"
    TAKEN = "taken", "已交接"


HAND_OVER_TRANSITIONS = {
    HandOverState.DRAFTED: frozenset({HandOverState.SIGNED}),
    HandOverState.SIGNED: frozenset({HandOverState.TAKEN}),
}
HAND_OVER_BADGES = {
    HandOverState.DRAFTED: (Tone.OCHRE, "list-check"),
    HandOverState.SIGNED: (Tone.OCHRE, "pen"),
    HandOverState.TAKEN: (Tone.JADE, "check2-all"),
}


class SealKind(models.TextChoices):
    """What a link of the chain of seals fixes."""

    CLOSING = "closing", "闭班"
    ADDENDUM = "addendum", "补记"
    REVIEW = "review", "审阅"
    REOPENING = "reopening", "重新打开"
