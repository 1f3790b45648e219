"""A form sent twice makes one record: its key is taken in the transaction that saves the record."""

import json
import uuid

from django.db import IntegrityError, transaction

from servicedesk.errors import AlreadySent
from servicedesk.models import Draft, Submission
from servicedesk.sealing import seal, unseal


def take_submission(key: uuid.UUID, user) -> Submission:
    """Claim a form's key for this save. Runs in the record's transaction: a roll-back frees the key.

    Raises:
        AlreadySent: the same form was saved before; `facts["url"]` leads to its record.
    """
    try:
        with transaction.atomic():
            return Submission.objects.create(key=key, user=user)
    except IntegrityError:
        first = Submission.objects.get(key=key)
        raise AlreadySent(url=first.result_url) from None


def finish_submission(submission: Submission, url: str) -> None:
    """Note where the saved record is seen."""
    submission.result_url = url
    submission.save(update_fields=["result_url"])


def save_draft(user, key: str, fields: dict) -> Draft:
    """Keep what was typed so far, sealed."""
    draft, _ = Draft.objects.update_or_create(
        user=user, key=key, defaults={"sealed_fields": seal(json.dumps(fields))}
    )
    return draft


def read_draft(user, key: str) -> tuple[dict, Draft] | None:
    """What was typed, and the draft row; None when there is none or it cannot be read."""
    draft = Draft.objects.filter(user=user, key=key).first()
    if draft is None:
        return None
    try:
        return json.loads(unseal(draft.sealed_fields)), draft
    except json.JSONDecodeError:
        return None


def discard_draft(user, key: str) -> None:
    Draft.objects.filter(user=user, key=key).delete()
