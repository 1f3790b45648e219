"""对外通知: texts queued for chat robots and e-mail, in the transaction of what they tell of. The job sends them."""

import re
import unicodedata

from django.db import models, transaction
from django.utils import timezone

from servicedesk.choices import DeliveryState
from servicedesk.errors import DeliveryGone, PersonalDataInText
from servicedesk.models import Channel, Delivery
from servicedesk.services.transitions import move

URGENT, REMINDER, TEST = "urgent", "reminder", "test"
# A phone with or without its usual gaps, a landline, one from abroad; a number of a card or document.
PERSONAL = re.compile(
    r"(?<![\d.])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"
    r"|(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)"
    r"|\+\d[\d -]{7,17}\d"
    r"|(?<![\dA-Za-z])\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?![\dA-Za-z])"
    r"|(?<!\d)\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{3,7}(?!\d)"
    r"|(?<![\dA-Za-z-])[A-Za-z]{1,2}\d{7,8}(?:\(\d\))?(?![\dA-Za-z])"
)
_topics: dict[str, str] = {}


def add_topic(key: str, label: str) -> None:
    """Make a kind of text known, for managers to choose which channel gets it; called by an app's `topics.py`."""
    _topics[key] = label


def topics() -> list[tuple[str, str]]:
    return list(_topics.items())


def topic_label(key: str) -> str:
    return _topics.get(key, "试发" if key == TEST else key)


def refuse_personal(text: str) -> None:
    """Raise PersonalDataInText when `text` holds what may be a phone or document number."""
    found = PERSONAL.search(unicodedata.normalize("NFKC", text))
    if found:
        raise PersonalDataInText(found=f"{found[0][:3]}****")


def send(text: str, topic: str, *, by, about: models.Model | None = None) -> list[Delivery]:
    """Queue a text for every open channel that gets `topic`; returns the rows, one per channel.

    Nothing leaves before the caller's transaction is committed, and nothing waits for the network here. A row says
    to whom (`channel`), whether and when (`state`, `sent_at`). Without a channel the answer is empty.

    Raises:
        PersonalDataInText: the text holds a phone or document number.
        KeyError: nobody declared the topic.
    """
    label = _topics[topic]
    refuse_personal(text)
    channels = [each for each in Channel.objects.filter(is_active=True) if topic in each.topics]
    return [_queue(each, topic, f"【{label}】{text}", by, about) for each in channels]


def send_test(channel: Channel, *, by) -> Delivery:
    """Queue a line that says only that the channel works, whatever topics it gets."""
    return _queue(channel, TEST, f"【试发】游客服务台的通知渠道“{channel.name}”已接通。", by, None)


def _queue(channel: Channel, topic: str, text: str, by, about: models.Model | None) -> Delivery:
    now = timezone.now()
    return Delivery.objects.create(
        channel=channel, topic=topic, text=text, about=about, created_at=now, next_try_at=now, created_by=by,
    )


@transaction.atomic
def try_again(delivery: Delivery, *, by) -> None:
    """Put a text that was given up back into the queue.

    Raises:
        DeliveryGone: it was not given up, or a colleague was faster.
    """
    if delivery.state != DeliveryState.GIVEN_UP:
        raise DeliveryGone
    move(delivery, DeliveryState.QUEUED, by=by, tries=0, next_try_at=timezone.now(), error="")


def deliveries_of(record: models.Model) -> models.QuerySet:
    """What was told outside the house of a record, the newest first."""
    return Delivery.objects.of(record).select_related("channel", "created_by")
