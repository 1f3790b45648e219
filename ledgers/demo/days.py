"""A month of the desk's six ledgers, and of two that a mall's desk keeps."""

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ledgers.choices import EntryState, Proof
from ledgers.models import LedgerEntry, LedgerKind, StockThing
from ledgers.services.broadcasts import end_broadcast, read_out
from ledgers.services.deposits import give_bag
from ledgers.services.entries import EntryFacts, finish_entry, void_entry
from ledgers.services.kinds import switch_on_preset
from ledgers.services.loans import closing_of, return_thing
from ledgers.services.registering import register_entry
from ledgers.services.stock import ASSETS, ThingFacts, add_thing, bring_in, correct_count
from ledgers.services.visits import acknowledge_message, begin_visit, end_visit
from servicedesk.choices import Role
from servicedesk.demo.words import name, phone
from servicedesk.models import SearchEntry
from servicedesk.services.demo import Demo, at

BAGS = ["黑色双肩包", "24 寸红色拉杆箱", "灰色手提袋和雨伞", "婴儿推车", "蓝色登山包", "两袋特产", "吉他琴盒"]
LENT = [("轮椅", "辆", 5, 200, 2), ("雨伞", "把", 60, 20, 10), ("婴儿车", "辆", 8, 200, 2), ("充电宝", "个", 12, 100, 5), ("针线包", "个", 5, 0, 1)]
GIVEN = [("纪念徽章", "枚", 600, 100), ("折扇", "把", 300, 50), ("生日贺卡", "张", 120, 20)]
CALLS = [
    ("寻人", "穿蓝色外套的小朋友请到游客中心,家人在等您。", "孩子已找到"), ("失物招领", "请拾到黑色钱包的游客与服务台联系。", "未有人认领"),
    ("车辆", "停在东门的白色小车请尽快移车。", "已移车"), ("通知", "今日缆车因大风停运,请游客改走步道。", "播完"),
    ("安全提示", "雨后路滑,请扶好栏杆慢行。", "播完"),
]
PURPOSES = ["送检灭火器", "面试", "洽谈演出合作", "送票据", "设备维修", "媒体采访"]
WORDS = ["下午两点的会改到三点。", "供应商到了东门,请回电话。", "您的快递放在前台。", "家里来电,请尽快回复。"]
GOODS = [("羽绒服", "男装三组", 899), ("电饭煲", "家电", 459), ("运动鞋", "运动城", 369), ("护手霜", "化妆品", 58)]


def fill_ledgers(demo: Demo) -> None:
    """Each desk its things, then day by day what visitors bring, borrow and ask for."""
    rng = random.Random(demo.days * 7 + 3)  # its own chance: the rest of the park stays as it is
    manager = demo.one_of(Role.MANAGER)
    for code in ("th", "bf"):
        switch_on_preset(code, by=manager)
    kinds = {kind.code: kind for kind in LedgerKind.objects.in_order()}
    _stock_up(demo, kinds, manager)
    for day in demo.dates():
        for point in [point for _, point in demo.points_on(day)]:
            for hour in sorted(rng.choices(range(9, 18), k=rng.randint(4, 8))):
                moment = demo.moment(day, hour, rng.randint(0, 59))
                if moment < demo.until - dt.timedelta(minutes=30):
                    _one(demo, rng, kinds, point, moment)
    _leave_open(demo, rng, kinds)


def _stock_up(demo: Demo, kinds: dict[str, LedgerKind], manager: Any) -> None:
    with at(demo.moment(demo.dates()[0], 8)):
        for point in demo.points:
            for thing, unit, count, deposit, low in LENT:
                tag = SearchEntry.objects.filter(register=ASSETS, service_point=point, title__startswith=thing).first()
                facts = ThingFacts(name=thing, unit=unit, low_at=low, deposit=Decimal(deposit) or None,
                                   asset_number=tag.number if tag else "")
                add_thing(kinds["jy"], facts, by=manager, point=point, quantity=count)
            for thing, unit, count, low in GIVEN:
                add_thing(kinds["zp"], ThingFacts(name=thing, unit=unit, low_at=low), by=manager, point=point, quantity=count)


def _one(demo: Demo, rng: random.Random, kinds: dict, point: Any, moment: dt.datetime) -> None:
    """One entry of a ledger, and how it went on the same day."""
    code = rng.choices(["jc", "jy", "gb", "zp", "lf", "zg", "th", "bf"], [26, 30, 10, 14, 8, 8, 3, 1])[0]
    clerk, later = demo.one_of(Role.CLERK, point), moment + dt.timedelta(minutes=rng.randint(20, 160))
    with at(moment):
        entry = MAKERS[code](demo, rng, kinds[code], point, moment, clerk)
    if later < demo.until and rng.random() < 0.97:
        with at(later):
            _go_on(entry, rng, clerk)


def _write(kind: LedgerKind, point: Any, moment: dt.datetime, by: Any, values: dict, **more: Any) -> LedgerEntry:
    return register_entry(kind, EntryFacts(happened_at=moment, values=values, **more), by=by, point=point)


def _bag(demo: Demo, rng: random.Random, kind: LedgerKind, point: Any, moment: dt.datetime, by: Any) -> LedgerEntry:
    values = {
        "owner": name(rng), "phone": phone(rng), "pieces": rng.choice([1, 1, 1, 2, 3]), "look": rng.choice(BAGS),
        "shelf": f"{rng.choice('ABC')}{rng.randint(1, 12)}", "declared": True,
    }
    return _write(kind, point, moment, by, values, due_at=max(closing_of(moment), moment))


def _loan(demo: Demo, rng: random.Random, kind: LedgerKind, point: Any, moment: dt.datetime, by: Any) -> LedgerEntry:
    things = list(StockThing.objects.on_offer(kind, point).filter(available__gt=0))
    thing = rng.choice(things)
    document = rng.choice(["", "身份证", "驾驶证"]) if thing.deposit is None else ""
    values = {"borrower": name(rng), "phone": phone(rng), "place": rng.choice(demo.zones).name}
    return _write(kind, point, moment, by, values, thing=thing, due_at=moment + dt.timedelta(hours=4),
                  deposit=thing.deposit, held_document=document)


def _call(demo: Demo, rng: random.Random, kind: LedgerKind, point: Any, moment: dt.datetime, by: Any) -> LedgerEntry:
    category, text, _ = rng.choice(CALLS)
    values = {"category": category, "text": text, "asker": name(rng), "phone": phone(rng), "planned": 3,
              "area": rng.choice(demo.zones) if rng.random() < 0.4 else None}
    return _write(kind, point, moment, by, values)


def _gift(demo: Demo, rng: random.Random, kind: LedgerKind, point: Any, moment: dt.datetime, by: Any) -> LedgerEntry:
    thing = rng.choice(list(StockThing.objects.on_offer(kind, point)))
    values = {"receiver": name(rng), "phone": phone(rng), "occasion": rng.choice(["活动", "会员", "生日", "安抚"])}
    return _write(kind, point, moment, by, values, thing=thing)


def _visit(demo: Demo, rng: random.Random, kind: LedgerKind, point: Any, moment: dt.datetime, by: Any) -> LedgerEntry:
    values = {"visitor": name(rng), "phone": phone(rng), "unit": rng.choice(["安达消防", "晨光广告", "市文旅局", ""]),
              "people": rng.randint(1, 3), "purpose": rng.choice(PURPOSES)}
    return _write(kind, point, moment, by, values, told_person=demo.one_of(Role.SUPERVISOR))


def _message(demo: Demo, rng: random.Random, kind: LedgerKind, point: Any, moment: dt.datetime, by: Any) -> LedgerEntry:
    values = {"caller": name(rng), "phone": phone(rng), "text": rng.choice(WORDS), "wants_call": rng.random() < 0.5}
    return _write(kind, point, moment, by, values, told_person=demo.one_of(rng.choice([Role.SUPERVISOR, Role.CLERK])))


def _goods_back(demo: Demo, rng: random.Random, kind: LedgerKind, point: Any, moment: dt.datetime, by: Any) -> LedgerEntry:
    goods, counter, price = rng.choice(GOODS)
    values = {
        "customer": name(rng), "phone": phone(rng), "receipt": f"2026{rng.randint(10**7, 10**8 - 1)}", "goods": goods,
        "counter": counter, "pieces": 1, "amount": Decimal(price), "reason": rng.choice(next(f for f in kind.current.columns if f.key == "reason").choices),
        "bought_on": moment.date() - dt.timedelta(days=rng.randint(1, 9)),
    }
    return _write(kind, point, moment, by, values, due_at=moment + dt.timedelta(days=3))


def _call_at_home(demo: Demo, rng: random.Random, kind: LedgerKind, point: Any, moment: dt.datetime, by: Any) -> LedgerEntry:
    values = {"customer": name(rng), "phone": phone(rng), "cause": rng.choice(["投诉回访", "会员关怀"]),
              "visitor": demo.one_of(Role.SUPERVISOR), "address": "西湖区桃源路 18 号", "planned_on": moment.date()}
    return _write(kind, point, moment, by, values, due_at=moment + dt.timedelta(days=2))


MAKERS = {
    "jc": _bag, "jy": _loan, "gb": _call, "zp": _gift, "lf": _visit, "zg": _message, "th": _goods_back,
    "bf": _call_at_home,
}


def _go_on(entry: LedgerEntry, rng: random.Random, clerk: Any) -> None:
    """How an entry goes on: fetched, brought back, read out, met, known, done."""
    for step in _steps(entry, rng, clerk):
        step()


def _steps(entry: LedgerEntry, rng: random.Random, clerk: Any) -> Iterator[Any]:
    state = entry.state
    if state == EntryState.KEPT:
        yield lambda: give_bag(entry, by=clerk, proof=Proof.SLIP)
    elif state == EntryState.OUT:
        is_damaged = rng.random() < 0.03
        yield lambda: return_thing(
            entry, by=clerk, deposit_returned=entry.deposit, is_document_back=True, is_damaged=is_damaged,
            result="伞骨断了一根,按价赔 10 元" if is_damaged else "",
        )
    elif state == EntryState.WAITING:
        for _ in range(rng.randint(1, 3)):
            yield lambda: read_out(entry, by=clerk)
        result = next(result for category, _, result in CALLS if category == entry.values["category"])
        yield lambda: end_broadcast(entry, result, by=clerk)
    elif state == EntryState.ARRIVED:
        yield lambda: begin_visit(entry, by=clerk)
        yield lambda: end_visit(entry, by=clerk)
    elif state == EntryState.UNTOLD:
        yield lambda: acknowledge_message(entry, by=entry.told_person)
    elif state == EntryState.OPEN:
        yield lambda: finish_entry(entry, rng.choice(["已退款", "已换货", "已拜访,客户满意"]), by=clerk)


def _leave_open(demo: Demo, rng: random.Random, kinds: dict[str, LedgerKind]) -> None:
    """What waits when the desk is looked at: a bag of the night, a loan that is late, a message, one of everything."""
    point, manager = demo.points[0], demo.one_of(Role.MANAGER)
    clerk, now = demo.one_of(Role.CLERK, point), demo.until
    for code, ago in (("jc", 20 * 60), ("jc", 50), ("jy", 6 * 60), ("jy", 30), ("gb", 5), ("lf", 10), ("zg", 15)):
        moment = now - dt.timedelta(minutes=ago)
        with at(moment):
            MAKERS[code](demo, rng, kinds[code], point, moment, clerk)
    with at(now - dt.timedelta(minutes=3)):
        wrong = MAKERS["jc"](demo, rng, kinds["jc"], point, now - dt.timedelta(minutes=3), clerk)
        void_entry(wrong, "重复登记", by=demo.one_of(Role.SUPERVISOR))
        fan = StockThing.objects.get(kind=kinds["zp"], service_point=point, name="折扇")
        bring_in(fan, 100, by=manager, note="供应商送到")
        correct_count(fan, fan.available - 2, "盘点少两把,破损丢弃", by=manager)
