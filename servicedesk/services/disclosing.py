"""Opening what is masked: a right, a reason, a line in the log."""

from django.db import models, transaction

from servicedesk.errors import NotAllowed, ReasonNeeded
from servicedesk.models import Disclosure, User

SHORTEST_REASON = 2


@transaction.atomic
def disclose(record: models.Model, field_label: str, user: User, reason: str, *,
             right: str | None = "servicedesk.reveal_personal") -> Disclosure:
    """Note that `user` opens `field_label` of `record`; the caller then shows the value.

    Without a `right` the caller has seen to it that it is meant for this very person.

    Raises:
        NotAllowed: without `right`.
        ReasonNeeded: no reason.
    """
    if right is not None and not user.has_perm(right):
        raise NotAllowed(right=f"查看{field_label}", whom="督导或负责人")
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonNeeded("请写明查看原因。")
    return Disclosure.objects.create(record=record, field=field_label, user=user, reason=reason.strip()[:200])
