"""Of the day: not opened, people who have not signed in, lines late in the chain; today's lines; 记一笔."""

import datetime as dt

from django.db.models import CharField, F
from django.db.models.lookups import In
from django.urls import reverse
from django.utils import timezone

from dutylog.choices import DayState, Presence
from dutylog.models import DutyDay, LogEntry, NoticeStep, ShiftPost
from dutylog.registers.days import DUTY_DAYS
from dutylog.registers.entries import LOG_ENTRIES
from dutylog.services.chain import CHAIN_CATEGORIES, late_lines, steps_about
from dutylog.services.days import shift_at
from servicedesk.models import ServicePoint, Unsought
from servicedesk.services.belonging import open_points
from servicedesk.services.today import DutyMark, Named, Number, Start, Waiting, sources
from servicedesk.templatetags.said import when

URGENT, SOON = "cinnabar", "ochre"
CHAIN_DAYS = 2
MOST_DESKS, MOST_PEOPLE, MOST_LINES = 3, 5, 50


def duty_mark(user, point: ServicePoint) -> DutyMark | None:
    """The day and shift of a desk for the top bar; a night shift's early hours show the day before."""
    if not user.has_perm("dutylog.view_dutyday"):
        return None
    shift = shift_at(timezone.now(), point)
    on = shift.day.on if shift else timezone.localdate()
    url = DUTY_DAYS.detail_url(shift.day_id) if shift else reverse("dutylog:day_today")
    return DutyMark(on=on, shift=shift.get_kind_display() if shift else "", url=url)


def waiting(user) -> list[Named]:
    """Every alarm of the day that the person can do something about."""
    if not user.has_perm("dutylog.view_dutyday"):
        return []
    return [*_not_open(user), _not_here(user), *_late(user)]


def _not_open(user) -> list[Named]:
    if not user.has_perm("dutylog.add_dutyday"):
        return []
    points = open_points(user)

    def say(days: list[DutyDay]) -> list[Waiting]:
        opened = {day.service_point_id for day in days}
        return [
            Waiting(sentence=f"{point}今天还没有开班", url=reverse("dutylog:day_today"), button="去开班", weight=5)
            for point in points if point.pk not in opened
        ][:MOST_DESKS]

    rows = DutyDay.objects.filter(on=timezone.localdate(), service_point__in=points)
    return [Named(lists=[rows.exclude(state=DayState.NOT_OPEN)], say=say)]


def _not_here(user) -> Named:
    """People whose time has come and who have not signed in: the person itself, and who leads."""
    now = timezone.now()
    posts = ShiftPost.objects.filter(
        presence=Presence.EXPECTED, due_at__lt=now, shift__ends_at__gt=now,
        shift__day__in=DutyDay.objects.visible_to(user).unlocked(),
    ).select_related("person", "shift__day").order_by("due_at")
    leads = user.has_perm("dutylog.change_shiftpost")

    def say(found: list[ShiftPost]) -> list[Waiting]:
        return [
            Waiting(
                sentence=f"{'您' if post.person_id == user.pk else post.person.name}的{post.shift.get_kind_display()}"
                f"应于 {timezone.localtime(post.due_at):%H:%M} 到岗,还没有签到",
                url=DUTY_DAYS.detail_url(post.shift.day_id), button="去签到", tone=URGENT, weight=2,
            )
            for post in found
        ]

    return Named(lists=[(posts if leads else posts.filter(person=user))[:MOST_PEOPLE]], say=say)


def _late(user) -> list[Named]:
    """Lines whose next step of the chain is past its moment."""
    if not user.has_perm("dutylog.add_noticestep"):
        return []
    now = timezone.now()
    # Few days are open: found by them, not among the complaints of all years.
    of_chain = In(Unsought(F("category"), output_field=CharField()), CHAIN_CATEGORIES)
    lines = LogEntry.objects.visible_to(user).standing().filter(
        of_chain, entered_at__gte=now - dt.timedelta(days=CHAIN_DAYS), day__in=DutyDay.objects.unlocked(),
    )

    def say(entries: list[LogEntry], steps: list[NoticeStep]) -> list[Waiting]:
        return [
            Waiting(
                sentence=f"{entry.number} {entry.get_category_display()}{due.sentence}", tone=URGENT, button="去通报",
                url=reverse("dutylog:logentry_notice", args=[entry.pk]), age=when(entry.entered_at), weight=9,
            )
            for entry, due in late_lines(entries, now, steps)
        ]

    told = steps_about(LogEntry, lines.order_by().values("pk"))
    return [Named(lists=[lines.select_related("day")[:MOST_LINES], told], say=say)]


def numbers(user) -> list[Number]:
    """How many lines today has."""
    if not user.has_perm("dutylog.view_logentry"):
        return []
    midnight = timezone.make_aware(dt.datetime.combine(timezone.localdate(), dt.time()))
    rows = LogEntry.objects.visible_to(user).standing().filter(happened_at__gte=midnight)
    return [Number(label="今日值班记录", rows=rows, url=f"{LOG_ENTRIES.list_url()}?recent=today&struck=false")]


def starts(user) -> list[Start]:  # noqa: ARG001
    return [Start(label="记一笔", key="Alt+3", icon="pencil-square", url=reverse("dutylog:day_today"),
                  permission="dutylog.add_logentry", order=3)]


sources.duty = duty_mark
sources.waiting.append(waiting)
sources.numbers.append(numbers)
sources.starts.append(starts)
