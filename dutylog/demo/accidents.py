"""The demo park's accidents: a fall now and then, an illness, followed until they are closed."""

import datetime as dt

from dutylog.models import Accident
from dutylog.services.accidents import (
    AccidentFacts,
    InjuredFacts,
    add_accident_update,
    close_accident,
    handle_accident,
    line_of,
    register_accident,
)
from dutylog.services.chain import note_answer, note_arrival, steps_of
from servicedesk.choices import Role, Sex
from servicedesk.demo.words import name, phone
from servicedesk.services.demo import Demo, at

CASES = [
    ("摔伤跌倒", "一名老年游客下台阶时踩空摔倒,坐地不能站立", "铺垫坐稳,冰敷右踝,未移动伤肢", "右脚踝扭伤,肿胀", "冰敷固定", True),
    ("摔伤跌倒", "一名儿童奔跑中滑倒,膝部擦伤", "清洗伤口,碘伏消毒,贴创可贴", "左膝擦伤", "消毒包扎", False),
    ("突发疾病", "一名游客排队时头晕出汗,面色苍白", "移至阴凉处平卧,喂糖水,量血压", "低血糖,神志清楚", "口服葡萄糖", False),
    ("碰撞夹伤", "一名游客关储物柜门时手指被夹", "冷水冲洗,包扎止血", "右手食指夹伤", "包扎", False),
    ("突发疾病", "一名老年游客胸闷胸痛,有心脏病史", "就地休息,取来除颤仪备用,陪护至急救到场", "胸闷待查", "吸氧,由急救接走", True),
]
TRACKED = ["电话联系家属,已拍片无骨折,在家休养", "回访本人,伤口愈合,对处置表示感谢", "家属来电,住院观察一天后出院"]
RESULTS = ["伤者已康复,无异议", "已协助办理保险报案,伤者满意", "伤者自行休养,双方无争议"]
WEATHER = ["晴", "多云", "小雨,地面湿滑", "阴"]


def meet_accidents(demo: Demo) -> None:
    """One in about four days; the newest is still followed."""
    for day in demo.dates():
        moment = demo.moment(day, demo.rng.randint(9, 16), demo.rng.randint(0, 59))
        if demo.rng.random() < 0.3 and moment + dt.timedelta(hours=2) < demo.until:
            _one(demo, moment)
    newest = demo.until - dt.timedelta(hours=3)
    _one(demo, newest)


def _one(demo: Demo, moment: dt.datetime) -> None:
    kind, what, aid, injury, treatment, calls = demo.rng.choice(CASES)
    point, minutes = demo.points[0], dt.timedelta(minutes=1)
    clerk = demo.one_of(Role.CLERK, point)
    facts = AccidentFacts(
        kind=kind, happened_at=moment, told_at=moment + 2 * minutes, answered_at=moment + 3 * minutes,
        arrived_at=moment + 8 * minutes, zone=demo.rng.choice(demo.zones), what=what, first_aid=aid,
        weather=demo.rng.choice(WEATHER), witnesses="同行家属、岗点同事",
        ambulance_called_at=moment + 6 * minutes if calls else None,
        ambulance_arrived_at=moment + 22 * minutes if calls else None,
        ambulance_left_at=moment + 30 * minutes if calls else None,
        insurance="已电话报案" if calls else "",
    )
    hurt = InjuredFacts(
        name=name(demo.rng), sex=demo.rng.choice([Sex.MALE, Sex.FEMALE]), age=demo.rng.randint(6, 78),
        phone=phone(demo.rng), injury=injury, treatment=treatment, hospital="市第一人民医院" if calls else "",
    )
    with at(moment + 35 * minutes):
        accident = register_accident(facts, by=clerk, point=point, injured=[hurt])
    _answered(accident, moment, clerk)
    _followed(demo, accident, moment, clerk)


def _answered(accident: Accident, moment: dt.datetime, clerk) -> None:
    line = line_of(accident)
    for step in steps_of([line]).get(line.pk, []) if line else []:
        with at(moment + dt.timedelta(minutes=40)):
            note_answer(step, moment + dt.timedelta(minutes=37), by=clerk)
            note_arrival(step, moment + dt.timedelta(minutes=39), by=clerk)


def _followed(demo: Demo, accident: Accident, moment: dt.datetime, clerk) -> None:
    with at(moment + dt.timedelta(minutes=50)):
        handle_accident(accident, by=clerk, note="伤者离开现场,围观人员已疏散")
    for days in (1, 3):
        later = moment + dt.timedelta(days=days)
        if later < demo.until:
            with at(later):
                add_accident_update(accident, demo.rng.choice(TRACKED), by=clerk)
    if moment + dt.timedelta(days=4) < demo.until:
        with at(moment + dt.timedelta(days=4)):
            close_accident(accident, demo.rng.choice(RESULTS), by=demo.one_of(Role.SUPERVISOR))
