"""招领公告: assembled from public words only; the first publication starts the legal clock."""

import re
import unicodedata
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from lostfound.choices import NOTICE_PREFIX, ItemState, NoticeState
from lostfound.errors.exits import ItemOfAnotherPoint, NotAnnounceable, NothingChosen, NothingToAnnounce
from lostfound.models import FoundItem, Notice, NoticeLine
from lostfound.services.clocks import legal_due_on
from servicedesk.errors import NotPossibleNow, ReasonNeeded
from servicedesk.models import ServicePoint
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial
from servicedesk.services.transitions import amend, move

ANNOUNCEABLE_STATES = (ItemState.IN_CUSTODY, ItemState.FINANCE)
# A phone or card number may be broken up by blanks and dashes.
_LONG_NUMBER = re.compile(r"\d(?:[\s\-–—·.]?\d){3,}")
SHORTEST_NAME = 2


def why_not_announceable(item: FoundItem) -> str:
    """The reason, as a sentence, why an item must not appear in a notice; empty when it may."""
    if item.category.is_forbidden:
        return "违禁、涉密、军用物品不公告,应立即移交公安。"
    if item.state not in ANNOUNCEABLE_STATES:
        return f"现在是“{item.get_state_display()}”。"
    return why_words_say_too_much(item.public_text, item)


def why_words_say_too_much(words: str, item: FoundItem) -> str:
    """What is wrong with the public words of an item: none, a number, or somebody's name."""
    plain = unicodedata.normalize("NFKC", words).strip()
    if not plain:
        return "还没有公开描述,请先在物品上补写。"
    if _LONG_NUMBER.search(plain):
        return "公开描述里有四位以上的号码,请改写。"
    if any(_holds_name(plain, name) for name in (item.name_on_item, item.finder_name)):
        return "公开描述里有姓名,请改写。"
    return ""


def _holds_name(words: str, name: str) -> bool:
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    return len(plain) >= SHORTEST_NAME and plain.casefold() in "".join(words.split()).casefold()


def notice_text(point: ServicePoint, lines: Sequence[str]) -> str:
    """The words of a notice: what was found in public terms, and how the owner gets it back."""
    things = "\n".join(f"{order}. {words}" for order, words in enumerate(lines, start=1))
    phone = f",电话 {point.phone}" if point.phone else ""
    return (
        f"我处拾得以下物品,请失主认领:\n{things}\n"
        f"请失主携带本人有效证件原件,到{point.name}说明物品特征后领取{phone}。"
    )


def _checked(items: Sequence[FoundItem], point: ServicePoint) -> list[FoundItem]:
    if not items:
        raise NothingChosen
    for item in items:
        if item.service_point_id != point.pk:
            raise ItemOfAnotherPoint(number=item.number, point=item.service_point.name)
        if why := why_not_announceable(item):
            raise NotAnnounceable(number=item.number, why=why)
    return list(items)


@transaction.atomic
def draft_notice(items: Sequence[FoundItem], channel: str, *, by, point: ServicePoint) -> Notice:
    """Start a notice (ZL) about `items` with the public words they have now.

    Raises:
        NothingChosen: no item.
        ItemOfAnotherPoint: an item lies at another desk.
        NotAnnounceable: forbidden, gone, or public words with a number or a name.
    """
    chosen = _checked(items, point)
    notice = Notice(
        number=take_serial(NOTICE_PREFIX, point), service_point=point, created_at=timezone.now(), created_by=by,
        channel=channel, text=notice_text(point, [item.public_text for item in chosen]),
    )
    notice._history_user = by
    notice.save()
    _write_lines(notice, chosen)
    index_record(notice)
    return notice


def _write_lines(notice: Notice, items: Sequence[FoundItem]) -> None:
    NoticeLine.objects.bulk_create([
        NoticeLine(notice=notice, item=item, public_text=item.public_text) for item in items
    ])


@transaction.atomic
def edit_notice(
    notice: Notice, items: Sequence[FoundItem], channel: str, *, by, version: int | None = None
) -> Notice:
    """Choose other items or another channel for a draft; its words are assembled anew.

    Raises:
        NotPossibleNow: the notice is out already.
        EditedMeanwhile: somebody else saved it since `version`.
        NothingChosen, ItemOfAnotherPoint, NotAnnounceable: as `draft_notice`.
    """
    held = Notice.objects.select_for_update().get(pk=notice.pk)
    if held.state != NoticeState.DRAFT:
        raise NotPossibleNow(number=held.number, state=held.get_state_display(), wanted="另选物品")
    chosen = _checked(items, notice.service_point)
    text = notice_text(notice.service_point, [item.public_text for item in chosen])
    is_other = {line.item_id for line in notice.lines.all()} != {item.pk for item in chosen}
    amend(notice, by=by, version=version, also="另选物品" if is_other else "", channel=channel, text=text)
    notice.lines.all().delete()
    _write_lines(notice, chosen)
    index_record(notice)
    return notice


@transaction.atomic
def publish_notice(notice: Notice, *, by) -> Notice:
    """Put a draft up. Items announced for the first time get their legal clock.

    Raises:
        NotAnnounceable: an item was claimed or changed since the draft was written.
        NothingToAnnounce: no line.
        NotPossibleNow, SomeoneWasFaster: not a draft any more.
    """
    items = list(
        FoundItem.objects.select_for_update(of=("self",)).select_related("category", "service_point")
        .filter(notice_lines__notice=notice).order_by("pk")
    )
    if not items:
        raise NothingToAnnounce(number=notice.number)
    _checked(items, notice.service_point)
    now = timezone.now()
    text = notice_text(notice.service_point, [item.public_text for item in items])
    move(notice, NoticeState.PUBLISHED, by=by, published_at=now, published_by=by, text=text)
    for item in items:
        notice.lines.filter(item=item).update(public_text=item.public_text)
        if item.announced_at is None:
            amend(item, by=by, reason=f"公告 {notice.number}", announced_at=now, legal_due_on=legal_due_on(now))
    index_record(notice)
    return notice


@transaction.atomic
def withdraw_notice(notice: Notice, *, by, reason: str) -> Notice:
    """Take a notice down, or throw a draft away. The legal clocks it started run on.

    Raises:
        ReasonNeeded: no reason.
        NotPossibleNow, SomeoneWasFaster: it is down already.
    """
    if not reason.strip():
        raise ReasonNeeded("请写明撤下原因。")
    move(
        notice, NoticeState.WITHDRAWN, by=by, reason=reason.strip()[:100], withdrawn_at=timezone.now(),
        withdrawn_by=by,
    )
    return notice
