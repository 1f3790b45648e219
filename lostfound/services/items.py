"""Found items: registered, put right, taken in from the field, held, made void."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from lostfound.choices import OPEN_ITEM_STATES, PREFIX, IntakeKind, ItemState, MoveKind
from lostfound.errors.items import InRunningBatch, ItemEnded, NotOnHold, OpenClaimFirst
from lostfound.models import CashLine, ContentLine, FoundItem
from lostfound.services.booklets import use_sheet
from lostfound.services.claims import DISPUTE
from lostfound.services.clocks import desk_due_on
from lostfound.services.custody import custodian_time, move_item, refuse_on_hold, withdraw_offers
from lostfound.services.deeds import draft_good_deed, withdraw_good_deeds_of
from lostfound.services.item_facts import FoundItemFacts, check_facts, check_valuable, public_words
from lostfound.services.loglines import log_find
from lostfound.services.matching import suggest_for_item
from lostfound.services.police import call_supervisors
from lostfound.services.slips import make_slip, void_slip_of
from lostfound.services.valuables import is_valuable_by_rule
from servicedesk.choices import SignatureMeans
from servicedesk.errors import ReasonNeeded
from servicedesk.services import preferences
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial
from servicedesk.services.signing import sign
from servicedesk.services.transitions import amend, move

SECOND_ROLE = "复核/见证人"
THING_FIELDS = (
    "category", "thing", "quantity", "unit", "brand", "colour", "spec", "features", "secret_marks", "name_on_item",
    "number_on_item", "estimated_value", "found_at", "zone", "place_detail",
)
SPOT_FIELDS = ("desk_came_at", "desk_absent_reason", "witness", "foreman")


@transaction.atomic
def register_found_item(facts: FoundItemFacts, *, by, point) -> FoundItem:
    """Write a find into the book with all that falls out of it.

    Out come: the number, the first row of the custody chain, contents and cash lines, for a staff find
    the slip HZ and the draft of a good deed, the desk's own due day, matches with lost reports, the
    search words, a line of the running log; of a forbidden thing the supervisor is told. A find on the
    spot that stays with its finder begins as 现场暂管.

    Raises:
        FoundInFuture, FoundTooLongAgo, HandedInBeforeFound, HandedInInFuture: impossible times.
        FinderNeeded, StaffFinderNeeded: nobody found it.
        SecondPersonNeeded, SecondPersonMustDiffer, SealNumberNeeded, SealNumberTaken: a valuable.
        AbsurdNumber, StorageElsewhere: a slip of the hand.
    """
    now = timezone.now()
    is_valuable = facts.is_valuable or is_valuable_by_rule(facts)
    check_facts(facts, now=now, point=point)
    if is_valuable and not facts.is_field_held:
        check_valuable(facts.second_person, facts.seal_number, by=by, finder=facts.finder)
    item = _save_item(facts, by=by, point=point, now=now, is_valuable=is_valuable)
    _write_lines(ContentLine, item, facts.contents, by)
    _write_lines(CashLine, item, facts.cash, by)
    _first_move(item, facts, by=by, now=now)
    if facts.second_person and not facts.is_field_held:
        sign_second(item, facts.second_person, facts.second_means, by=by)
    if facts.booklet_number:
        use_sheet(facts.booklet_number, facts.sheet_number or 0, item, by)
    _fall_out(item, by=by)
    call_supervisors(item)
    return item


def _fall_out(item: FoundItem, *, by) -> None:
    if item.intake_kind != IntakeKind.VISITOR:
        make_slip(item, by=by)
        draft_good_deed(item, by=by)
    index_record(item)
    suggest_for_item(item)
    log_find(item, by=by)


def sign_second(item: FoundItem, person, means: str, *, by) -> None:
    """Keep that a second person counted and saw the seal closed."""
    text = f"已当面清点 {item.number} {item.described},封袋号 {item.seal_number or '无'}。"
    sign(item, SECOND_ROLE, text, by=by, signer_name=person.name, signer=person, means=means)


def _save_item(facts: FoundItemFacts, *, by, point, now: dt.datetime, is_valuable: bool) -> FoundItem:
    item = FoundItem(
        number=take_serial(PREFIX[IntakeKind(facts.intake_kind)], point), service_point=point, created_at=now,
        created_by=by, intake_kind=facts.intake_kind, is_valuable=is_valuable, is_late_entry=is_late(facts, now),
        **_thing_of(facts), **_finder_of(facts), **_spot_of(facts),
        **_custody_of(facts, by=by, now=now, is_valuable=is_valuable),
    )
    item.desk_due_on = desk_due_on(item.category, item.kept_since)
    item._history_user = by
    item.save()
    return item


def _thing_of(facts: FoundItemFacts) -> dict[str, Any]:
    thing = {name: getattr(facts, name) for name in THING_FIELDS}
    return thing | {"public_text": facts.public_text.strip() or public_words(facts.colour, facts.category, facts.thing)}


def _finder_of(facts: FoundItemFacts) -> dict[str, Any]:
    if facts.intake_kind != IntakeKind.VISITOR:
        return {"finder": facts.finder, "finder_post": post_of(facts.finder)}
    if facts.finder_is_anonymous:
        return {"finder_is_anonymous": True, "finder_name": "", "finder_phone": "", "finder_origin": ""}
    return {
        "finder_is_anonymous": False, "finder_name": facts.finder_name.strip(),
        "finder_phone": facts.finder_phone, "finder_origin": facts.finder_origin,
    }


def post_of(person) -> str:
    """`安保部 巡逻岗` as it stands today; the record keeps the words when the person moves on."""
    return " ".join(p for p in (person.department.name if person.department else "", person.position) if p)[:80]


def _custody_of(facts: FoundItemFacts, *, by, now: dt.datetime, is_valuable: bool) -> dict[str, Any]:
    if facts.is_field_held:
        return {"state": ItemState.FIELD_HELD, "holder": facts.finder}
    # A find on the spot that comes straight to the desk comes with its sheet: it is filed by that.
    filed = {"filed_at": now, "filed_by": by} if facts.intake_kind == IntakeKind.ON_SPOT else {}
    return {
        "state": ItemState.IN_CUSTODY, "holder": by, "handed_in_at": facts.handed_in_at or now,
        "storage": facts.storage, "seal_number": facts.seal_number.strip(), "has_label": facts.has_label,
        "second_person": facts.second_person, "second_person_at": now if facts.second_person else None,
        "custodian_took_at": custodian_time(by, now) if is_valuable else None, **filed,
    }


def _spot_of(facts: FoundItemFacts) -> dict[str, Any]:
    if facts.intake_kind != IntakeKind.ON_SPOT:
        return {}
    return {name: getattr(facts, name) for name in SPOT_FIELDS}


def is_late(facts: FoundItemFacts, now: dt.datetime) -> bool:
    """补录: written down later than the setting after it was handed in (on the spot: found)."""
    since = facts.found_at if facts.intake_kind == IntakeKind.ON_SPOT else facts.handed_in_at or now
    return now - since > dt.timedelta(minutes=preferences.value("lostfound.late_entry_minutes"))


def _write_lines(model, item: FoundItem, lines: Iterable, by) -> None:
    """Bring the lines of an item to what was typed; a line no longer there goes, its history stays."""
    present = {row.pk: row for row in model.objects.filter(item=item)} if item.version > 1 else {}
    for line in lines:
        values = {name: value for name, value in vars(line).items() if name != "pk"}
        row = present.pop(line.pk, None) or model(item=item)
        if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row._history_user = by
            row.save()
    for row in present.values():
        row._history_user = by
        row.delete()


def _first_move(item: FoundItem, facts: FoundItemFacts, *, by, now: dt.datetime) -> None:
    if facts.is_field_held:
        move_item(
            item, kind=MoveKind.INTAKE, by=by, from_text="现场拾获", to_person=facts.finder, at=facts.found_at,
            taken_at=facts.found_at, taken_means=SignatureMeans.PAPER,
        )
        return
    # The chain is never erased, a visitor's name is one day: it stands on the record, not here.
    visitor = "" if facts.finder else "拾物游客"
    move_item(
        item, kind=MoveKind.INTAKE, by=by, from_person=facts.finder, from_text=visitor, to_person=by,
        place=facts.storage, at=item.handed_in_at, given_at=item.handed_in_at, given_means=SignatureMeans.PAPER,
        taken_at=now, taken_means=SignatureMeans.ACCOUNT,
    )


@transaction.atomic
def edit_found_item(item: FoundItem, facts: FoundItemFacts, *, by, version: int, reason: str = "") -> FoundItem:
    """Put right what was typed about the thing, its find and its finder; custody has its own ways.

    An ordinary thing that turns out valuable needs the second person and the seal of a valuable.

    Raises:
        EditedMeanwhile: somebody saved since `version` was read.
        ItemEnded: the record is closed.
        OpenClaimFirst: a claim is being checked against these words.
        and those of `register_found_item`.
    """
    _refuse_edit(item)
    was_forbidden = item.category.is_forbidden
    check_facts(facts, now=timezone.now(), point=item.service_point)
    is_valuable = facts.is_valuable or is_valuable_by_rule(facts)
    changes = {**_thing_of(facts), **_finder_of(facts), **_spot_of(facts), "is_valuable": is_valuable}
    changes["handed_in_at"] = facts.handed_in_at or item.handed_in_at
    changes["desk_due_on"] = desk_due_on(facts.category, changes["handed_in_at"] or facts.found_at)
    if facts.finder == item.finder:
        changes.pop("finder_post", None)
    if item.state != ItemState.FIELD_HELD:
        changes |= _keeping_changes(item, facts, is_valuable, by)
    lines = _changed_lines(item, facts)
    amend(item, by=by, version=version, reason=reason[:100], also=";".join(f"{word}已改" for word in lines), **changes)
    for model, typed in lines.values():
        _write_lines(model, item, typed, by)
    _fall_out(item, by=by)
    if not was_forbidden:
        call_supervisors(item)
    return item


def _changed_lines(item: FoundItem, facts: FoundItemFacts) -> dict[str, tuple[Any, Iterable]]:
    """What stands below the item and was typed otherwise, by its name."""
    lines = {"内装物品": (ContentLine, facts.contents), "现金清点": (CashLine, facts.cash)}
    return {name: each for name, each in lines.items() if not _are_same(*each, item)}


def _are_same(model: Any, typed: Iterable, item: FoundItem) -> bool:
    rows = {row.pk: row for row in model.objects.filter(item=item)}
    return len(rows) == len(typed := list(typed)) and all(
        line.pk in rows and all(getattr(rows[line.pk], name) == value for name, value in vars(line).items())
        for line in typed
    )


def _refuse_edit(item: FoundItem) -> None:
    if item.state == ItemState.CLAIMING:
        raise OpenClaimFirst(number=item.number)
    if item.state not in OPEN_ITEM_STATES:
        raise ItemEnded(number=item.number, state=item.get_state_display())


def _keeping_changes(item: FoundItem, facts: FoundItemFacts, is_valuable: bool, by) -> dict[str, Any]:
    changes: dict[str, Any] = {"seal_number": facts.seal_number.strip(), "has_label": facts.has_label}
    if not is_valuable:
        return changes
    second = facts.second_person or item.second_person
    check_valuable(second, facts.seal_number, by=None, finder=facts.finder, besides=item)
    if facts.second_person and facts.second_person != item.second_person:
        changes |= {"second_person": facts.second_person, "second_person_at": timezone.now()}
        sign_second(item, facts.second_person, facts.second_means, by=by)
    return changes


@transaction.atomic
def accept_field_item(
    item: FoundItem, *, by, storage=None, seal_number: str = "", second_person=None,
    second_means: str = SignatureMeans.ACCOUNT, has_label: bool = False,
) -> FoundItem:
    """Take a find that its finder held in the field into the desk's custody; its sheet is filed by that.

    Raises:
        NotPossibleNow, SomeoneWasFaster: it is not 现场暂管 any more.
        SecondPersonNeeded, SealNumberNeeded …: a valuable.
    """
    now = timezone.now()
    if item.is_valuable:
        check_valuable(second_person, seal_number, by=by, finder=item.finder, besides=item)
    move(
        item, ItemState.IN_CUSTODY, by=by, reason="收进保管", handed_in_at=now, filed_at=now, filed_by=by,
        seal_number=seal_number.strip(), has_label=has_label, second_person=second_person,
        second_person_at=now if second_person else None, desk_due_on=desk_due_on(item.category, now),
    )
    move_item(
        item, kind=MoveKind.INTAKE, by=by, from_person=item.finder, to_person=by, place=storage, at=now,
        given_at=now, given_means=SignatureMeans.PAPER, taken_at=now, taken_means=SignatureMeans.ACCOUNT,
    )
    if second_person:
        sign_second(item, second_person, second_means, by=by)
    return item


@transaction.atomic
def void_found_item(item: FoundItem, *, by, reason: str) -> FoundItem:
    """Make a find void. Its number is never used again; slip, offers and good deed go with it.

    Raises:
        ReasonNeeded: no reason.
        ItemOnHold, OpenClaimFirst, InRunningBatch: somebody still needs it.
        NotPossibleNow, SomeoneWasFaster: it has ended already.
    """
    reason = needed(reason)
    refuse_on_hold(item)
    if item.state == ItemState.CLAIMING:
        raise OpenClaimFirst(number=item.number)
    if item.batch_lines.filter(is_active=True, done_at__isnull=True).exists():
        raise InRunningBatch(number=item.number)
    move(item, ItemState.VOID, by=by, reason=reason[:100], ended_at=timezone.now(), end_note=reason[:200])
    withdraw_offers(item)
    void_slip_of(item, by=by, reason=reason)
    withdraw_good_deeds_of(item, by=by, reason=reason)
    suggest_for_item(item)
    index_record(item)
    return item


@transaction.atomic
def hold_item(item: FoundItem, *, by, reason: str) -> FoundItem:
    """冻结: block every exit (dispute, police request). A second reason is added to the first.

    Raises:
        ReasonNeeded, ItemEnded.
    """
    reason = needed(reason)
    if not item.is_open:
        raise ItemEnded(number=item.number, state=item.get_state_display())
    # A dispute lifts its own hold when it is decided: a further cause stands before it, so that this one stays.
    is_disputed = item.hold_reason.startswith(DISPUTE)
    reasons = [reason, item.hold_reason] if is_disputed else [item.hold_reason, reason]
    whole = ";".join(part for part in reasons if part)
    amend(
        item, by=by, reason=reason[:100], is_on_hold=True, hold_reason=whole[:200], held_at=timezone.now(),
        held_by=by,
    )
    return item


@transaction.atomic
def unhold_item(item: FoundItem, *, by, reason: str) -> FoundItem:
    """解冻: open the exits again.

    Raises:
        ReasonNeeded, NotOnHold.
    """
    reason = needed(reason)
    if not item.is_on_hold:
        raise NotOnHold(number=item.number)
    amend(item, by=by, reason=reason[:100], is_on_hold=False, hold_reason="", held_at=None, held_by=None)
    return item


def needed(reason: str) -> str:
    """The reason, trimmed.

    Raises:
        ReasonNeeded: there is none.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    return reason.strip()
