"""Rows of the inbox, of the channels out of the house, of background jobs and of the PIN."""

import datetime as dt

from django.utils import timezone

from servicedesk.choices import ChannelKind, DeliveryState, LongTaskState, Role
from servicedesk.models import Channel, Delivery, LongTask, Message, Runner
from tests.access.people import book
from tests.access.row import Row, everyone, only
from tests.access.world import thing

JOBS = (Role.MANAGER, Role.ADMIN)


@thing
def channel(world):  # noqa: ARG001
    return Channel.objects.create(
        name="值班群", kind=ChannelKind.FEISHU, address="https://open.feishu.cn/open-apis/bot/v2/hook/abcdefgh1234",
        topics=["urgent"],
    )


@thing
def lost_delivery(world):
    now = timezone.now()
    return Delivery.objects.create(
        channel=world.channel, topic="urgent", text="演练", state=DeliveryState.GIVEN_UP, created_at=now,
        next_try_at=now,
    )


@thing
def message(world):
    """One of the clerk's: nobody else may open it."""
    return Message.objects.create(person=world.person(Role.CLERK), sentence="有一件事")


@thing
def living_runner(world):  # noqa: ARG001
    now = timezone.now()
    # The walk over all addresses may take longer than a runner may be silent.
    return Runner.objects.create(name="runner", started_at=now, beat_at=now + dt.timedelta(hours=1))


@thing
def failed_task(world):
    """One of the clerk's: nobody else sees it."""
    return LongTask.objects.create(
        key="servicedesk.export", title="导出", by=world.person(Role.CLERK), asked_at=timezone.now(),
        state=LongTaskState.FAILED, said="没有做完", finished_at=timezone.now(),
    )


@thing
def done_task(world):
    """Its file was thrown away."""
    return LongTask.objects.create(
        key="servicedesk.export", title="导出", by=world.person(Role.CLERK), asked_at=timezone.now(),
        state=LongTaskState.DONE, said="Excel", finished_at=timezone.now(), file="gone",
    )


ROWS = [
    Row("inbox", get=everyone(200)),
    Row("inbox_badge", get=everyone(200)),
    Row("message_read_all", post=everyone(302)),
    Row("message_open", ("@message",), post=only(302, Role.CLERK), denied=404, of_desk="strictly"),
    Row("pin", get=everyone(200), post=everyone(422)),
    *book("channel", "@channel", Role.MANAGER),
    Row("channel_test", ("@channel",), post=only(302, Role.MANAGER)),
    Row("delivery_list", get=only(200, Role.MANAGER)),
    Row("delivery_retry", ("@lost_delivery",), post=only(302, Role.MANAGER)),
    Row("job_list", get=only(200, *JOBS)),
    Row("job_run", ("servicedesk.deliver",), post=only(302, *JOBS)),
    Row("longtask_list", get=everyone(200)),
    Row("longtask_rows", get=everyone(200)),
    Row("longtask_note", get=everyone(404)),
    Row("longtask_file", ("@done_task",), get=only(410, Role.CLERK), denied=404, of_desk="strictly"),
    Row("longtask_again", ("@failed_task",), post=only(302, Role.CLERK), denied=404, of_desk="strictly"),
    Row("health", get=everyone(200), is_open=True),
]
