"""Where a thing may lie: lithium cells in the fire-safe place, what spoils in the cold one."""

from lostfound.errors.items import StorageUnfit
from lostfound.models import ItemCategory
from servicedesk.choices import StorageKind
from servicedesk.models import StoragePlace


def refuse_unfit_place(category: ItemCategory, place: StoragePlace | None, *, field: str) -> None:
    """Refuse a place of another kind than the category needs, where the desk has one of that kind.

    Raises:
        StorageUnfit
    """
    if place is None or not category.kept_in or place.kind == category.kept_in:
        return
    fit = StoragePlace.objects.filter(service_point=place.service_point_id, kind=category.kept_in, is_active=True)
    codes = list(fit.order_by("code").values_list("code", flat=True)[:3])
    if codes:
        kind = StorageKind(category.kept_in).label
        raise StorageUnfit(field=field, category=category.name, kind=kind, places="、".join(codes))
