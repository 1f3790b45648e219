"""States, labels and constants of the ground floor."""

from django.db import models


class Tone(models.TextChoices):
    """The colour family of a state badge; always shown with a word and an icon."""

    INK = "ink", "墨"
    JADE = "jade", "青"
    OCHRE = "ochre", "赭"
    CINNABAR = "cinnabar", "朱"
    GREY = "grey", "灰"


class Theme(models.TextChoices):
    AUTO = "auto", "跟随系统"
    LIGHT = "light", "浅色"
    DARK = "dark", "深色"


class TextSize(models.TextChoices):
    SMALL = "s", "小"
    MEDIUM = "m", "中"
    LARGE = "l", "大"


class StorageKind(models.TextChoices):
    COUNTER = "counter", "前台柜"
    SAFE = "safe", "贵重保险柜"
    STORE = "store", "库房"
    FIRE_SAFE = "fire_safe", "防火箱"
    COLD = "cold", "冷藏"


class Sex(models.TextChoices):
    MALE = "m", "男"
    FEMALE = "f", "女"
    __empty__ = "未填"


class SignatureMeans(models.TextChoices):
    SCREEN = "screen", "屏幕签名"
    PAPER = "paper", "纸上签名"
    ACCOUNT = "account", "密码确认"


class Role(models.TextChoices):
    """The groups that migrations make; their rights stand in each app's `rights.py`."""

    CLERK = "客服员", "客服员"
    CUSTODIAN = "失物招领负责人", "失物招领负责人"
    FOREMAN = "领班", "领班"
    SUPERVISOR = "督导", "督导"
    MANAGER = "部门经理", "部门经理"
    DUTY_MANAGER = "值班经理", "值班经理"
    FINANCE = "财务", "财务"
    SAFETY = "安全管理员", "安全管理员"
    ASSETS = "资产管理员", "资产管理员"
    ADMIN = "系统管理员", "系统管理员"


class ChannelKind(models.TextChoices):
    """Ways out of the house for a notice."""

    WECOM = "wecom", "企业微信群机器人"
    DINGTALK = "dingtalk", "钉钉群机器人"
    FEISHU = "feishu", "飞书群机器人"
    EMAIL = "email", "电子邮件"


class DeliveryState(models.TextChoices):
    QUEUED = "queued", "待发送"
    SENT = "sent", "已发送"
    FAILED = "failed", "没发出,将重试"
    GIVEN_UP = "given_up", "已放弃"


class LongTaskState(models.TextChoices):
    WAITING = "waiting", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "没有做完"


LONG_TASK_BADGES = {
    LongTaskState.WAITING: (Tone.OCHRE, "hourglass-split"),
    LongTaskState.RUNNING: (Tone.OCHRE, "arrow-repeat"),
    LongTaskState.DONE: (Tone.JADE, "check2"),
    LongTaskState.FAILED: (Tone.CINNABAR, "x-circle"),
}
UNFINISHED_TASK_STATES = frozenset({LongTaskState.WAITING, LongTaskState.RUNNING})
DELIVERY_TRANSITIONS = {
    DeliveryState.QUEUED: frozenset({DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.GIVEN_UP}),
    DeliveryState.FAILED: frozenset({DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.GIVEN_UP}),
    DeliveryState.GIVEN_UP: frozenset({DeliveryState.QUEUED}),
}
DELIVERY_BADGES = {
    DeliveryState.QUEUED: (Tone.OCHRE, "hourglass-split"),
    DeliveryState.SENT: (Tone.JADE, "check2"),
    DeliveryState.FAILED: (Tone.OCHRE, "arrow-repeat"),
    DeliveryState.GIVEN_UP: (Tone.CINNABAR, "x-circle"),
}
