"""What lives longer than a day: open items, and follow-ups with owner and checker."""

import datetime as dt

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from dutylog.choices import (
    FOLLOW_UP_BADGES,
    FOLLOW_UP_TRANSITIONS,
    LIVE_FOLLOW_UP_STATES,
    OPEN_ITEM_BADGES,
    OPEN_ITEM_TRANSITIONS,
    FollowUpKind,
    FollowUpState,
    OpenItemState,
)
from dutylog.models.entries import LogEntry
from servicedesk.models import Department, Record, RecordQuerySet, Zone

PERSON = settings.AUTH_USER_MODEL


class OpenItemQuerySet(RecordQuerySet):
    def visible_to(self, user) -> "OpenItemQuerySet":
        """Those of the person's desks, and from anywhere those that the person owns."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.has_perm("servicedesk.see_all_points"):
            return self
        points = [point.pk for point in user.service_points.all()]
        return self.filter(Q(service_point__in=points) | Q(owner=user))

    def open(self) -> "OpenItemQuerySet":
        return self.filter(state=OpenItemState.OPEN)

    def overdue(self, now: dt.datetime) -> "OpenItemQuerySet":
        """Still open after its moment."""
        return self.open().filter(due_at__lt=now)

    def unassigned(self) -> "OpenItemQuerySet":
        """Open, and nobody answers for it or nobody said until when."""
        return self.open().filter(Q(owner=None) | Q(due_at=None))


class OpenItem(Record):
    """未结事项: one item, shown on each day until it is closed, never copied."""

    TRANSITIONS = OPEN_ITEM_TRANSITIONS

    state = models.CharField("状态", max_length=6, choices=OpenItemState.choices, default=OpenItemState.OPEN)
    text = models.CharField("事项", max_length=300)
    next_step = models.CharField("下一步", max_length=200, blank=True)
    owner = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任人")
    due_at = models.DateTimeField("期限", null=True, blank=True)
    entry = models.ForeignKey(
        LogEntry, models.PROTECT, null=True, blank=True, related_name="open_items", verbose_name="值班记录"
    )
    result = models.CharField("结果", max_length=300, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办结人"
    )
    history = HistoricalRecords(excluded_fields=["version"])

    objects = OpenItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "未结事项"
        ordering = ["-created_at"]
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        indexes = [
            models.Index(fields=["service_point", "state"]),
            models.Index(fields=["owner", "state"]),
            models.Index(fields=["-created_at", "-id"], name="openitem_created"),
        ]

    @property
    def badge(self) -> tuple:
        return OPEN_ITEM_BADGES[OpenItemState(self.state)]

    @property
    def age(self) -> int:
        """Days since it was written down, until it was closed."""
        last = timezone.localdate(self.closed_at) if self.closed_at else timezone.localdate()
        return (last - timezone.localdate(self.created_at)).days

    @property
    def is_overdue(self) -> bool:
        return bool(self.state == OpenItemState.OPEN and self.due_at and self.due_at < timezone.now())


class OpenItemUpdate(models.Model):
    """进展 of an open item, by day. Never changed."""

    item = models.ForeignKey(OpenItem, models.PROTECT, related_name="updates")
    text = models.CharField("进展", max_length=300)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="记录人")

    class Meta:
        verbose_name = verbose_name_plural = "事项进展"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.item} {self.text}"


class FollowUpQuerySet(RecordQuerySet):
    def visible_to(self, user) -> "FollowUpQuerySet":
        """Those of the person's desks, and from anywhere those that name the person."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.has_perm("servicedesk.see_all_points"):
            return self
        # Keys, not a join: a follow-up never stands twice in a list.
        points = [point.pk for point in user.service_points.all()]
        return self.filter(Q(service_point__in=points) | Q(owner=user) | Q(checker=user))

    def live(self) -> "FollowUpQuerySet":
        return self.filter(state__in=LIVE_FOLLOW_UP_STATES)

    def overdue(self, on: dt.date) -> "FollowUpQuerySet":
        """Still to be mended on a day after its due day."""
        return self.filter(state=FollowUpState.OPEN, due_on__lt=on)

    def still_since(self, moment: dt.datetime) -> "FollowUpQuerySet":
        """To be mended, there before a moment, and without a line of progress since."""
        said = FollowUpUpdate.objects.filter(follow_up=OuterRef("pk"), at__gte=moment)
        return self.filter(~Exists(said), state=FollowUpState.OPEN, created_at__lt=moment)

    def of_person(self, user) -> "FollowUpQuerySet":
        """What the person mends or checks."""
        return self.filter(Q(owner=user) | Q(checker=user))

    def waiting_for_check_by(self, user) -> "FollowUpQuerySet":
        """Done, and the person is the checker; or nobody was named and the person did not mend it."""
        done = self.filter(state=FollowUpState.DONE)
        return done.filter(Q(checker=user) | Q(checker=None)).exclude(done_by=user).exclude(owner=user)


class FollowUp(Record):
    """跟进 (a row of 每周问题整改跟进表): a hazard, a missing asset, a rectification, an old open item."""

    TRANSITIONS = FOLLOW_UP_TRANSITIONS

    state = models.CharField("状态", max_length=8, choices=FollowUpState.choices, default=FollowUpState.OPEN)
    kind = models.CharField("类别", max_length=13, choices=FollowUpKind.choices)
    problem = models.CharField("问题", max_length=300)
    zone = models.ForeignKey(Zone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="地点")
    place_detail = models.CharField("具体位置", max_length=100, blank=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    source = GenericForeignKey("content_type", "object_id")
    source_text = models.CharField("来源", max_length=60, blank=True)
    found_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="发现人")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任部门"
    )
    owner = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任人")
    told_at = models.DateTimeField("通知时间", null=True, blank=True)
    interim_measure = models.CharField("临时措施", max_length=200, blank=True)
    measure = models.CharField("整改措施", max_length=300, blank=True)
    due_on = models.DateField("期限", null=True, blank=True)
    checker = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复查人")
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    done_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="完成人")
    verified_at = models.DateTimeField("销号时间", null=True, blank=True)
    verified_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="销号人"
    )
    came_back = models.PositiveSmallIntegerField("复发次数", default=0)
    subject_key = models.CharField(max_length=120, blank=True, default="", editable=False)
    history = HistoricalRecords(excluded_fields=["version", "subject_key"])

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "跟进"
        ordering = ["-created_at"]
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        permissions = [
            ("verify_followup", "复查销号"),
            ("assign_followup", "指定责任人、复查人和期限"),
            ("void_followup", "作废跟进"),
        ]
        indexes = [
            models.Index(fields=["service_point", "state"]),
            models.Index(fields=["content_type", "object_id"]),
            models.Index(fields=["service_point", "kind", "subject_key"]),
            models.Index(fields=["owner", "state"]),
            models.Index(fields=["checker", "state"]),
            models.Index(fields=["-created_at", "-id"], name="followup_created"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["service_point", "kind", "subject_key"], name="one_live_follow_up_per_problem",
                condition=Q(state__in=["open", "done"]) & ~Q(subject_key=""),
            )
        ]

    @property
    def badge(self) -> tuple:
        return FOLLOW_UP_BADGES[FollowUpState(self.state)]

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_FOLLOW_UP_STATES

    @property
    def is_overdue(self) -> bool:
        is_open = self.state == FollowUpState.OPEN
        return bool(is_open and self.due_on and self.due_on < timezone.localdate())

    @property
    def checked_by(self):
        """Who closed it, else who is to."""
        return self.verified_by or self.checker

    @property
    def place(self) -> str:
        """`观景台 东侧栏杆`."""
        return f"{self.zone.name if self.zone else ''} {self.place_detail}".strip()


class FollowUpUpdate(models.Model):
    """每周进展 of a follow-up. Never changed."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="updates")
    text = models.CharField("进展", max_length=300)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="记录人")

    class Meta:
        verbose_name = verbose_name_plural = "整改进展"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.follow_up} {self.text}"
