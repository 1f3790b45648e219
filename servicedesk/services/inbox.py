"""通知: what the program tells a person, in the inbox of the program."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from servicedesk.errors import PersonalDataInText
from servicedesk.models import Message, User
from servicedesk.services import preferences
from servicedesk.services.sending import URGENT, send

MOST_COUNTED = 99


def tell(
    people: Iterable[User], sentence: str, *, url: str = "", about: models.Model | None = None,
    is_urgent: bool = False,
) -> list[Message]:
    """Put a sentence into each person's inbox, in the caller's transaction; nobody is told twice of one thing.

    `sentence` never holds a visitor's name, phone or document number: it may leave the house. `url` is
    where the person can act, `about` the record it speaks of. What is urgent is also queued for the channels
    that get urgent notices, unless it holds a number that must not leave the house.
    """
    told = {person.pk: person for person in people}
    if is_urgent and told:
        _send_out(sentence, about)
    return Message.objects.bulk_create([
        Message(person=person, sentence=sentence[:300], url=url, record=about, is_urgent=is_urgent)
        for person in told.values()
    ])


def _send_out(sentence: str, about: models.Model | None) -> None:
    try:
        send(sentence, URGENT, by=None, about=about)
    except PersonalDataInText:
        # The inbox has it; outside the house such a text has no place.
        return


def unread_of(user: User) -> models.QuerySet:
    """The unread messages, for the badge of every page."""
    return Message.objects.visible_to(user).unread()


def unread_count(user: User) -> int:
    """How many unread messages, at most a hundred: the badge says 99+ beyond."""
    return unread_of(user).order_by().values("pk")[: MOST_COUNTED + 1].count()


def badge_text(count: int) -> str:
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")


def read_message(message: Message) -> None:
    """Note that its person opened it; the first time counts."""
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=timezone.now())


def settle(person: User, about: models.Model) -> int:
    """What a person was told of a record is done with: they did what it asked. Returns how many were unread."""
    kind = ContentType.objects.get_for_model(about)
    rows = Message.objects.visible_to(person).unread().filter(content_type=kind, object_id=about.pk)
    return rows.update(read_at=timezone.now())


def settle_all(about: models.Model) -> int:
    """What anybody was told of a record asks for nothing any more. Returns how many were unread."""
    kind = ContentType.objects.get_for_model(about)
    rows = Message.objects.unread().filter(content_type=kind, object_id=about.pk)
    return rows.update(read_at=timezone.now())


def read_all(user: User) -> int:
    """Mark everything of a person's inbox as read; returns how many were not."""
    return Message.objects.visible_to(user).unread().update(read_at=timezone.now())


def forget_old_messages() -> str:
    """Delete what was read longer ago than the setting says. What nobody read stays."""
    before = timezone.now() - dt.timedelta(days=preferences.value("servicedesk.inbox_days"))
    count, _ = Message.objects.filter(read_at__lt=before).delete()
    return f"清理已读通知 {count} 条"
