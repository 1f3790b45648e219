"""Which roles and desks a person has, from the kept tables."""

from django.contrib.auth.models import AnonymousUser

from servicedesk.models import ServicePoint, User
from servicedesk.services import kept


def role_names(user: User | AnonymousUser) -> list[str]:
    """Names of the person's roles."""
    return kept.answer(("roles", user.pk), lambda: [group.name for group in kept.rows_of(user.groups.all())])


def open_points(user: User | AnonymousUser) -> list[ServicePoint]:
    """The person's desks that are in use; shared between requests, so never changed."""
    return kept.answer(("points", user.pk), lambda: kept.rows_of(user.service_points.filter(is_active=True)))
