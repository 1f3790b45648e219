"""Rows of the inbox, of the channels out of the house, of background jobs and of the PIN."""

from django.utils import timezone

from servicedesk.choices import ChannelKind, DeliveryState, Role
from servicedesk.models import Channel, Delivery, Message, Runner
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
    return Runner.objects.create(name="runner", started_at=now, beat_at=now)


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
    Row("health", get=everyone(200), is_open=True),
]
