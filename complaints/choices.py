"""States, labels, colours and transitions of complaints and grievances."""

from django.db import models

from dutylog.choices import NoticeRole
from servicedesk.choices import Tone

COMPLAINT_PREFIX = "TS"
GRIEVANCE_PREFIX = "BY"
INCIDENT_PREFIX = "SJ"


class ComplaintState(models.TextChoices):
    REGISTERED = "registered", "已登记"
    ACCEPTED = "accepted", "已受理"
    HANDLING = "handling", "处理中"
    WAITING = "waiting", "待游客补充"
    PAYING = "paying", "待赔偿审批"
    OFFERED = "offered", "方案已反馈"
    SOLVED = "solved", "已解决"
    CALLBACK = "callback", "待回访"
    CALLED = "called", "回访合格"
    FAILED = "failed", "回访不合格"
    ARCHIVED = "archived", "已归档"
    REFUSED = "refused", "不予受理"
    PASSED_ON = "passed_on", "已转出"
    MERGED = "merged", "已并案"
    WITHDRAWN = "withdrawn", "撤诉"
    VOID = "void", "作废"


_ENDS = frozenset({ComplaintState.WITHDRAWN, ComplaintState.VOID})
_MAY_MERGE = _ENDS | {ComplaintState.MERGED}
COMPLAINT_TRANSITIONS = {
    ComplaintState.REGISTERED: _MAY_MERGE | {
        ComplaintState.ACCEPTED, ComplaintState.REFUSED, ComplaintState.PASSED_ON,
    },
    ComplaintState.ACCEPTED: _MAY_MERGE | {ComplaintState.HANDLING},
    ComplaintState.HANDLING: _MAY_MERGE | {
        ComplaintState.WAITING, ComplaintState.PAYING, ComplaintState.OFFERED,
    },
    ComplaintState.WAITING: _ENDS | {ComplaintState.HANDLING},
    ComplaintState.PAYING: _ENDS | {ComplaintState.HANDLING},
    ComplaintState.OFFERED: _ENDS | {ComplaintState.HANDLING, ComplaintState.SOLVED},
    ComplaintState.SOLVED: frozenset({ComplaintState.CALLBACK}),
    ComplaintState.CALLBACK: frozenset({ComplaintState.CALLED, ComplaintState.FAILED}),
    ComplaintState.CALLED: frozenset({ComplaintState.ARCHIVED}),
    ComplaintState.FAILED: frozenset({ComplaintState.HANDLING}),
}
# Somebody still owes the visitor an answer or a solution.
RUNNING_STATES = frozenset({
    ComplaintState.REGISTERED, ComplaintState.ACCEPTED, ComplaintState.HANDLING, ComplaintState.WAITING,
    ComplaintState.PAYING, ComplaintState.OFFERED, ComplaintState.FAILED,
})
OWING_STATES = RUNNING_STATES | {ComplaintState.MERGED}
# What leaves the figures; it stays listed.
UNCOUNTED_STATES = frozenset({ComplaintState.WITHDRAWN, ComplaintState.VOID})
COMPLAINT_BADGES = {
    ComplaintState.REGISTERED: (Tone.CINNABAR, "megaphone"),
    ComplaintState.ACCEPTED: (Tone.OCHRE, "inbox"),
    ComplaintState.HANDLING: (Tone.OCHRE, "wrench"),
    ComplaintState.WAITING: (Tone.OCHRE, "hourglass-split"),
    ComplaintState.PAYING: (Tone.OCHRE, "hourglass-split"),
    ComplaintState.OFFERED: (Tone.JADE, "reply"),
    ComplaintState.SOLVED: (Tone.JADE, "check2-circle"),
    ComplaintState.CALLBACK: (Tone.JADE, "telephone"),
    ComplaintState.CALLED: (Tone.JADE, "check2-all"),
    ComplaintState.FAILED: (Tone.CINNABAR, "arrow-counterclockwise"),
    ComplaintState.ARCHIVED: (Tone.GREY, "lock"),
    ComplaintState.REFUSED: (Tone.GREY, "x-circle"),
    ComplaintState.PASSED_ON: (Tone.GREY, "box-arrow-right"),
    ComplaintState.MERGED: (Tone.GREY, "link-45deg"),
    ComplaintState.WITHDRAWN: (Tone.GREY, "arrow-repeat"),
    ComplaintState.VOID: (Tone.GREY, "slash-circle"),
}


class Channel(models.TextChoices):
    """投诉方式: which way it came."""

    VISIT = "visit", "来访"
    CALL = "call", "来电"
    BOOK = "book", "意见本"
    CODE = "code", "二维码"
    OTA = "ota", "OTA"
    LETTER = "letter", "信函邮件"
    HOTLINE_12345 = "12345", "12345"
    HOTLINE_12301 = "12301", "12301"
    HOTLINE_12315 = "12315", "12315"
    BUREAU = "bureau", "文旅局"
    MEDIA = "media", "媒体"


# An authority's letter: it has its number there and is answered in 法定工作日.
OUTSIDE_CHANNELS = (Channel.HOTLINE_12345, Channel.HOTLINE_12301, Channel.HOTLINE_12315, Channel.BUREAU)
# Whoever stands at the desk signs; whoever calls or writes does not.
SIGNING_CHANNELS = frozenset({Channel.VISIT, Channel.BOOK})


class Severity(models.TextChoices):
    ORDINARY = "ordinary", "一般"
    SERIOUS = "serious", "较大"
    MAJOR = "major", "重大"


class MajorReason(models.TextChoices):
    """Why it is a major one. Kept as words, as the paper and its history show them."""

    MEDIA = "媒体曝光", "媒体曝光"
    PENALTY = "政府处罚", "政府处罚"
    INJURY = "人身伤害", "人身伤害"
    CROWD = "群体", "群体"


class Demand(models.TextChoices):
    """诉求, kept as words."""

    APOLOGY = "道歉", "道歉"
    REFUND = "退款", "退款"
    DAMAGES = "赔偿", "赔偿"
    MENDING = "整改", "整改"
    EXPLANATION = "解释", "解释"
    OTHER = "其他", "其他"


MONEY_DEMANDS = frozenset({Demand.REFUND, Demand.DAMAGES})


class EvidenceKind(models.TextChoices):
    """证据材料, kept as words."""

    PHOTO = "照片", "照片"
    VIDEO = "视频", "视频"
    RECEIPT = "票据", "票据"
    CAMERA = "监控", "监控"
    WITNESS = "证人", "证人"
    OTHER = "其他", "其他"


class Language(models.TextChoices):
    CHINESE = "zh", "普通话"
    DIALECT = "dialect", "方言"
    ENGLISH = "en", "英语"
    JAPANESE = "ja", "日语"
    KOREAN = "ko", "韩语"
    OTHER = "other", "其他"


class Outcome(models.TextChoices):
    """How it ended for the visitor."""

    ACCEPTED = "accepted", "游客接受"
    FINAL = "final", "最终答复"


class Satisfaction(models.TextChoices):
    """游客对结果意见: three boxes of the paper."""

    SATISFIED = "satisfied", "满意"
    FAIRLY = "fairly", "基本满意"
    NOT = "not", "不满意"


class Liability(models.TextChoices):
    OURS = "ours", "我方责任"
    PARTNER = "partner", "商户或外包单位"
    VISITOR = "visitor", "游客自身"
    SHARED = "shared", "双方责任"
    NOBODY = "nobody", "无法认定"


class ActionKind(models.TextChoices):
    """What a row of the time line says."""

    SOOTHING = "soothing", "安抚"
    CONTACT = "contact", "联系"
    INQUIRY = "inquiry", "调查"
    FEEDBACK = "feedback", "反馈"
    FORWARDING = "forwarding", "转办"
    HANDOVER = "handover", "交接"
    PAUSE = "pause", "暂停"
    APPROVAL = "approval", "审批"
    CALLBACK = "callback", "回访"
    SYSTEM = "system", "系统"


# What a person writes by hand; the others are written by the steps they belong to.
HAND_KINDS = (
    ActionKind.SOOTHING, ActionKind.CONTACT, ActionKind.INQUIRY, ActionKind.FEEDBACK, ActionKind.FORWARDING,
)


class OfferState(models.TextChoices):
    """移交: offered to a colleague, who takes it or does not."""

    OFFERED = "offered", "待接收"
    TAKEN = "taken", "已接收"
    DECLINED = "declined", "未接收"


OFFER_TRANSITIONS = {OfferState.OFFERED: frozenset({OfferState.TAKEN, OfferState.DECLINED})}


class Trigger(models.TextChoices):
    """Why the next level of the chain is told."""

    NO_ANSWER = "no_answer", "没有应答"
    REPLY_HALF = "reply_half", "首次答复时限过半"
    REPLY_LATER = "reply_later", "首次答复时限将到"
    REPLY_OVER = "reply_over", "首次答复超时"
    SOLUTION_LATER = "solution_later", "解决时限将到"
    SOLUTION_OVER = "solution_over", "解决超时"
    DECLINED = "declined", "游客不接受方案"
    MAJOR = "major", "重大投诉"


TRIGGER_ROLES = {
    Trigger.REPLY_HALF: NoticeRole.SECTION_HEAD,
    Trigger.REPLY_LATER: NoticeRole.MANAGER,
    Trigger.REPLY_OVER: NoticeRole.DUTY_MANAGER,
    Trigger.SOLUTION_LATER: NoticeRole.MANAGER,
    Trigger.SOLUTION_OVER: NoticeRole.DUTY_MANAGER,
    Trigger.MAJOR: NoticeRole.DUTY_MANAGER,
}


class GrievanceState(models.TextChoices):
    DRAFT = "draft", "待核实"
    REGISTERED = "registered", "已登记"
    SOOTHED = "soothed", "当场化解"
    ARCHIVED = "archived", "已归档"
    UPGRADED = "upgraded", "升级为投诉"
    VOID = "void", "作废"


GRIEVANCE_TRANSITIONS = {
    GrievanceState.DRAFT: frozenset({GrievanceState.REGISTERED, GrievanceState.VOID}),
    GrievanceState.REGISTERED: frozenset({GrievanceState.SOOTHED, GrievanceState.UPGRADED, GrievanceState.VOID}),
    GrievanceState.SOOTHED: frozenset({GrievanceState.ARCHIVED, GrievanceState.UPGRADED, GrievanceState.VOID}),
    # Only by downgrading the complaint that it became.
    GrievanceState.UPGRADED: frozenset({GrievanceState.REGISTERED}),
}
GRIEVANCE_BADGES = {
    GrievanceState.DRAFT: (Tone.OCHRE, "question-circle"),
    GrievanceState.REGISTERED: (Tone.OCHRE, "chat-left-text"),
    GrievanceState.SOOTHED: (Tone.JADE, "check2"),
    GrievanceState.ARCHIVED: (Tone.GREY, "lock"),
    GrievanceState.UPGRADED: (Tone.INK, "megaphone"),
    GrievanceState.VOID: (Tone.GREY, "slash-circle"),
}


class UpgradeSignal(models.TextChoices):
    """What makes a grievance a complaint, kept as words."""

    REPLY = "要求答复", "要求答复"
    MONEY = "要求退赔", "要求退赔"
    HURT = "有人受伤", "有人受伤"
    MEDIA = "扬言曝光或打 12345", "扬言曝光或打 12345"


# Words by which a signal is noticed while the clerk types.
SIGNAL_WORDS = {
    UpgradeSignal.REPLY: ("答复", "回复", "给个说法", "给我说法", "交代"),
    UpgradeSignal.MONEY: ("退款", "退票", "退钱", "退费", "赔偿", "赔钱", "赔我", "补偿"),
    UpgradeSignal.HURT: ("受伤", "流血", "摔伤", "骨折", "擦伤", "烫伤", "中毒", "呕吐"),
    UpgradeSignal.MEDIA: ("12345", "12315", "12301", "媒体", "记者", "曝光", "抖音", "微博", "小红书", "发网上"),
}


class IncidentState(models.TextChoices):
    OPEN = "open", "进行中"
    CLOSED = "closed", "已结束"


INCIDENT_TRANSITIONS = {
    IncidentState.OPEN: frozenset({IncidentState.CLOSED}),
    IncidentState.CLOSED: frozenset({IncidentState.OPEN}),
}
INCIDENT_BADGES = {
    IncidentState.OPEN: (Tone.OCHRE, "people"),
    IncidentState.CLOSED: (Tone.GREY, "check2-all"),
}


COMPENSATION_PREFIX = "PC"


class CompensationState(models.TextChoices):
    DRAFT = "draft", "草稿"
    PENDING = "pending", "待审"
    RETURNED = "returned", "退回"
    APPROVED = "approved", "已批准"
    REJECTED = "rejected", "否决"
    CANCELLED = "cancelled", "撤销"
    PAID = "paid", "已支付"
    RECOVERING = "recovering", "追偿中"
    RECOVERED = "recovered", "已追回"
    WRITTEN_OFF = "written_off", "核销"
    CLOSED = "closed", "完结"


COMPENSATION_TRANSITIONS = {
    CompensationState.DRAFT: frozenset({CompensationState.PENDING, CompensationState.CANCELLED}),
    # To itself: the next step of the approval, or the first one again because the request was changed.
    CompensationState.PENDING: frozenset({
        CompensationState.PENDING, CompensationState.APPROVED, CompensationState.RETURNED,
        CompensationState.REJECTED, CompensationState.CANCELLED,
    }),
    CompensationState.RETURNED: frozenset({CompensationState.PENDING, CompensationState.CANCELLED}),
    CompensationState.APPROVED: frozenset({
        CompensationState.PENDING, CompensationState.PAID, CompensationState.CANCELLED,
    }),
    CompensationState.PAID: frozenset({CompensationState.RECOVERING, CompensationState.CLOSED}),
    CompensationState.RECOVERING: frozenset({CompensationState.RECOVERED, CompensationState.WRITTEN_OFF}),
    CompensationState.RECOVERED: frozenset({CompensationState.CLOSED}),
    CompensationState.WRITTEN_OFF: frozenset({CompensationState.CLOSED}),
}
COMPENSATION_BADGES = {
    CompensationState.DRAFT: (Tone.GREY, "pencil"),
    CompensationState.PENDING: (Tone.OCHRE, "hourglass-split"),
    CompensationState.RETURNED: (Tone.CINNABAR, "arrow-counterclockwise"),
    CompensationState.APPROVED: (Tone.OCHRE, "check2"),
    CompensationState.REJECTED: (Tone.GREY, "x-circle"),
    CompensationState.CANCELLED: (Tone.GREY, "slash-circle"),
    CompensationState.PAID: (Tone.JADE, "cash-coin"),
    CompensationState.RECOVERING: (Tone.OCHRE, "arrow-repeat"),
    CompensationState.RECOVERED: (Tone.JADE, "check2-circle"),
    CompensationState.WRITTEN_OFF: (Tone.GREY, "eraser"),
    CompensationState.CLOSED: (Tone.GREY, "lock"),
}
PAID_STATES = frozenset({
    CompensationState.PAID, CompensationState.RECOVERING, CompensationState.RECOVERED,
    CompensationState.WRITTEN_OFF, CompensationState.CLOSED,
})
# Asked, approved or paid: what the sum of a case counts.
MONEY_STATES = PAID_STATES | {CompensationState.PENDING, CompensationState.APPROVED}
# Nobody has approved it: it ends with its case.
UNDECIDED_STATES = frozenset({CompensationState.DRAFT, CompensationState.PENDING, CompensationState.RETURNED})
COMPENSATION_ENDS = frozenset({
    CompensationState.REJECTED, CompensationState.CANCELLED, CompensationState.CLOSED,
})


class ApprovalLevel(models.TextChoices):
    """The steps of an approval, the lowest first; the sum of the case says how many there are."""

    SUPERVISOR = "supervisor", "督导"
    MANAGER = "manager", "部门经理"
    LEADER = "leader", "值班领导"


class Decision(models.TextChoices):
    AGREED = "agreed", "同意"
    RETURNED = "returned", "退回"
    REJECTED = "rejected", "否决"


class PayWay(models.TextChoices):
    CASH = "cash", "现金"
    TRANSFER = "transfer", "银行转账"
    REFUND = "refund", "原路退回"
    MOBILE = "mobile", "微信或支付宝"
    OTHER = "other", "其他"


class RecoverFrom(models.TextChoices):
    """追偿对象."""

    MERCHANT = "merchant", "商户或外包单位"
    DEPARTMENT = "department", "责任部门"
    PERSON = "person", "责任人"
