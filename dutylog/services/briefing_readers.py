"""全员审阅: the audience of a briefing, what each was given, opened and signed, and who has not signed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from dutylog.choices import BriefingState, Presence, ReceiptKind
from dutylog.errors.briefings import AlreadySigned, BriefingNotPublished, ChangedWhileReading, NobodyToRead, NotAsked
from dutylog.models import Briefing, BriefingReader, BriefingReceipt, BriefingVersion, ShiftPost
from dutylog.services.briefing_versions import newest_version
from servicedesk.choices import SignatureMeans
from servicedesk.models import User
from servicedesk.services import preferences
from servicedesk.services.asking import gathered
from servicedesk.services.inbox import settle, tell
from servicedesk.services.sending import REMINDER, send
from servicedesk.services.signing import sign

OFF_DUTY = "休息"
REVIEW = "审阅"
OPEN_TO_SIGN = (BriefingState.PUBLISHED, BriefingState.AMENDED, BriefingState.CLOSED)


@dataclass(frozen=True)
class Standing:
    """A line of the board: one reader and the newest version, and what they signed before it."""

    reader: BriefingReader
    delivered_at: dt.datetime | None = None
    opened_at: dt.datetime | None = None
    signed_at: dt.datetime | None = None
    is_late: bool = False
    earlier: tuple[tuple[int, dt.datetime], ...] = field(default=())

    @property
    def is_asked_again(self) -> bool:
        """Signed a version that was changed since."""
        return self.signed_at is None and bool(self.earlier)


def freeze_audience(briefing: Briefing) -> list[BriefingReader]:
    """Write down who has to read: the day's roster, then the people of the desk who are off.

    Raises:
        NobodyToRead: neither a roster nor people in the roles of the setting.
    """
    people: dict[int, str] = {}
    posts = ShiftPost.objects.filter(shift__day=briefing.day, person__is_active=True)
    for post in posts.select_related("shift").order_by("shift__starts_at", "-is_lead", "pk"):
        duty = "缺勤" if post.presence == Presence.ABSENT else post.shift.get_kind_display()
        people.setdefault(post.person_id, duty)
    roles = preferences.value("dutylog.briefing_roles")
    others = User.objects.active().at(briefing.service_point).holding(*roles).order_by("staff_no")
    for person in others:
        people.setdefault(person.pk, OFF_DUTY)
    if not people:
        raise NobodyToRead(point=briefing.service_point)
    return BriefingReader.objects.bulk_create([
        BriefingReader(briefing=briefing, person_id=key, order=order, duty=duty)
        for order, (key, duty) in enumerate(people.items(), start=1)
    ])


def deliver_version(version: BriefingVersion, *, url: str) -> None:
    """Give a version to every reader. Who signed an earlier one is told to sign again, at the first one everybody."""
    briefing = version.briefing
    readers = list(briefing.readers.select_related("person"))
    now = timezone.now()
    BriefingReceipt.objects.bulk_create([
        BriefingReceipt(version=version, reader=reader, kind=ReceiptKind.DELIVERED, at=now) for reader in readers
    ])
    if version.edition == 1:
        sentence = f"早会记录 {briefing} 已发布,请审阅签字"
        told = readers
    else:
        sentence = f"早会记录 {briefing} 已改为第 {version.edition} 版({version.reason}),请重新审阅签字"[:300]
        signed = BriefingReceipt.objects.filter(version__briefing=briefing, kind=ReceiptKind.SIGNED)
        again = set(signed.values_list("reader_id", flat=True))
        told = [reader for reader in readers if reader.pk in again]
    tell([reader.person for reader in told], sentence, url=url, about=briefing)


def note_opened(briefing: Briefing, person: User) -> bool:
    """The reader has the newest version on the screen; only the first time counts. False for whoever is not asked."""
    version = newest_version(briefing)
    reader = briefing.readers.filter(person=person).first()
    if version is None or reader is None:
        return False
    BriefingReceipt.objects.bulk_create(
        [BriefingReceipt(version=version, reader=reader, kind=ReceiptKind.OPENED, at=timezone.now())],
        ignore_conflicts=True,
    )
    return True


@transaction.atomic
def sign_briefing(briefing: Briefing, *, by: User, edition: int) -> BriefingReceipt:
    """审阅签字 under the version that was on the screen. Password or PIN was confirmed before.

    Raises:
        BriefingNotPublished: a draft.
        NotAsked: not in the audience.
        ChangedWhileReading: another version stands now.
        AlreadySigned: signed before.
    """
    briefing = Briefing.objects.select_for_update().get(pk=briefing.pk)
    version = newest_version(briefing)
    if briefing.state not in OPEN_TO_SIGN or version is None:
        raise BriefingNotPublished(number=briefing.number)
    reader = briefing.readers.filter(person=by).first()
    if reader is None:
        raise NotAsked(number=briefing.number)
    if edition != briefing.edition:
        raise ChangedWhileReading(number=briefing.number, edition=briefing.edition)
    note_opened(briefing, by)
    try:
        with transaction.atomic():
            receipt = BriefingReceipt.objects.create(
                version=version, reader=reader, kind=ReceiptKind.SIGNED, at=timezone.now()
            )
    except IntegrityError:
        raise AlreadySigned(number=briefing.number, edition=edition) from None
    sign(
        briefing, REVIEW, f"已审阅 {briefing.number} 第 {edition} 版(校验 {version.short_code})", by=by,
        signer_name=by.name, signer=by, means=SignatureMeans.ACCOUNT, at=receipt.at,
    )
    settle(by, briefing)
    return receipt


def board_questions(briefing: Briefing) -> dict[str, models.QuerySet]:
    """What `board` is made of."""
    return {
        "readers": briefing.readers.select_related("person"),
        "receipts": BriefingReceipt.objects.filter(version__briefing=briefing).select_related("version"),
    }


def board(briefing: Briefing, found: Mapping[str, Sequence[Any]] | None = None) -> list[Standing]:
    """Every reader in the frozen order, whoever has not signed included; `found` answers `board_questions`."""
    found = found or gathered(board_questions(briefing))
    receipts: dict[int, list[BriefingReceipt]] = {}
    for receipt in found["receipts"]:
        receipts.setdefault(receipt.reader_id, []).append(receipt)
    return [_standing(briefing, reader, receipts.get(reader.pk, [])) for reader in found["readers"]]


def _standing(briefing: Briefing, reader: BriefingReader, receipts: list[BriefingReceipt]) -> Standing:
    newest = {r.kind: r.at for r in receipts if r.version.edition == briefing.edition}
    signed = [(r.version.edition, r.at) for r in receipts if r.kind == ReceiptKind.SIGNED]
    signed_at = newest.get(ReceiptKind.SIGNED)
    return Standing(
        reader=reader, delivered_at=newest.get(ReceiptKind.DELIVERED), opened_at=newest.get(ReceiptKind.OPENED),
        signed_at=signed_at, is_late=signed_at is not None and timezone.localdate(signed_at) > briefing.on,
        earlier=tuple(sorted(pair for pair in signed if pair[0] < briefing.edition)),
    )


@transaction.atomic
def remind_unsigned(briefing: Briefing, *, url: str) -> int:
    """Tell each reader who has not signed, once per version, and the channels how many; returns how many were told."""
    version = newest_version(briefing)
    if version is None:
        return 0
    done = version.receipts.filter(kind__in=(ReceiptKind.SIGNED, ReceiptKind.REMINDED))
    late = list(briefing.readers.exclude(pk__in=done.values("reader")).select_related("person"))
    made = BriefingReceipt.objects.bulk_create([
        BriefingReceipt(version=version, reader=reader, kind=ReceiptKind.REMINDED, at=timezone.now())
        for reader in late
    ])
    tell([r.person for r in late], f"早会记录 {briefing} 您还没有审阅签字", url=url, about=briefing)
    if late:
        send(f"早会记录 {briefing} 还有 {len(late)} 人没有审阅签字", REMINDER, by=None, about=briefing)
    return len(made)
