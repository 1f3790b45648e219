"""The job that sends what is queued: no more than the robots accept, together when there is more, tried again later.

A text is marked as tried before it is handed over and as sent afterwards: one that was handed over by a process
that died at that moment goes out a second time rather than not at all.
"""

import datetime as dt
import logging
import uuid
from collections.abc import Sequence

from django.db.models import F
from django.utils import timezone

from servicedesk.choices import ChannelKind, DeliveryState
from servicedesk.models import Channel, Delivery
from servicedesk.services import preferences
from servicedesk.services.posting import LONGEST, NotPosted, post

log = logging.getLogger(__name__)
MINUTE = dt.timedelta(minutes=1)
FIRST_PAUSE = dt.timedelta(minutes=1)
LONGEST_PAUSE = dt.timedelta(hours=2)
MOST_AT_ONCE = 500


def pause(tries: int) -> dt.timedelta:
    """How long after try number `tries` the next one waits: 1, 2, 4, 8 … minutes, two hours at most."""
    return min(FIRST_PAUSE * 2 ** min(tries - 1, 10), LONGEST_PAUSE)


def deliver() -> str:
    """Send what is due in every channel; says how much went out and how much did not."""
    sent = failed = 0
    due = Delivery.objects.waiting().filter(next_try_at__lte=timezone.now())
    for channel in Channel.objects.filter(is_active=True, pk__in=due.values("channel")):
        done, missed = _deliver_in(channel)
        sent, failed = sent + done, failed + missed
    return f"发出 {sent} 条,没发出 {failed} 条" if sent or failed else "没有要发的"


def _deliver_in(channel: Channel) -> tuple[int, int]:
    now, sent = timezone.now(), 0
    due = list(channel.deliveries.waiting().filter(next_try_at__lte=now).order_by("pk")[:MOST_AT_ONCE])
    room = preferences.value("servicedesk.posts_a_minute") - _posts_since(channel, now - MINUTE)
    for group in _messages(channel, due, max(room, 0)):
        claimed = _claim(group)
        if not claimed:
            continue
        try:
            post(channel, _text_of(claimed))
        except NotPosted as failure:
            _note_failure(claimed, str(failure))
            log.warning("notice channel %s: %s", channel.pk, failure)
            return sent, len(claimed)
        sent += _note_sent(claimed)
    return sent, 0


def _posts_since(channel: Channel, since: dt.datetime) -> int:
    tried = channel.deliveries.filter(last_try_at__gt=since)
    return tried.values("post").distinct().count()


def _messages(channel: Channel, due: Sequence[Delivery], room: int) -> list[list[Delivery]]:
    """Which texts go out together: each by itself while there is room, else as many as one message holds."""
    if len(due) <= room:
        return [[each] for each in due]
    longest = LONGEST[ChannelKind(channel.kind)]
    groups: list[list[Delivery]] = []
    for each in due:
        if groups and len(_text_of([*groups[-1], each]).encode()) <= longest:
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups[:room]


def _text_of(group: Sequence[Delivery]) -> str:
    longest = LONGEST[ChannelKind(group[0].channel.kind)]
    if len(group) == 1:
        return group[0].text.encode()[:longest].decode(errors="ignore")
    return f"共 {len(group)} 条通知\n" + "\n".join(f"{n}. {each.text}" for n, each in enumerate(group, start=1))


def _claim(group: Sequence[Delivery]) -> list[Delivery]:
    """Move the next try on before this one, so that whoever else looks passes these rows by."""
    now, mark, claimed = timezone.now(), uuid.uuid4(), []
    for each in group:
        rows = Delivery.objects.waiting().filter(pk=each.pk, tries=each.tries, next_try_at__lte=now)
        if rows.update(tries=F("tries") + 1, last_try_at=now, post=mark, next_try_at=now + pause(each.tries + 1)):
            each.tries += 1
            claimed.append(each)
    return claimed


def _note_sent(group: Sequence[Delivery]) -> int:
    keys = [each.pk for each in group]
    return Delivery.objects.waiting().filter(pk__in=keys).update(
        state=DeliveryState.SENT, sent_at=timezone.now(), error=""
    )


def _note_failure(group: Sequence[Delivery], sentence: str) -> None:
    most = preferences.value("servicedesk.post_tries")
    for each in group:
        state = DeliveryState.GIVEN_UP if each.tries >= most else DeliveryState.FAILED
        Delivery.objects.waiting().filter(pk=each.pk).update(state=state, error=sentence[:200])
