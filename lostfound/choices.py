"""States, kinds and labels of lost and found, and the ways between states."""

from django.db import models

from servicedesk.choices import Tone

CURRENCIES = {
    "CNY": "人民币", "USD": "美元", "EUR": "欧元", "HKD": "港币", "MOP": "澳门元", "TWD": "新台币",
    "JPY": "日元", "KRW": "韩元", "GBP": "英镑", "THB": "泰铢", "SGD": "新加坡元", "AUD": "澳元",
}


class IntakeKind(models.TextChoices):
    """Who brought it: three intake kinds of one table, each with its own form."""

    VISITOR = "visitor", "游客拾物"
    STAFF = "staff", "员工拾物"
    ON_SPOT = "on_spot", "员工现场拾物"


PREFIX = {IntakeKind.VISITOR: "SW", IntakeKind.STAFF: "YG", IntakeKind.ON_SPOT: "XC"}
PAPER_OF_KIND = {IntakeKind.VISITOR: "3.3", IntakeKind.STAFF: "3.4", IntakeKind.ON_SPOT: "3.5"}
# The category of what fits nowhere: it may be anything, so it speaks neither for nor against a match.
OTHER_CATEGORY = "99"
LOST_REPORT_PREFIX = "SS"
VISITOR_REPORT_PREFIX = "WS"
SLIP_PREFIX = "HZ"
NOTICE_PREFIX = "ZL"
GOOD_DEED_PREFIX = "HR"
STOCK_TAKE_PREFIX = "PD"


class ItemState(models.TextChoices):
    FIELD_HELD = "field_held", "现场暂管"
    IN_CUSTODY = "in_custody", "保管中"
    CLAIMING = "claiming", "认领核验中"
    RETURNED = "returned", "已认领"
    POLICE = "police", "已移交公安"
    FINANCE = "finance", "已移交财务"
    DISPOSED = "disposed", "已处置"
    VOID = "void", "作废"


ITEM_TRANSITIONS: dict[str, frozenset[str]] = {
    ItemState.FIELD_HELD: frozenset({ItemState.IN_CUSTODY, ItemState.RETURNED, ItemState.VOID}),
    ItemState.IN_CUSTODY: frozenset({
        ItemState.CLAIMING, ItemState.POLICE, ItemState.FINANCE, ItemState.DISPOSED, ItemState.VOID,
    }),
    ItemState.CLAIMING: frozenset({
        ItemState.IN_CUSTODY, ItemState.FINANCE, ItemState.RETURNED, ItemState.VOID,
    }),
    # Still claimable at finance through a release slip; a reverse entry brings it back to the desk.
    ItemState.FINANCE: frozenset({ItemState.CLAIMING, ItemState.DISPOSED, ItemState.IN_CUSTODY}),
    ItemState.RETURNED: frozenset(),
    # Ends, but for the reverse entry of a batch line that was executed by mistake.
    ItemState.POLICE: frozenset({ItemState.IN_CUSTODY}),
    ItemState.DISPOSED: frozenset({ItemState.IN_CUSTODY}),
    ItemState.VOID: frozenset(),
}
OPEN_ITEM_STATES = (ItemState.FIELD_HELD, ItemState.IN_CUSTODY, ItemState.CLAIMING, ItemState.FINANCE)
AT_DESK_STATES = (ItemState.IN_CUSTODY, ItemState.CLAIMING)
ITEM_BADGES = {
    ItemState.FIELD_HELD: (Tone.OCHRE, "person-walking"),
    ItemState.IN_CUSTODY: (Tone.JADE, "box-seam"),
    ItemState.CLAIMING: (Tone.OCHRE, "person-check"),
    ItemState.RETURNED: (Tone.GREY, "check2-circle"),
    ItemState.POLICE: (Tone.GREY, "shield"),
    ItemState.FINANCE: (Tone.INK, "bank"),
    ItemState.DISPOSED: (Tone.GREY, "recycle"),
    ItemState.VOID: (Tone.GREY, "slash-circle"),
}


class TermKind(models.TextChoices):
    """How long the desk itself keeps a category."""

    SAME_DAY = "same_day", "当日"
    HOURS = "hours", "若干小时"
    DAYS = "days", "若干天"
    MONTH_END = "month_end", "当月末"
    NONE = "none", "不保管(即时移交)"


class TermEnd(models.TextChoices):
    """What happens to a category when the desk's own term is over."""

    FINANCE = "finance", "移交财务"
    POLICE = "police", "移交公安"
    DESTROY = "destroy", "销毁"
    DISPOSE = "dispose", "处置"


class MoveKind(models.TextChoices):
    """Why custody changed."""

    INTAKE = "intake", "收进"
    HAND_OVER = "hand_over", "交接"
    STORE = "store", "移位"
    RELEASE = "release", "发还"
    POLICE = "police", "移交公安"
    FINANCE = "finance", "移交财务"
    DISPOSE = "dispose", "处置"
    CORRECTION = "correction", "更正"


class OfferState(models.TextChoices):
    WAITING = "waiting", "待接收"
    ACCEPTED = "accepted", "已接收"
    REFUSED = "refused", "未接收"
    WITHDRAWN = "withdrawn", "已撤回"


OFFER_TRANSITIONS: dict[str, frozenset[str]] = {
    OfferState.WAITING: frozenset({OfferState.ACCEPTED, OfferState.REFUSED, OfferState.WITHDRAWN}),
}


class ReportState(models.TextChoices):
    OPEN = "open", "寻找中"
    MATCHED = "matched", "待失主确认"
    FOUND = "found", "已找回"
    WITHDRAWN = "withdrawn", "撤销"
    EXPIRED = "expired", "期满"


REPORT_TRANSITIONS: dict[str, frozenset[str]] = {
    ReportState.OPEN: frozenset({
        ReportState.MATCHED, ReportState.FOUND, ReportState.WITHDRAWN, ReportState.EXPIRED,
    }),
    ReportState.MATCHED: frozenset({ReportState.OPEN, ReportState.FOUND, ReportState.WITHDRAWN}),
    ReportState.FOUND: frozenset({ReportState.OPEN}),
    ReportState.WITHDRAWN: frozenset({ReportState.OPEN}),
    ReportState.EXPIRED: frozenset({ReportState.OPEN}),
}
REPORT_BADGES = {
    ReportState.OPEN: (Tone.JADE, "search"),
    ReportState.MATCHED: (Tone.OCHRE, "link-45deg"),
    ReportState.FOUND: (Tone.GREY, "check2-circle"),
    ReportState.WITHDRAWN: (Tone.GREY, "x-circle"),
    ReportState.EXPIRED: (Tone.GREY, "hourglass-bottom"),
}


class VisitorReportState(models.TextChoices):
    WAITING = "waiting", "待核实"
    VERIFIED = "verified", "已登记"
    DROPPED = "dropped", "不登记"


VISITOR_REPORT_TRANSITIONS: dict[str, frozenset[str]] = {
    VisitorReportState.WAITING: frozenset({VisitorReportState.VERIFIED, VisitorReportState.DROPPED}),
    VisitorReportState.DROPPED: frozenset({VisitorReportState.VERIFIED}),
}
VISITOR_REPORT_BADGES = {
    VisitorReportState.WAITING: (Tone.OCHRE, "hourglass-split"),
    VisitorReportState.VERIFIED: (Tone.JADE, "check2-circle"),
    VisitorReportState.DROPPED: (Tone.GREY, "x-circle"),
}


class PartOfDay(models.TextChoices):
    """About when a visitor missed it."""

    MORNING = "morning", "上午"
    AFTERNOON = "afternoon", "下午"
    EVENING = "evening", "晚上"
    ALL_DAY = "all_day", "说不准"


PARTS_OF_DAY = {
    PartOfDay.MORNING: (0, 12), PartOfDay.AFTERNOON: (12, 18), PartOfDay.EVENING: (18, 24),
    PartOfDay.ALL_DAY: (0, 24),
}
PARTS_IN_ENGLISH = {
    PartOfDay.MORNING: "Morning", PartOfDay.AFTERNOON: "Afternoon", PartOfDay.EVENING: "Evening",
    PartOfDay.ALL_DAY: "Not sure",
}


class ReportChannel(models.TextChoices):
    DESK = "desk", "现场"
    PHONE = "phone", "电话"
    ONLINE = "online", "公众号/网络"
    POST = "post", "岗位转报"
    AGENCY = "agency", "旅行社代报"


class Relation(models.TextChoices):
    SELF = "self", "本人"
    FAMILY = "family", "亲属"
    FRIEND = "friend", "同行友人"
    GUIDE = "guide", "导游/领队"
    OTHER = "other", "其他"


class MeasureKind(models.TextChoices):
    """已采取措施 on the lost report."""

    STORE = "store", "查拾物库"
    BROADCAST = "broadcast", "广播"
    POST = "post", "通知岗位"
    CAMERA = "camera", "查监控"
    POLICE = "police", "报警"


class PickupWay(models.TextChoices):
    SELF = "self", "本人自取"
    DELEGATE = "delegate", "委托代领"
    MAIL = "mail", "邮寄(到付)"


class MatchState(models.TextChoices):
    SUGGESTED = "suggested", "待核对"
    CONFIRMED = "confirmed", "已确认"
    REJECTED = "rejected", "不是"
    STALE = "stale", "已失效"


SEARCHING_STATES = (ReportState.OPEN, ReportState.MATCHED)
LIVE_MATCH_STATES = (MatchState.SUGGESTED, MatchState.CONFIRMED)
MATCH_BADGES = {
    MatchState.SUGGESTED: (Tone.OCHRE, "question-circle"),
    MatchState.CONFIRMED: (Tone.JADE, "link-45deg"),
    MatchState.REJECTED: (Tone.GREY, "x-circle"),
    MatchState.STALE: (Tone.GREY, "hourglass-bottom"),
}
MATCH_TRANSITIONS: dict[str, frozenset[str]] = {
    MatchState.SUGGESTED: frozenset({MatchState.CONFIRMED, MatchState.REJECTED, MatchState.STALE}),
    MatchState.CONFIRMED: frozenset({MatchState.REJECTED, MatchState.STALE}),
    MatchState.STALE: frozenset({MatchState.SUGGESTED}),
    # Only by hand: the reckoning never brings back what a person rejected.
    MatchState.REJECTED: frozenset({MatchState.SUGGESTED}),
}


class ClaimState(models.TextChoices):
    OPENED = "opened", "已受理"
    VERIFYING = "verifying", "核验中"
    APPROVED = "approved", "核验通过"
    HANDED_OVER = "handed_over", "已发还"
    REJECTED = "rejected", "未通过"
    BLOCKED = "blocked", "受阻"
    ESCALATED = "escalated", "待督导裁定"


CLAIM_TRANSITIONS: dict[str, frozenset[str]] = {
    ClaimState.OPENED: frozenset({ClaimState.VERIFYING, ClaimState.REJECTED, ClaimState.ESCALATED}),
    ClaimState.VERIFYING: frozenset({
        ClaimState.APPROVED, ClaimState.REJECTED, ClaimState.BLOCKED, ClaimState.ESCALATED,
    }),
    ClaimState.BLOCKED: frozenset({ClaimState.VERIFYING, ClaimState.REJECTED, ClaimState.ESCALATED}),
    ClaimState.APPROVED: frozenset({
        ClaimState.HANDED_OVER, ClaimState.REJECTED, ClaimState.BLOCKED, ClaimState.ESCALATED,
    }),
    ClaimState.ESCALATED: frozenset({ClaimState.VERIFYING, ClaimState.REJECTED}),
}
# One of these per item at most; the database holds it. Escalated claims wait side by side.
WORKING_CLAIM_STATES = (ClaimState.OPENED, ClaimState.VERIFYING, ClaimState.BLOCKED, ClaimState.APPROVED)
OPEN_CLAIM_STATES = (*WORKING_CLAIM_STATES, ClaimState.ESCALATED)
CLAIM_BADGES = {
    ClaimState.OPENED: (Tone.INK, "pencil-square"),
    ClaimState.VERIFYING: (Tone.OCHRE, "person-check"),
    ClaimState.APPROVED: (Tone.JADE, "check-circle"),
    ClaimState.HANDED_OVER: (Tone.GREY, "check2-circle"),
    ClaimState.REJECTED: (Tone.GREY, "x-circle"),
    ClaimState.BLOCKED: (Tone.CINNABAR, "exclamation-octagon"),
    ClaimState.ESCALATED: (Tone.CINNABAR, "people"),
}


class ClaimPath(models.TextChoices):
    OWNER = "K1", "本人"
    DELEGATE = "K2", "代领"
    OWN_ID = "K3", "本人的证件"
    MINOR = "K4", "未成年人"


class DocumentKind(models.TextChoices):
    """Allowed documents are a setting; a work pass and a business card are here to be refused."""

    ID_CARD = "id_card", "居民身份证"
    TEMPORARY_ID = "temporary_id", "临时居民身份证"
    PASSPORT = "passport", "护照"
    HK_MACAO = "hk_macao", "港澳居民来往内地通行证"
    TAIWAN = "taiwan", "台湾居民来往大陆通行证"
    RESIDENCE = "residence", "港澳台居民居住证"
    FOREIGN_RESIDENT = "foreign_resident", "外国人永久居留身份证"
    MILITARY = "military", "军人身份证件"
    HOUSEHOLD = "household", "户口簿"
    DRIVING = "driving", "驾驶证"
    WORK_PASS = "work_pass", "工作证"
    BUSINESS_CARD = "business_card", "名片"


NEVER_ALLOWED_DOCUMENTS = (DocumentKind.WORK_PASS, DocumentKind.BUSINESS_CARD)
RESIDENT_NUMBER_DOCUMENTS = (
    DocumentKind.ID_CARD, DocumentKind.TEMPORARY_ID, DocumentKind.HOUSEHOLD, DocumentKind.RESIDENCE,
)


class DocumentForm(models.TextChoices):
    ORIGINAL = "original", "原件"
    PHOTOCOPY = "photocopy", "复印件"
    PICTURE = "picture", "照片/截图"


class Verdict(models.TextChoices):
    OPEN = "", "未判"
    AGREES = "agrees", "符合"
    DIFFERS = "differs", "不符"


class VerifyMeans(models.TextChoices):
    """核实方式 on the claim half."""

    FEATURES = "features", "特征相符"
    NAME = "name", "证件姓名"
    UNLOCK = "unlock", "开机/解锁"
    RECEIPT = "receipt", "凭证/照片"
    CAMERA = "camera", "监控"
    REPORT = "report", "失物登记"


class Condition(models.TextChoices):
    GOOD = "good", "完好"
    DIFFERENT = "different", "有差异"


class ContactOutcome(models.TextChoices):
    REACHED = "reached", "接通"
    NO_ANSWER = "no_answer", "无人接听"
    BUSY = "busy", "占线"
    OFF = "off", "关机"
    WRONG = "wrong", "空号"
    REFUSED = "refused", "拒接"
    SENT = "sent", "已发送"


class ContactChannel(models.TextChoices):
    PHONE = "phone", "电话"
    SMS = "sms", "短信"
    WECHAT = "wechat", "微信"
    BROADCAST = "broadcast", "广播"
    IN_PERSON = "in_person", "当面"
    OTHER = "other", "其他"


class NoticeState(models.TextChoices):
    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已公告"
    WITHDRAWN = "withdrawn", "已撤下"


NOTICE_TRANSITIONS: dict[str, frozenset[str]] = {
    NoticeState.DRAFT: frozenset({NoticeState.PUBLISHED, NoticeState.WITHDRAWN}),
    NoticeState.PUBLISHED: frozenset({NoticeState.WITHDRAWN}),
}
NOTICE_BADGES = {
    NoticeState.DRAFT: (Tone.INK, "pencil"),
    NoticeState.PUBLISHED: (Tone.JADE, "megaphone"),
    NoticeState.WITHDRAWN: (Tone.GREY, "eye-slash"),
}


class NoticeChannel(models.TextChoices):
    BOARD = "board", "公告栏"
    WEBSITE = "website", "官网"
    ACCOUNT = "account", "公众号"
    BROADCAST = "broadcast", "广播"


class BatchKind(models.TextChoices):
    FINANCE = "finance", "移交财务"
    POLICE = "police", "移交公安"
    DISPOSAL = "disposal", "处置"


BATCH_PREFIX = {BatchKind.FINANCE: "CW", BatchKind.POLICE: "GA", BatchKind.DISPOSAL: "CZ"}


class BatchState(models.TextChoices):
    PREPARED = "prepared", "已编制"
    REVIEWED = "reviewed", "已复核"
    APPROVED = "approved", "已批准"
    EXECUTED = "executed", "已执行"
    CLOSED = "closed", "已结清"
    CANCELLED = "cancelled", "已撤销"


BATCH_TRANSITIONS: dict[str, frozenset[str]] = {
    BatchState.PREPARED: frozenset({BatchState.REVIEWED, BatchState.CANCELLED}),
    BatchState.REVIEWED: frozenset({BatchState.APPROVED, BatchState.PREPARED, BatchState.CANCELLED}),
    BatchState.APPROVED: frozenset({BatchState.EXECUTED, BatchState.CANCELLED}),
    BatchState.EXECUTED: frozenset({BatchState.CLOSED}),
}
BATCH_BADGES = {
    BatchState.PREPARED: (Tone.INK, "list-check"),
    BatchState.REVIEWED: (Tone.OCHRE, "eye"),
    BatchState.APPROVED: (Tone.JADE, "check-circle"),
    BatchState.EXECUTED: (Tone.JADE, "truck"),
    BatchState.CLOSED: (Tone.GREY, "archive"),
    BatchState.CANCELLED: (Tone.GREY, "x-circle"),
}


class DisposalMethod(models.TextChoices):
    TO_FINANCE = "to_finance", "交财务部"
    TO_POLICE = "to_police", "交公安"
    TO_FINDER = "to_finder", "退拾物人"
    DESTROYED = "destroyed", "销毁"
    DONATED = "donated", "捐赠"
    SOLD = "sold", "变卖"
    OTHER = "other", "其他"


class GoodDeedKind(models.TextChoices):
    FINDING = "finding", "拾金不昧"
    HELPING = "helping", "助人"
    RESCUE = "rescue", "救助"
    DISSUADING = "dissuading", "劝阻"
    LETTER = "letter", "表扬信"
    BANNER = "banner", "锦旗"
    OTHER = "other", "其他"


class GoodDeedState(models.TextChoices):
    DRAFT = "draft", "待核实"
    VERIFIED = "verified", "已核实"
    WITHDRAWN = "withdrawn", "已撤回"


GOOD_DEED_TRANSITIONS: dict[str, frozenset[str]] = {
    GoodDeedState.DRAFT: frozenset({GoodDeedState.VERIFIED, GoodDeedState.WITHDRAWN}),
    GoodDeedState.VERIFIED: frozenset({GoodDeedState.WITHDRAWN}),
    # Only a find whose finder was corrected and corrected back brings a row to life again.
    GoodDeedState.WITHDRAWN: frozenset({GoodDeedState.DRAFT}),
}
GOOD_DEED_BADGES = {
    GoodDeedState.DRAFT: (Tone.OCHRE, "pencil"),
    GoodDeedState.VERIFIED: (Tone.JADE, "award"),
    GoodDeedState.WITHDRAWN: (Tone.GREY, "x-circle"),
}


class SheetState(models.TextChoices):
    BLANK = "blank", "空白"
    USED = "used", "已用"
    VOID = "void", "作废"
    MISSING = "missing", "缺失"


SHEET_TRANSITIONS: dict[str, frozenset[str]] = {
    SheetState.BLANK: frozenset({SheetState.USED, SheetState.VOID, SheetState.MISSING}),
    SheetState.MISSING: frozenset({SheetState.USED, SheetState.VOID}),
}


class StockTakeState(models.TextChoices):
    COUNTING = "counting", "盘点中"
    SIGNED = "signed", "双方已签"


STOCK_TAKE_TRANSITIONS: dict[str, frozenset[str]] = {
    StockTakeState.COUNTING: frozenset({StockTakeState.SIGNED}),
}
STOCK_TAKE_BADGES = {
    StockTakeState.COUNTING: (Tone.OCHRE, "clipboard"),
    StockTakeState.SIGNED: (Tone.GREY, "clipboard-check"),
}


class CountResult(models.TextChoices):
    PRESENT = "present", "在"
    ABSENT = "absent", "不在"
    SEAL_BROKEN = "seal_broken", "封条异常"
    OUT = "out", "已发还/移交"
