"""One desk as a process of its own, for races between processes: `python -m tests.faults.desk_process finds …`.

Prints one line per act: the number it was given, or `refused: <sentence>`.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")
django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from lostfound.choices import IntakeKind  # noqa: E402
from lostfound.models import ItemCategory  # noqa: E402
from lostfound.services.item_facts import FoundItemFacts  # noqa: E402
from lostfound.services.items import register_found_item  # noqa: E402
from servicedesk.models import ServicePoint, User, Zone  # noqa: E402


def register_finds(count: int, roll_back_every: int) -> None:
    """Register `count` finds that stay, and roll one back after every few."""
    clerk, point, zone = User.objects.get(staff_no="1001"), ServicePoint.objects.get(serial_mark=""), Zone.objects.get()
    category = ItemCategory.objects.get(code="12")
    for turn in range(count):
        facts = FoundItemFacts(
            intake_kind=IntakeKind.VISITOR, category=category, thing="雨伞", found_at=timezone.now(), zone=zone,
            finder_is_anonymous=True,
        )
        if turn % roll_back_every == 0:
            with transaction.atomic():
                register_found_item(facts, by=clerk, point=point)
                transaction.set_rollback(True)
        print(register_found_item(facts, by=clerk, point=point).number, flush=True)


if __name__ == "__main__":
    register_finds(int(sys.argv[1]), int(sys.argv[2]))
