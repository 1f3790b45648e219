"""台账: what a ledger is called and does, and the versions of its form. A version never changes."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from ledgers.choices import STATES_OF, Service
from ledgers.definitions import LedgerField, fields_of
from servicedesk.services import kept
from servicedesk.services.belonging import role_names

PERSON = settings.AUTH_USER_MODEL


class LedgerKindQuerySet(models.QuerySet):
    def in_order(self) -> "LedgerKindQuerySet":
        """All ledgers with the version in force, as the rail lists them."""
        return self.select_related("current").order_by("order", "pk")


class LedgerKind(models.Model):
    """A ledger of the desk: one of the six, one of the shipped ones, or one that the manager made."""

    code = models.SlugField("代码", max_length=8, unique=True, editable=False)
    prefix = models.CharField("编号字头", max_length=4, unique=True)
    name = models.CharField("台账名称", max_length=20)
    label = models.CharField("栏目名", max_length=6, help_text="左侧栏目里显示,2 到 6 个字")
    icon = models.CharField("图标", max_length=30, default="journal")
    service = models.CharField("办理方式", max_length=9, choices=Service.choices, default=Service.PLAIN)
    audience = models.JSONField("使用岗位", default=list, blank=True)
    retention_months = models.PositiveSmallIntegerField("个人信息保留月数", default=12)
    is_logged = models.BooleanField("每笔记入值班记录", default=False)
    is_active = models.BooleanField("在用", default=False)
    is_built_in = models.BooleanField("系统自带", default=False, editable=False)
    order = models.PositiveSmallIntegerField("次序", default=100)
    current = models.ForeignKey(
        "ledgers.LedgerVersion", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="现行版本"
    )
    draft = models.JSONField("草稿", null=True, blank=True)
    version = models.PositiveIntegerField("修改次数", default=1, editable=False)
    history = HistoricalRecords(excluded_fields=["version", "draft"])

    objects = LedgerKindQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "台账"
        ordering = ["order", "pk"]
        permissions = [("define_ledgers", "设置台账")]

    def __str__(self) -> str:
        return self.name

    def is_open_to(self, user: Any) -> bool:
        """Whether a person's roles use this ledger; one without roles is for all who may look into ledgers."""
        if not self.audience or user.is_superuser:
            return True
        return not set(role_names(user)).isdisjoint(self.audience)

    @property
    def states(self) -> tuple:
        return STATES_OF[Service(self.service)]


class LedgerVersion(models.Model):
    """A version of a ledger's form: title, fields, signature row, notes. An entry keeps the one it was written by."""

    kind = models.ForeignKey(LedgerKind, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    title = models.CharField("表头", max_length=30)
    fields = models.JSONField("栏目")
    signatures = models.JSONField("签字栏", default=list)
    footnotes = models.JSONField("表尾说明", default=list)
    summary_by = models.CharField("月度汇总按", max_length=20, blank=True)
    mark = models.CharField(max_length=64, editable=False)
    note = models.CharField("修改说明", max_length=100, blank=True)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="修改人")

    class Meta:
        verbose_name = verbose_name_plural = "台账版本"
        ordering = ["kind", "-number"]
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="one_ledger_version_per_number")]

    def __str__(self) -> str:
        return f"第 {self.number} 版"

    @cached_property
    def columns(self) -> tuple[LedgerField, ...]:
        """The fields in their order."""
        return fields_of(self.fields)


def all_kinds() -> list[LedgerKind]:
    """Every ledger with its version in force; on a page that is looked at from what is kept."""
    return kept.answer(("ledger kinds",), lambda: kept.rows_of(LedgerKind.objects.in_order()))
