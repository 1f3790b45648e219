"""Kinds, answers, states and transitions of rounds and assets."""

from django.db import models

from dutylog.choices import FollowUpKind
from servicedesk.choices import Role, Tone


class RoundKind(models.TextChoices):
    PRE_SHIFT = "pre_shift", "岗前检查"
    ASSETS = "assets", "班后固定资产"
    EQUIPMENT = "equipment", "班后设施设备"


ROUND_PREFIXES = {RoundKind.PRE_SHIFT: "GQ", RoundKind.ASSETS: "ZC", RoundKind.EQUIPMENT: "SB"}
# What a failure of a round becomes in the list of follow-ups.
FAILURE_KINDS = {
    RoundKind.PRE_SHIFT: FollowUpKind.RECTIFICATION,
    RoundKind.ASSETS: FollowUpKind.ASSET,
    RoundKind.EQUIPMENT: FollowUpKind.HAZARD,
}
CLOSING_KINDS = (RoundKind.ASSETS, RoundKind.EQUIPMENT)
# Roles that may be named as who is told of a failure.
TOLD_ROLES = [(role.value, role.label) for role in (Role.ASSETS, Role.SAFETY, Role.SUPERVISOR, Role.MANAGER)]


class RoundState(models.TextChoices):
    RUNNING = "running", "检查中"
    DONE = "done", "已完成"
    REVIEWED = "reviewed", "已复核"
    EXCUSED = "excused", "批准漏查"


ROUND_TRANSITIONS = {
    RoundState.RUNNING: frozenset({RoundState.DONE, RoundState.EXCUSED}),
    RoundState.DONE: frozenset({RoundState.REVIEWED}),
}
ROUND_BADGES = {
    RoundState.RUNNING: (Tone.OCHRE, "hourglass-split"),
    RoundState.DONE: (Tone.JADE, "check2"),
    RoundState.REVIEWED: (Tone.INK, "check2-all"),
    RoundState.EXCUSED: (Tone.GREY, "slash-circle"),
}
SETTLED_ROUND_STATES = frozenset({RoundState.DONE, RoundState.REVIEWED, RoundState.EXCUSED})
CHECKED_ROUND_STATES = frozenset({RoundState.DONE, RoundState.REVIEWED})


class AnswerKind(models.TextChoices):
    """How an item is answered."""

    TICK = "tick", "√ 或 ×"
    OPEN = "open", "√ × 或 ●(须常开)"
    NUMBER = "number", "数量"


class Answer(models.TextChoices):
    """The signs of the paper."""

    OK = "ok", "√"
    FAILED = "failed", "×"
    STANDS_OPEN = "open", "●"
    NONE = "none", "/"
    DAMAGED = "damaged", "△"
    AWAY = "away", "○"


FAILED_ANSWERS = frozenset({Answer.FAILED, Answer.DAMAGED})
ANSWER_WORDS = {
    Answer.OK: "正常", Answer.FAILED: "有问题", Answer.STANDS_OPEN: "常开且正常", Answer.NONE: "无此项",
    Answer.DAMAGED: "损坏", Answer.AWAY: "借出或送修",
}
ASSET_WORDS = {**ANSWER_WORDS, Answer.OK: "在位完好", Answer.FAILED: "缺失"}
TICK_ANSWERS = (Answer.OK, Answer.FAILED, Answer.NONE)
OPEN_ANSWERS = (Answer.OK, Answer.STANDS_OPEN, Answer.FAILED, Answer.NONE)
ASSET_ANSWERS = (Answer.OK, Answer.DAMAGED, Answer.FAILED, Answer.AWAY)


class Fault(models.TextChoices):
    """情况 of a thing that is not as the list says."""

    MISSING = "missing", "缺失"
    DAMAGED = "damaged", "损坏"
    MISPLACED = "misplaced", "错位"
    LABEL = "label", "标签脱落"
    SURPLUS = "surplus", "多出"


class AssetState(models.TextChoices):
    IN_USE = "in_use", "在用"
    RETIRED = "retired", "已报废"


ASSET_TRANSITIONS = {
    AssetState.IN_USE: frozenset({AssetState.RETIRED}),
    AssetState.RETIRED: frozenset({AssetState.IN_USE}),
}
ASSET_BADGES = {
    AssetState.IN_USE: (Tone.JADE, "check-circle"),
    AssetState.RETIRED: (Tone.GREY, "archive"),
}


class AwayKind(models.TextChoices):
    LENT = "lent", "借出"
    REPAIR = "repair", "送修"
