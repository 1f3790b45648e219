"""Assets of the demo desks, and their rounds day by day: some failures, one missed day, mended things."""

import datetime as dt
from dataclasses import replace

from django.utils import timezone

from checklists.choices import Answer, AwayKind, RoundKind
from checklists.demo.pictures import Pictures
from checklists.models import Round, RoundLine, RoundTemplate
from checklists.services.answers import Given, answer_line, fill_area, lines_of
from checklists.services.assets import AssetFacts, AwayFacts, bring_back, mark_away, register_asset
from checklists.services.rounds import excuse_round, finish_round, review_round, start_round
from dutylog.choices import FollowUpState
from dutylog.models import FollowUp
from dutylog.services.followup_steps import add_progress, finish_follow_up, verify_follow_up
from dutylog.services.followups import Assignment, FollowUpFacts, assign_follow_up, make_follow_up
from servicedesk.choices import Role
from servicedesk.services.demo import Demo, at
from servicedesk.services.photos import keep_photo

# code, area, place, name, spec, quantity, counted
ASSETS = [
    ("DT", "大厅", "东侧", "自助取票机", "ZK-2200", 1, False), ("DT", "大厅", "东侧", "自助取票机", "ZK-2200", 1, False),
    ("DT", "大厅", "服务台", "台式电脑", "联想 M70", 1, False), ("DT", "大厅", "服务台", "激光打印机", "惠普 M126", 1, False),
    ("DT", "大厅", "西墙", "LED 显示屏", "P2.5 6㎡", 1, False), ("DT", "大厅", "北门", "饮水机", "立式冷热", 1, False),
    ("BM", "便民区", "", "轮椅", "铝合金", 5, True), ("BM", "便民区", "", "便民雨伞", "长柄", 30, True),
    ("BM", "便民区", "1 号柜", "充电宝", "10000mAh", 12, True), ("BM", "便民区", "", "婴儿推车", "折叠", 4, True),
    ("BM", "便民区", "", "急救箱", "", 1, False), ("HC", "后场", "机柜", "监控录像主机", "海康 16 路", 1, False),
    ("HC", "后场", "机柜", "广播主机", "", 1, False), ("HC", "后场", "充电架", "对讲机", "摩托罗拉", 8, True),
    ("HC", "后场", "", "贵重物品保险柜", "1.2 米", 1, False),
]
SMALL = {0, 2, 6, 7, 13}
HAZARDS = [
    ("饮水机/充电设备/插排", "插排面板发烫"), ("灭火器/通道/应急灯", "消防通道堆放纸箱"), ("照明(留应急灯)", "东侧筒灯闭店后不能关断"),
    ("门窗/卷帘/贵重柜", "北侧窗锁扣松动"), ("灭火器/通道/应急灯", "2 号灭火器压力不足"),
]
LOSSES = ["大厅外借未还", "清点少了,正在查监控", "外壳破损不能使用", "标签脱落"]
BY_HAND = [("东门入口地砖松动,雨天易滑", 20), ("服务台公示电话未更新", 3), ("母婴室门把手脱落", 3)]


def live_through(demo: Demo) -> None:
    """Assets first, then each day's rounds at each desk, and what became of the failures."""
    dates = demo.dates()
    RoundTemplate.objects.update(valid_from=dates[0])
    for index, point in enumerate(demo.points):
        _assets(demo, point, dates[0], only=None if index == 0 else SMALL)
    templates, pictures = list(RoundTemplate.objects.order_by("due_at")), Pictures()
    missed = dates[-min(4, len(dates))]
    for day in dates:
        for _, point in demo.points_on(day):
            for template in templates:
                _round(demo, template, day, point, pictures, is_missed=day == missed and point == demo.points[0])
        _mend(demo, day, pictures)
    _by_hand(demo, dates, pictures)
    _mend(demo, dates[-1], pictures)


def _assets(demo: Demo, point, day: dt.date, only: set[int] | None) -> None:
    keeper = demo.people[Role.ASSETS][0]
    with at(demo.moment(day, 7, 30)):
        for index, (code, area, place, name, spec, quantity, counted) in enumerate(ASSETS):
            if only is not None and index not in only:
                continue
            facts = AssetFacts(name=name, spec=spec, area=area, place=place, expected_quantity=quantity,
                               is_counted=counted)
            asset = register_asset(facts, by=keeper, point=point, code=code)
            if name == "激光打印机" or (name == "轮椅" and only is None):
                kind = AwayKind.REPAIR if name == "激光打印机" else AwayKind.LENT
                away = mark_away(asset, AwayFacts(
                    kind=kind, reason="定影组件更换" if kind == AwayKind.REPAIR else "医务室借用",
                    due_on=day + dt.timedelta(days=4)), by=keeper)
                if kind == AwayKind.REPAIR and demo.days > 3:
                    with at(demo.moment(day + dt.timedelta(days=3), 10, 0)):
                        bring_back(away, by=keeper)


def _round(
    demo: Demo, template: RoundTemplate, day: dt.date, point, pictures: Pictures, *, is_missed: bool
) -> None:
    """Walk the round of a day at its hour, as far as the day has come."""
    minutes = {RoundKind.PRE_SHIFT: -25, RoundKind.ASSETS: -20, RoundKind.EQUIPMENT: -12}[RoundKind(template.kind)]
    moment = template.due_moment(day) + dt.timedelta(minutes=minutes + demo.rng.randint(0, 15))
    if moment > demo.until:
        return
    supervisor, clerk = demo.one_of(Role.SUPERVISOR), demo.one_of(Role.CLERK, point)
    if is_missed and template.kind == RoundKind.EQUIPMENT:
        return
    if is_missed and template.kind == RoundKind.ASSETS:
        with at(demo.moment(day + dt.timedelta(days=1), 9, 0)):
            excuse_round(template, day, by=supervisor, point=point, reason="台风停园,提前撤离")
        return
    with at(moment):
        round_ = start_round(template, day, by=clerk, point=point)
        _answer(demo, round_, clerk, pictures)
        finish_round(round_, by=clerk)
    if demo.rng.random() < 0.7 and moment + dt.timedelta(minutes=20) < demo.until:
        with at(moment + dt.timedelta(minutes=20)):
            review_round(round_, by=supervisor)


def _answer(demo: Demo, round_: Round, clerk, pictures: Pictures) -> None:
    """Mostly well; now and then a thing is missing or a plug is hot."""
    lines = [line for line in lines_of(round_) if not line.answer]
    for line in lines:
        given = _given(demo, line)
        if line.needs_photo or not _is_as_due(line, given):
            photo = pictures.of_item(line.text) if line.needs_photo else None
            answer_line(line, replace(given, photo=photo), by=clerk)
    for area in {line.area: None for line in lines}:
        fill_area(round_, area, by=clerk)


def _is_as_due(line: RoundLine, given: Given) -> bool:
    return given.answer == Answer.OK or (line.is_counted and given.quantity == line.due_quantity)


def _given(demo: Demo, line: RoundLine) -> Given:
    hazard = next((words for text, words in HAZARDS if text == line.text and demo.rng.random() < 0.06), "")
    if line.asset and demo.rng.random() < 0.012:
        remark = demo.rng.choice(LOSSES)
        if line.is_counted:
            return Given(quantity=max(line.due_quantity - 1, 0), remark=remark)
        return Given(answer=Answer.DAMAGED, remark=remark)
    if line.is_counted:
        return Given(quantity=line.due_quantity)
    if hazard:
        return Given(answer=Answer.FAILED, remark=hazard)
    if line.person and demo.rng.random() < 0.01:
        return Given(answer=Answer.FAILED, remark="提醒后已改")
    is_standing = line.item is not None and line.item.text.startswith("监控屏关")
    return Given(answer=Answer.STANDS_OPEN if is_standing else Answer.OK)


def _by_hand(demo: Demo, dates: list[dt.date], pictures: Pictures) -> None:
    """What somebody saw on the way, with owner and checker; one comes back."""
    supervisor, safety = demo.people[Role.SUPERVISOR][0], demo.people[Role.SAFETY][0]
    for offset, (problem, zone) in enumerate(BY_HAND):
        day = dates[max(len(dates) - 9 + offset, 0)]
        with at(demo.moment(day, 10, 15)):
            clerk = demo.one_of(Role.CLERK, demo.points[0])
            follow_up = make_follow_up(FollowUpFacts(
                kind="rectification" if offset else "hazard", problem=problem, zone=demo.zones[zone - 1], owner=safety,
                checker=supervisor, source_text="督导巡查",
            ), by=clerk, point=demo.points[0])
            keep_photo(pictures.of("整改前"), follow_up, clerk, "整改前")


def _mend(demo: Demo, day: dt.date, pictures: Pictures) -> None:
    """The safety officer and the asset manager work through their lists."""
    moment = demo.moment(day, 19, 30)
    if moment > demo.until:
        return
    rows = FollowUp.objects.filter(state=FollowUpState.OPEN, created_at__lt=moment - dt.timedelta(days=1))
    for follow_up in rows.select_related("owner", "checker").order_by("pk"):
        if demo.rng.random() < 0.45:
            with at(moment):
                _step(demo, follow_up, pictures)


def _step(demo: Demo, follow_up: FollowUp, pictures: Pictures) -> None:
    checker, owner = demo.people[Role.MANAGER][0], follow_up.owner or demo.people[Role.SAFETY][0]
    if follow_up.owner is None:
        due_on = follow_up.due_on or timezone.localdate() + dt.timedelta(days=7)
        assign_follow_up(follow_up, Assignment(owner=owner, due_on=due_on), by=checker)
    if demo.rng.random() < 0.5:
        add_progress(follow_up, demo.rng.choice(["已报修,等配件", "已联系厂家", "已调监控核对"]), by=owner)
        return
    finish_follow_up(follow_up, demo.rng.choice(["已更换", "已找回归位", "已清理并加标识"]), by=owner)
    keep_photo(pictures.of("整改后"), follow_up, owner, "整改后")
    if demo.rng.random() < 0.8 and checker != owner and follow_up.checker in {None, checker}:
        verify_follow_up(follow_up, by=checker, note="现场看过")
