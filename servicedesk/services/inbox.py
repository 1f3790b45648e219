"""通知: what the program tells a person, in the inbox of the program."""

from collections.abc import Iterable

from django.db import models

from servicedesk.models import Message, User


def tell(
    people: Iterable[User], sentence: str, *, url: str = "", about: models.Model | None = None,
    is_urgent: bool = False,
) -> list[Message]:
    """Put a sentence into each person's inbox, in the caller's transaction; nobody is told twice of one thing.

    `sentence` never holds a visitor's name, phone or document number: it may leave the house. `url` is
    where the person can act, `about` the record it speaks of.
    """
    told = {person.pk: person for person in people}
    return Message.objects.bulk_create([
        Message(person=person, sentence=sentence[:300], url=url, record=about, is_urgent=is_urgent)
        for person in told.values()
    ])
