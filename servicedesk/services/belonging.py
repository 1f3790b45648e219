"""Which roles and open desks a person has."""

from django.contrib.auth.models import AnonymousUser

from servicedesk.models import ServicePoint, User
from servicedesk.services import kept


def role_names(user: User | AnonymousUser) -> list[str]:
    """Names of the person's roles."""
    return kept.answer(("roles", user.pk), lambda: [group.name for group in kept.rows_of(user.groups.all())])


def open_points(user: User | AnonymousUser) -> list[ServicePoint]:
    """The person's desks that are in use, of those that a request has in hand; shared, so never changed."""
    return [point for point in user.service_points.all() if point.is_active]
