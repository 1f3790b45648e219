"""Finds of the demo park: who brings what, where, and what is counted inside."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from lostfound.choices import IntakeKind
from lostfound.demo.things import INSIDE, PLACES, Thing, draw
from lostfound.models import FoundItem, ItemCategory
from lostfound.services.item_facts import CashFacts, ContentFacts, FoundItemFacts
from lostfound.services.items import register_found_item
from lostfound.services.valuables import is_valuable_by_rule
from servicedesk.choices import Role, StorageKind
from servicedesk.demo import words
from servicedesk.models import StoragePlace
from servicedesk.services.demo import Demo, at

KINDS = [IntakeKind.VISITOR] * 11 + [IntakeKind.STAFF] * 7 + [IntakeKind.ON_SPOT] * 2


def register_find(demo: Demo, point, moment: dt.datetime, thing: Thing | None = None) -> FoundItem:
    """Somebody brings a thing to `point` at `moment`; one that is named here is a visitor's and bears no name."""
    clerk = demo.one_of(Role.CLERK, point)
    if thing is None:
        facts = _facts(demo, point, moment, draw(demo.rng), demo.rng.choice(KINDS))
    else:
        facts = replace(_facts(demo, point, moment, thing, IntakeKind.VISITOR), name_on_item="")
    if is_valuable_by_rule(facts):
        facts = replace(facts, **_second(demo, point, clerk))
    with at(moment):
        return register_found_item(facts, by=clerk, point=point)


def _facts(demo: Demo, point, moment: dt.datetime, thing: Thing, kind: IntakeKind) -> FoundItemFacts:
    rng = demo.rng
    category = ItemCategory.objects.get(code=thing.kind.code)
    names_itself = category.is_identity or rng.random() < 0.08
    return FoundItemFacts(
        intake_kind=kind, category=category, thing=thing.name, unit=thing.kind.unit, brand=thing.brand,
        colour=thing.colour, features=";".join(thing.marks), secret_marks=thing.marks[-1] if len(thing.marks) > 1 else "",
        name_on_item=words.name(rng) if names_itself else "",
        number_on_item=_number(demo, thing) if category.is_identity else "",
        estimated_value=thing.value, found_at=moment - dt.timedelta(minutes=rng.randint(5, 100)),
        zone=rng.choice(demo.zones), place_detail=rng.choice(PLACES), handed_in_at=moment, has_label=True,
        contents=_contents(demo, thing), cash=_cash(demo, thing),
        storage=_storage(demo, point, category), **_finder(demo, kind),
    )


def _number(demo: Demo, thing: Thing) -> str:
    if thing.name == "居民身份证":
        return words.resident_number(demo.rng)
    return f"62{demo.rng.randrange(10**15):015d}" if thing.name == "银行卡" else f"E{demo.rng.randrange(10**8):08d}"


def _finder(demo: Demo, kind: str) -> dict:
    rng = demo.rng
    if kind != IntakeKind.VISITOR:
        spot = {"desk_came_at": None, "desk_absent_reason": "客服在前台接待", "foreman": demo.one_of(Role.FOREMAN),
                "witness": rng.choice(demo.people["finder"][16:])} if kind == IntakeKind.ON_SPOT else {}
        return {"finder": rng.choice(demo.people["finder"][:16]), **spot}
    if rng.random() < 0.3:
        return {"finder_is_anonymous": True}
    return {"finder_name": words.name(rng), "finder_phone": words.phone(rng), "finder_origin": words.origin(rng)}


def _second(demo: Demo, point, clerk) -> dict:
    """What a valuable needs: somebody who counts along, and a sealed bag."""
    others = [p for p in demo.people[Role.CLERK] + demo.people[Role.SUPERVISOR] if p != clerk]
    return {"second_person": demo.rng.choice(others), "seal_number": f"F{next(demo.running):06d}"}


def _contents(demo: Demo, thing: Thing) -> tuple[ContentFacts, ...]:
    if thing.kind.inside != "things":
        return ()
    picked = demo.rng.sample(INSIDE, k=demo.rng.randint(1, 4))
    return tuple(_line(text) for text in picked)


def _line(text: str) -> ContentFacts:
    name, *rest = text.split()
    return ContentFacts(thing=name, quantity=int(rest[0]) if rest[0].isdigit() else 1, unit=rest[-1][:2])


def _cash(demo: Demo, thing: Thing) -> tuple[CashFacts, ...]:
    if thing.kind.inside != "cash":
        return ()
    notes = demo.rng.sample([100, 50, 20, 10, 5, 1], k=demo.rng.randint(1, 3))
    return tuple(CashFacts(denomination=Decimal(note), pieces=demo.rng.randint(1, 6)) for note in notes)


def _storage(demo: Demo, point, category: ItemCategory) -> StoragePlace:
    kind = StorageKind.COUNTER
    if category.needs_fire_safe:
        kind = StorageKind.FIRE_SAFE
    elif category.is_valuable:
        kind = StorageKind.SAFE
    elif demo.rng.random() < 0.6:
        kind = StorageKind.STORE
    return demo.rng.choice(list(StoragePlace.objects.filter(service_point=point, kind=kind)))
