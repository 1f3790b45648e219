"""Who keeps valuables at a service point."""

from servicedesk.choices import Role
from servicedesk.models import User


def custodians_at(point) -> list[User]:
    """The 失物招领负责人 of a desk, in the order of 工号."""
    return list(User.objects.active().at(point).holding(Role.CUSTODIAN).order_by("staff_no"))
