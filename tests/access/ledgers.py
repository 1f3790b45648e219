"""Rows of the small ledgers: their books and entries, what is lent and given, how ledgers are made."""

from django.utils import timezone

from ledgers.definitions import LedgerField
from ledgers.models import LedgerEntry, LedgerKind, StockThing
from ledgers.services.entries import EntryFacts
from ledgers.services.formchecks import FormFacts
from ledgers.services.kinds import KindFacts, create_kind, save_draft, switch_on_preset
from ledgers.services.registering import register_entry
from ledgers.services.stock import ThingFacts, add_thing
from servicedesk.choices import Role
from tests.access.row import Row, only
from tests.access.world import thing

DESK = (Role.CLERK, Role.CUSTODIAN, Role.SUPERVISOR, Role.MANAGER)
SEES = (*DESK, Role.FOREMAN, Role.DUTY_MANAGER)
LEADS = (Role.SUPERVISOR, Role.MANAGER)
REVEALS = (Role.CUSTODIAN, *LEADS)
REASON = {"reason": "测试原因"}
EXPORTED = {"get_writes": ("servicedesk_exportlog",)}  # an export is itself an act that must be on record
PHONE = "13812345678"


def _entry(world, code: str, values: dict, **more) -> LedgerEntry:
    facts = EntryFacts(happened_at=timezone.now(), values=values, **more)
    return register_entry(LedgerKind.objects.in_order().get(code=code), facts, by=world.clerk, point=world.point)


def _thing(world, code: str, name: str) -> StockThing:
    kind = LedgerKind.objects.get(code=code)
    facts = ThingFacts(name=name, low_at=99)
    return add_thing(kind, facts, by=world.clerk, point=world.point, quantity=9)


@thing
def ledger_wheelchair(world) -> StockThing:
    return _thing(world, "jy", "轮椅")


@thing
def ledger_fan(world) -> StockThing:
    return _thing(world, "zp", "折扇")


@thing
def ledger_bag(world) -> LedgerEntry:
    values = {"owner": "王女士", "phone": PHONE, "pieces": 1, "look": "黑色双肩包", "shelf": "A1", "declared": True}
    return _entry(world, "jc", values)


@thing
def ledger_loan(world) -> LedgerEntry:
    values = {"borrower": "王女士", "phone": PHONE, "remark": "膝盖不好"}
    return _entry(world, "jy", values, thing=world.ledger_wheelchair)


@thing
def ledger_gift(world) -> LedgerEntry:
    return _entry(world, "zp", {"receiver": "王女士", "phone": PHONE, "occasion": "活动"}, thing=world.ledger_fan)


@thing
def ledger_call(world) -> LedgerEntry:
    values = {"category": "寻人", "asker": "王女士", "phone": PHONE, "text": "请小明到游客中心", "area": world.zone,
              "about": world.ledger_bag.number}
    return _entry(world, "gb", values)


@thing
def ledger_visit(world) -> LedgerEntry:
    values = {"visitor": "王女士", "phone": PHONE, "purpose": "送票据", "unit": "安达消防"}
    return _entry(world, "lf", values, told_person=world.person(Role.SUPERVISOR))


@thing
def ledger_message(world) -> LedgerEntry:
    return _entry(world, "zg", {"caller": "王女士", "phone": PHONE, "text": "请回电"}, told_person=world.clerk)


@thing
def ledger_return(world) -> LedgerEntry:
    switch_on_preset("th", by=world.person(Role.MANAGER))
    values = {"customer": "王女士", "phone": PHONE, "counter": "家电", "goods": "电饭煲", "pieces": 1, "amount": 459,
              "reason": "质量问题"}
    return _entry(world, "th", values)


@thing
def ledger_kind(world) -> LedgerKind:
    """A ledger of the manager's own, with a draft."""
    manager = world.person(Role.MANAGER)
    kind = create_kind(KindFacts(prefix="QC", name="清场登记", label="清场"), by=manager)
    fields = [LedgerField(key="", label="区域"), LedgerField(key="", label="备注", width="full")]
    facts = FormFacts(title="清场登记表", fields=fields, signatures=["值班员"], footnotes=["每日闭园后填写。"])
    return save_draft(kind, facts, by=manager)


def _step(name: str, code: str, entry: str, *roles: str, post: int = 302, get: bool = True, **data) -> Row:
    """A step about an entry: its form, and what the posted form answers."""
    return Row(
        f"ledgers:entry_{name}", (code, f"@ledger_{entry}"), of_desk=True, post=only(post, *roles), data=data,
        **({"get": only(200, *roles)} if get else {}),
    )


def _kind(name: str, *args, get: int = 200, post: int = 0, **data) -> Row:
    return Row(
        f"ledgers:kind_{name}", args, **({"get": only(get, Role.MANAGER)} if get else {}),
        **({"post": only(post, Role.MANAGER)} if post else {}), data=data,
    )


def _stock(name: str, *roles: str, post: int = 302, **data) -> Row:
    return Row(f"ledgers:stockthing_{name}", ("@ledger_wheelchair",), of_desk=True, get=only(200, *roles),
               post=only(post, *roles), data=data)


ROWS = [
    Row("ledgers:ledgerentry_list", get=only(200, *SEES)),
    Row("ledgers:ledgerentry_export", get=only(200, *LEADS), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("ledgers:ledgerentry_bulk", post=only(404, *SEES)),
    Row("ledgers:ledgerentry_detail", ("@ledger_call",), of_desk=True, get=only(200, *SEES)),
    Row("ledgers:entry_own", ("@ledger_message",), of_desk=True, denied=404, get=only(200, Role.CLERK)),
    Row("ledgers:entry_own_reveal", ("@ledger_message",), of_desk=True, denied=404, post=only(200, Role.CLERK)),
    Row("ledgers:entry_know", ("@ledger_message",), of_desk=True, denied=404, post=only(302, Role.CLERK)),

    Row("ledgers:entry_list", ("jc",), get=only(200, *SEES)),
    Row("ledgers:entry_export", ("jc",), get=only(200, *LEADS), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("ledgers:entry_bulk", ("jc",), post=only(404, *SEES)),
    Row("ledgers:entry_create", ("jy",), get=only(200, *DESK), post=only(422, *DESK)),
    Row("ledgers:entry_slip", ("jc",), get=only(200, *DESK), post=only(422, *DESK)),
    Row("ledgers:entry_detail", ("jc", "@ledger_bag"), of_desk=True, get=only(200, *SEES)),
    Row("ledgers:entry_reveal", ("jc", "@ledger_bag", "phone"), of_desk=True, get=only(200, *REVEALS),
        post=only(200, *REVEALS), data=REASON),
    _step("edit", "jc", "bag", *DESK, post=422),
    _step("give", "jc", "bag", *DESK, proof="slip"),
    _step("handover", "jc", "bag", *LEADS, **REASON),
    _step("void", "zp", "gift", *LEADS, **REASON),
    _step("return", "jy", "loan", *DESK),
    _step("close", "jy", "loan", *LEADS, **REASON),
    _step("read", "gb", "call", *DESK),
    _step("end", "gb", "call", *DESK, result="播完"),
    _step("finish", "th", "return", *DESK, result="已退款"),
    _step("tell", "lf", "visit", *DESK, get=False),
    _step("begin", "lf", "visit", *DESK, get=False),
    _step("leave", "lf", "visit", *DESK, get=False),

    Row("ledgers:stockthing_list", get=only(200, *DESK)),
    Row("ledgers:stockthing_create", ("jy",), get=only(200, Role.MANAGER), post=only(422, Role.MANAGER)),
    Row("ledgers:stockthing_detail", ("@ledger_wheelchair",), of_desk=True, get=only(200, *DESK)),
    _stock("edit", *LEADS, post=422),
    _stock("in", *LEADS, quantity="1"),
    _stock("out", *LEADS, quantity="1", **REASON),
    _stock("count", *LEADS, counted="3", **REASON),

    _kind("list"),
    _kind("create", post=422),
    _kind("preset", "bf", get=0, post=302),
    _kind("detail", "@ledger_kind"),
    _kind("preview", "@ledger_kind", "form"),
    _kind("edit", "@ledger_kind", post=422),
    _kind("form", "@ledger_kind", post=422),
    _kind("publish", "@ledger_kind", post=302),
    _kind("drop", "@ledger_kind", get=0, post=302),
    _kind("switch", "@ledger_kind", get=0, post=302),
]
