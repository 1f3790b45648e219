"""What the ground floor tells the start page: a runner that is silent, notices that were given up."""

from django.urls import reverse

from servicedesk.models import Delivery, Runner
from servicedesk.services.asking import Tally
from servicedesk.services.jobs import is_fresh
from servicedesk.services.today import Alarm, Named, Waiting, sources
from servicedesk.templatetags.said import when


def waiting(user) -> list[Alarm | Named]:
    """Alarms for the administrator and for who keeps the channels."""
    return [*_silent_runner(user), *_given_up(user)]


def _silent_runner(user) -> list[Named]:
    if not user.has_perm("servicedesk.see_jobs"):
        return []

    def say(runners: list[Runner]) -> list[Waiting]:
        beat_at = runners[0].beat_at if runners else None
        if is_fresh(beat_at):
            return []
        return [Waiting(
            sentence="后台任务没有在运行,对外通知发不出去,清理和提醒也停了", tone="cinnabar", url=reverse("job_list"),
            button="查看", age=f"最后心跳 {when(beat_at)}" if beat_at else "还没有启动过",
        )]

    return [Named(lists=[Runner.objects.order_by("-beat_at")[:1]], say=say)]


def _given_up(user) -> list[Alarm]:
    if not user.has_perm("servicedesk.manage_channels"):
        return []

    def line(tally: Tally) -> Waiting:
        return Waiting(
            sentence=f"{tally.count} 条对外通知试了多次没有发出,请核对渠道后重发", button="去处理", weight=tally.count,
            url=f"{reverse('delivery_list')}?state=given_up",
        )

    return [Alarm(rows=Delivery.objects.given_up(), line=line, oldest="")]


sources.waiting.append(waiting)
