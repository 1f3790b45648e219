"""The briefing of the day is published, and whoever was on duty has signed it."""

from collections.abc import Sequence

from django.urls import reverse

from dutylog.choices import Presence, ReceiptKind
from dutylog.gates.registry import ClosingGate, Miss, add_gate
from dutylog.models import Briefing, BriefingReceipt, DutyDay, ShiftPost

SHOWN = 4


def misses(day: DutyDay) -> Sequence[Miss]:
    """A day without a briefing misses nothing; those who are off sign when they are back."""
    briefing = Briefing.objects.filter(day=day).first()
    if briefing is None:
        return []
    url = reverse("dutylog:briefing_detail", args=[briefing.pk])
    if not briefing.is_published:
        return [Miss(f"早会记录 {briefing.number} 还没有发布", url)]
    names = _unsigned(briefing, day)
    if not names:
        return []
    more = f"等 {len(names)} 人" if len(names) > SHOWN else ""
    return [Miss(f"早会记录 {briefing.number} 当班人员还没有签字:{'、'.join(names[:SHOWN])}{more}", url)]


def _unsigned(briefing: Briefing, day: DutyDay) -> list[str]:
    on_duty = ShiftPost.objects.filter(shift__day=day).exclude(presence=Presence.ABSENT)
    signed = BriefingReceipt.objects.filter(
        kind=ReceiptKind.SIGNED, version__briefing=briefing, version__edition=briefing.edition
    )
    readers = briefing.readers.filter(person__in=on_duty.values("person"))
    unsigned = readers.exclude(pk__in=signed.values("reader")).select_related("person").order_by("order")
    return [reader.person.name for reader in unsigned]


add_gate(ClosingGate(key="dutylog.briefing", label="早会签字", misses=misses))
