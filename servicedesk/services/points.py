"""Which desk a person works at now."""

import copy

from django.http import HttpRequest

from servicedesk.errors import Refusal
from servicedesk.models import ServicePoint
from servicedesk.services.belonging import open_points

SESSION_KEY = "service_point"


class NoServicePoint(Refusal):
    sentence = "您还没有分配服务点,请系统管理员在“人员与岗位”中指定后再登记。"


def own_points(request: HttpRequest) -> list[ServicePoint]:
    """The person's open desks, asked once per request."""
    if not hasattr(request, "own_points"):
        points = open_points(request.user)
        request.own_points = [copy.copy(point) for point in points]  # type: ignore[attr-defined]
    return request.own_points  # type: ignore[attr-defined]


def current_point(request: HttpRequest) -> ServicePoint | None:
    """The desk chosen on this computer, else the person's first; None when they have none."""
    points = own_points(request)
    chosen = request.session.get(SESSION_KEY)
    return next((p for p in points if p.pk == chosen), points[0] if points else None)


def required_point(request: HttpRequest) -> ServicePoint:
    """As `current_point`.

    Raises:
        NoServicePoint: the person works at no desk.
    """
    point = current_point(request)
    if point is None:
        raise NoServicePoint
    return point
