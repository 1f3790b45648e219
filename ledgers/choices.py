"""What a ledger does with its entries, their states and transitions, and the kinds of fields."""

from django.db import models

from dutylog.choices import EntryCategory
from servicedesk.choices import Tone


class Service(models.TextChoices):
    """What the desk does with an entry after it was written."""

    PLAIN = "plain", "只登记"
    DUE = "due", "登记后办结"
    BROADCAST = "broadcast", "广播"
    LOAN = "loan", "借用"
    DEPOSIT = "deposit", "寄存"
    GIFT = "gift", "发放"
    VISIT = "visit", "来访"
    MESSAGE = "message", "转告"


# A manager's own ledger does one of these; the others are the desk's six.
OWN_SERVICES = (Service.PLAIN, Service.DUE)
STOCKED = frozenset({Service.LOAN, Service.GIFT})
WITH_DUE = frozenset({Service.DUE, Service.LOAN, Service.DEPOSIT})
# What screens and papers call the person, the term and the end of an entry.
TOLD_LABEL = {Service.VISIT: "被访人", Service.MESSAGE: "转告给"}
DUE_LABEL = {Service.DUE: "办结期限", Service.LOAN: "应归还", Service.DEPOSIT: "应取走"}
ENDED_LABEL = {
    Service.DUE: "办结时间", Service.BROADCAST: "结束时间", Service.LOAN: "归还时间", Service.DEPOSIT: "取走时间",
    Service.VISIT: "离开时间", Service.MESSAGE: "知悉时间",
}


class EntryState(models.TextChoices):
    FILED = "filed", "已登记"
    OPEN = "open", "待办结"
    DONE = "done", "已办结"
    WAITING = "waiting", "待播报"
    READ = "read", "播报中"
    ENDED = "ended", "播报完毕"
    OUT = "out", "借出"
    BACK = "back", "已归还"
    LOST = "lost", "未还结案"
    KEPT = "kept", "寄存中"
    PICKED = "picked", "已取走"
    HANDED = "handed", "转拾物"
    ISSUED = "issued", "已发放"
    ARRIVED = "arrived", "等候中"
    RECEIVED = "received", "已接待"
    LEFT = "left", "已离开"
    UNTOLD = "untold", "待知悉"
    KNOWN = "known", "已知悉"
    VOID = "void", "作废"


FIRST_STATE = {
    Service.PLAIN: EntryState.FILED, Service.DUE: EntryState.OPEN, Service.BROADCAST: EntryState.WAITING,
    Service.LOAN: EntryState.OUT, Service.DEPOSIT: EntryState.KEPT, Service.GIFT: EntryState.ISSUED,
    Service.VISIT: EntryState.ARRIVED, Service.MESSAGE: EntryState.UNTOLD,
}
STATES_OF = {
    Service.PLAIN: (EntryState.FILED,),
    Service.DUE: (EntryState.OPEN, EntryState.DONE),
    Service.BROADCAST: (EntryState.WAITING, EntryState.READ, EntryState.ENDED),
    Service.LOAN: (EntryState.OUT, EntryState.BACK, EntryState.LOST),
    Service.DEPOSIT: (EntryState.KEPT, EntryState.PICKED, EntryState.HANDED),
    Service.GIFT: (EntryState.ISSUED,),
    Service.VISIT: (EntryState.ARRIVED, EntryState.RECEIVED, EntryState.LEFT),
    Service.MESSAGE: (EntryState.UNTOLD, EntryState.KNOWN),
}
ENTRY_TRANSITIONS = {
    EntryState.FILED: frozenset({EntryState.VOID}),
    EntryState.OPEN: frozenset({EntryState.DONE, EntryState.VOID}),
    EntryState.WAITING: frozenset({EntryState.READ, EntryState.ENDED, EntryState.VOID}),
    EntryState.READ: frozenset({EntryState.ENDED}),
    EntryState.OUT: frozenset({EntryState.BACK, EntryState.LOST, EntryState.VOID}),
    EntryState.KEPT: frozenset({EntryState.PICKED, EntryState.HANDED, EntryState.VOID}),
    EntryState.ISSUED: frozenset({EntryState.VOID}),
    EntryState.ARRIVED: frozenset({EntryState.RECEIVED, EntryState.LEFT, EntryState.VOID}),
    EntryState.RECEIVED: frozenset({EntryState.LEFT}),
    EntryState.UNTOLD: frozenset({EntryState.KNOWN, EntryState.VOID}),
}
# Somebody still has to do something: not forgotten, however old, and never final on paper.
OPEN_STATES = frozenset({
    EntryState.OPEN, EntryState.WAITING, EntryState.READ, EntryState.OUT, EntryState.KEPT, EntryState.ARRIVED,
    EntryState.RECEIVED, EntryState.UNTOLD,
})
ENTRY_BADGES = {
    EntryState.FILED: (Tone.JADE, "check2"),
    EntryState.OPEN: (Tone.OCHRE, "arrow-repeat"),
    EntryState.DONE: (Tone.GREY, "check2"),
    EntryState.WAITING: (Tone.OCHRE, "broadcast"),
    EntryState.READ: (Tone.JADE, "broadcast"),
    EntryState.ENDED: (Tone.GREY, "check2"),
    EntryState.OUT: (Tone.OCHRE, "box-arrow-right"),
    EntryState.BACK: (Tone.GREY, "check2"),
    EntryState.LOST: (Tone.CINNABAR, "exclamation-triangle"),
    EntryState.KEPT: (Tone.OCHRE, "luggage"),
    EntryState.PICKED: (Tone.GREY, "check2"),
    EntryState.HANDED: (Tone.INK, "arrow-return-right"),
    EntryState.ISSUED: (Tone.JADE, "gift"),
    EntryState.ARRIVED: (Tone.OCHRE, "hourglass-split"),
    EntryState.RECEIVED: (Tone.JADE, "person-check"),
    EntryState.LEFT: (Tone.GREY, "door-open"),
    EntryState.UNTOLD: (Tone.OCHRE, "envelope"),
    EntryState.KNOWN: (Tone.GREY, "envelope-open"),
    EntryState.VOID: (Tone.GREY, "slash-circle"),
}
# Under which word the day's log has a line of the ledger, and which figure of the day counts it.
LOG_CATEGORY = {
    Service.BROADCAST: EntryCategory.BROADCAST, Service.LOAN: EntryCategory.CONVENIENCE,
    Service.DEPOSIT: EntryCategory.CONVENIENCE, Service.GIFT: EntryCategory.CONVENIENCE,
}


class FieldType(models.TextChoices):
    """What may be written into a field."""

    TEXT = "text", "短文字"
    LONG = "long", "长文字"
    NUMBER = "number", "整数"
    MONEY = "money", "金额"
    DATE = "date", "日期"
    MOMENT = "moment", "时间"
    CHOICE = "choice", "单选"
    CHOICES = "choices", "多选"
    YESNO = "yesno", "是/否"
    NAME = "name", "姓名"
    PHONE = "phone", "电话"
    DOCUMENT = "document", "证件号"
    STAFF = "staff", "员工"
    ZONE = "zone", "园区地点"


SEALED_TYPES = frozenset({FieldType.PHONE, FieldType.DOCUMENT})
PERSONAL_TYPES = frozenset({*SEALED_TYPES, FieldType.NAME})
CHOICE_TYPES = frozenset({FieldType.CHOICE, FieldType.CHOICES})
# A list is sorted by these, and narrowed by those of them that have few values.
SORTED_TYPES = frozenset({
    FieldType.TEXT, FieldType.NUMBER, FieldType.MONEY, FieldType.DATE, FieldType.MOMENT, FieldType.CHOICE,
    FieldType.YESNO, FieldType.STAFF, FieldType.ZONE,
})
FILTERED_TYPES = frozenset({FieldType.CHOICE, FieldType.YESNO, FieldType.STAFF, FieldType.ZONE})


class Width(models.TextChoices):
    """How much of a line a field takes, on the screen and on the form."""

    QUARTER = "quarter", "四分之一"
    THIRD = "third", "三分之一"
    HALF = "half", "一半"
    FULL = "full", "整行"


# Of twelve columns on the screen.
TWELFTHS = {Width.QUARTER: 3, Width.THIRD: 4, Width.HALF: 6, Width.FULL: 12}


class MoveReason(models.TextChoices):
    """Why the stock of a thing changed."""

    IN = "in", "入库"
    OUT = "out", "出库"
    LEND = "lend", "借出"
    BACK = "back", "归还"
    LOST = "lost", "未还结案"
    ISSUE = "issue", "发放"
    VOID = "void", "登记作废"
    COUNT = "count", "盘点更正"


class Proof(models.TextChoices):
    """By what a deposited bag was given back."""

    SLIP = "slip", "凭寄存单"
    DOCUMENT = "document", "单据遗失,凭证件"
