"""Scores, kinds and states of the survey, in Chinese and, where visitors read them, in English."""

from django.db import models

from servicedesk.choices import Tone

SHEET_PREFIX = "WJ"
BATCH_PREFIX = "FJ"


class Score(models.IntegerChoices):
    """The five columns of the paper, and 不清楚, which counts in no average."""

    EXCELLENT = 5, "很满意"
    GOOD = 4, "满意"
    FAIR = 3, "一般"
    POOR = 2, "较差"
    BAD = 1, "差"
    UNKNOWN = 0, "不清楚"


SCORED = (Score.EXCELLENT, Score.GOOD, Score.FAIR, Score.POOR, Score.BAD)
PLEASED = (Score.EXCELLENT, Score.GOOD)
# How likely to recommend, from 0 to 10: who says 9 or 10 promotes, who says 6 or less dissuades.
NPS = range(11)
PROMOTERS, DETRACTORS = range(9, 11), range(7)


class Channel(models.TextChoices):
    """How an answer came."""

    QR = "qr", "二维码"
    KIOSK = "kiosk", "自助机"
    PAPER = "paper", "纸质"
    PHONE = "phone", "电话"


BY_STAFF = (Channel.PAPER, Channel.PHONE)


class SheetState(models.TextChoices):
    VALID = "valid", "有效"
    INVALID = "invalid", "无效"
    VOID = "void", "作废"


class Care(models.TextChoices):
    """What becomes of a low answer: with a phone it goes on by itself; it waits where no register takes it."""

    NONE = "", "—"
    WAITING = "waiting", "待转抱怨"
    PASSED_ON = "passed_on", "已转"
    DROPPED = "dropped", "不转"


# Two ways in one map: the sheet itself (`state`), and what becomes of a low answer (`care`).
SHEET_TRANSITIONS = {
    SheetState.VALID: frozenset({SheetState.VOID}),
    SheetState.INVALID: frozenset({SheetState.VOID}),
    Care.NONE: frozenset({Care.WAITING, Care.PASSED_ON}),
    Care.WAITING: frozenset({Care.PASSED_ON, Care.DROPPED}),
    Care.DROPPED: frozenset({Care.PASSED_ON}),
}
SHEET_BADGES = {
    SheetState.VALID: (Tone.JADE, "check-circle"),
    SheetState.INVALID: (Tone.GREY, "dash-circle"),
    SheetState.VOID: (Tone.GREY, "slash-circle"),
}


class Party(models.TextChoices):
    SINGLE = "single", "散客"
    GROUP = "group", "团队"


class AgeBand(models.TextChoices):
    UNDER_18 = "u18", "<18"
    TO_30 = "18-30", "18-30"
    TO_45 = "31-45", "31-45"
    TO_60 = "46-60", "46-60"
    OVER_60 = "o60", ">60"


class Visits(models.TextChoices):
    FIRST = "1", "1"
    SECOND = "2", "2"
    MORE = "3", "≥3"


class HeardFrom(models.TextChoices):
    FRIENDS = "friends", "亲友"
    WEB = "web", "网络"
    AGENCY = "agency", "旅行社"
    ADVERT = "advert", "广告"
    OTHER = "other", "其他"


class Transport(models.TextChoices):
    CAR = "car", "自驾"
    BUS = "bus", "公交"
    COACH = "coach", "大巴"
    TRAIN = "train", "高铁"


class Language(models.TextChoices):
    CHINESE = "zh", "中文"
    ENGLISH = "en", "英文"


ENGLISH: dict[object, str] = {
    Score.EXCELLENT: "Excellent", Score.GOOD: "Good", Score.FAIR: "Fair", Score.POOR: "Poor", Score.BAD: "Bad",
    Score.UNKNOWN: "Not sure", Party.SINGLE: "On my own", Party.GROUP: "In a group", HeardFrom.FRIENDS: "Friends",
    HeardFrom.WEB: "Internet", HeardFrom.AGENCY: "Travel agency", HeardFrom.ADVERT: "Advertisement",
    HeardFrom.OTHER: "Other", Transport.CAR: "Own car", Transport.BUS: "City bus", Transport.COACH: "Coach",
    Transport.TRAIN: "Train", "m": "Male", "f": "Female",
}


def label_in(choice: object, language: str) -> str:
    """The word of a choice in the visitor's language; what is a number reads the same in both."""
    own = str(getattr(choice, "label", choice))
    return ENGLISH.get(choice, own) if language == Language.ENGLISH else own
