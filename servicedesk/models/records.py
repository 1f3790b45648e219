"""What every register's row has, and the counters behind its number."""

from django.conf import settings
from django.db import models

from servicedesk.models.desks import of_desks


class RecordQuerySet(models.QuerySet):
    """Rows of a register. Every look-up starts at `visible_to`."""

    def visible_to(self, user) -> "RecordQuerySet":
        """The rows a person may see: those of their desks, or all with the right to see all."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.has_perm("servicedesk.see_all_points"):
            return self
        return self.filter(of_desks(user))


class Record(models.Model):
    """登记: number, desk, who and when, and the version that two editors compare."""

    number = models.CharField("编号", max_length=32, unique=True, editable=False)
    service_point = models.ForeignKey(
        "servicedesk.ServicePoint", models.PROTECT, verbose_name="服务点", related_name="+"
    )
    created_at = models.DateTimeField("登记时间")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="登记人", related_name="+"
    )
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number


class SerialCounter(models.Model):
    """The last number given per prefix, day and desk. Raised in the transaction that uses it."""

    prefix = models.CharField(max_length=8)
    on = models.DateField()
    service_point = models.ForeignKey("servicedesk.ServicePoint", models.PROTECT, related_name="+")
    last = models.PositiveIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "编号计数"
        constraints = [
            models.UniqueConstraint(fields=["prefix", "on", "service_point"], name="one_counter_per_day_and_point")
        ]

    def __str__(self) -> str:
        return f"{self.prefix} {self.on} {self.last}"


class Submission(models.Model):
    """A form that was saved: the same form sent again finds the record of the first time."""

    key = models.UUIDField(unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    result_url = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "已提交的表"

    def __str__(self) -> str:
        return str(self.key)


class Draft(models.Model):
    """未保存的填写: one per person and form, sealed, thrown away when the form is saved."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=120)
    sealed_fields = models.TextField(blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "草稿"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_draft_per_person_and_form")]

    def __str__(self) -> str:
        return self.key


class ListView(models.Model):
    """A person's saved way of looking at a list: its filter, order and columns."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="list_views")
    register = models.CharField(max_length=40)
    name = models.CharField("名称", max_length=30, blank=True, help_text="空名是上次离开时的样子")
    query = models.TextField(blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "列表视图"
        constraints = [models.UniqueConstraint(fields=["user", "register", "name"], name="one_view_per_name")]

    def __str__(self) -> str:
        return self.name
