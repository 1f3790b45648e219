"""States, labels and transitions of callbacks."""

from django.db import models

from servicedesk.choices import Tone

CALLBACK_PREFIX = "HF"


class CallbackState(models.TextChoices):
    WAITING = "waiting", "待回访"
    RUNNING = "running", "进行中"
    PASSED = "passed", "合格"
    FAILED = "failed", "不合格"
    REFUSED = "refused", "拒访"
    UNREACHABLE = "unreachable", "无法联系"
    EXCUSED = "excused", "免访"


CALLBACK_TRANSITIONS = {
    CallbackState.WAITING: frozenset({CallbackState.RUNNING, CallbackState.EXCUSED}),
    CallbackState.RUNNING: frozenset({
        CallbackState.PASSED, CallbackState.FAILED, CallbackState.REFUSED, CallbackState.UNREACHABLE,
        CallbackState.EXCUSED,
    }),
}
OPEN_CALLBACKS = frozenset({CallbackState.WAITING, CallbackState.RUNNING})
# The visitor was spoken to, and what they said was judged.
REACHED_CALLBACKS = frozenset({CallbackState.PASSED, CallbackState.FAILED})
# Ends that only the supervisor's word makes one.
SIGNED_ENDS = (CallbackState.UNREACHABLE, CallbackState.REFUSED, CallbackState.EXCUSED)
CALLBACK_BADGES = {
    CallbackState.WAITING: (Tone.OCHRE, "telephone"),
    CallbackState.RUNNING: (Tone.OCHRE, "hourglass-split"),
    CallbackState.PASSED: (Tone.JADE, "check2-circle"),
    CallbackState.FAILED: (Tone.CINNABAR, "x-circle"),
    CallbackState.REFUSED: (Tone.GREY, "slash-circle"),
    CallbackState.UNREACHABLE: (Tone.GREY, "slash-circle"),
    CallbackState.EXCUSED: (Tone.GREY, "slash-circle"),
}


class CallbackSource(models.TextChoices):
    """Why somebody is called back."""

    COMPLAINT = "complaint", "投诉"
    GRIEVANCE = "grievance", "抱怨"
    LATER = "later", "30 天回访"
    SURVEY = "survey", "问卷低分"
    LOST_REPORT = "lost_report", "失物登记"
    VISIT = "visit", "上门拜访"


# The registers that begin one here without knowing it, by the name of their model.
TAKEN_FROM = {"surveysheet": CallbackSource.SURVEY, "lostreport": CallbackSource.LOST_REPORT}
# Those in which something was to be put right: the visitor is asked whether it is.
SOLVABLE = frozenset({CallbackSource.COMPLAINT, CallbackSource.GRIEVANCE, CallbackSource.LATER, CallbackSource.SURVEY})


class CallbackChannel(models.TextChoices):
    PHONE = "phone", "电话"
    MESSAGE = "message", "短信/微信"
    VISIT = "visit", "上门"
    DESK = "desk", "到访当面"


class AttemptOutcome(models.TextChoices):
    """What came of a try, in the order of its number key."""

    REACHED = "reached", "接通"
    LATER = "later", "约时再访"
    NO_ANSWER = "no_answer", "无人接听"
    BUSY = "busy", "占线"
    OFF = "off", "关机"
    EMPTY = "empty", "空号"
    REJECTED = "rejected", "拒接"
    REFUSED = "refused", "拒访"
    LANGUAGE = "language", "语言不通"


# A try that did not find the visitor: what 无法联系 is made of.
MISSED_OUTCOMES = frozenset({
    AttemptOutcome.NO_ANSWER, AttemptOutcome.BUSY, AttemptOutcome.OFF, AttemptOutcome.EMPTY, AttemptOutcome.REJECTED,
    AttemptOutcome.LANGUAGE,
})


class Content(models.IntegerChoices):
    """满意度 in five."""

    DELIGHTED = 5, "很满意"
    CONTENT = 4, "满意"
    FAIR = 3, "一般"
    DISCONTENT = 2, "不满意"
    ANGRY = 1, "很不满意"


class FailureCause(models.TextChoices):
    """Why a callback failed, in the order of its number key."""

    PROMISE = "promise", "承诺未兑现"
    RESULT = "result", "不认可结果"
    AMOUNT = "amount", "退赔不够"
    SLOW = "slow", "处理太慢"
    MANNER = "manner", "态度不好"
    AGAIN = "again", "问题再现"
    OTHER = "other", "其他"


class CheckWay(models.TextChoices):
    """How the supervisor re-checked it."""

    CALL = "call", "再打一次电话"
    RECORDING = "recording", "听录音"
    RECORD = "record", "核对记录"
