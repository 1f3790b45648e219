"""Things that lie at the desk."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from lostfound.choices import PREFIX, IntakeKind, ItemState, MoveKind
from lostfound.models import CustodyMove, FoundItem, ItemCategory
from lostfound.services.clocks import desk_due_on
from servicedesk.services.serials import take_serial


@pytest.fixture
def make_find(point, zone, clerk):
    """A find in custody, straight into the tables: `make_find("手机", days=40, seal_number="F-1")`.

    `days` is how long ago it was handed in; Further columns are set as given.
    """

    @transaction.atomic
    def make(category: str = "雨具", *, days: int = 0, by=clerk, at=point, **columns) -> FoundItem:
        kind = ItemCategory.objects.get(name=category)
        handed_in = timezone.now() - dt.timedelta(days=days)
        facts = {
            "intake_kind": IntakeKind.VISITOR, "state": ItemState.IN_CUSTODY, "category": kind, "thing": category,
            "public_text": f"{category}一件", "is_valuable": kind.is_valuable, "found_at": handed_in, "zone": zone,
            "handed_in_at": handed_in, "created_at": handed_in, "finder_name": "张三丰", "holder": by,
            "desk_due_on": desk_due_on(kind, handed_in), **columns,
        }
        item = FoundItem(
            number=take_serial(PREFIX[facts["intake_kind"]], at), service_point=at, created_by=by, **facts
        )
        item._history_user = by
        item.save()
        CustodyMove.objects.create(
            item=item, kind=MoveKind.INTAKE, at=handed_in, from_text="张三丰", to_person=by, by=by
        )
        return item

    return make
