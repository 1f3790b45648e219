"""The demo park's mornings: written, published, signed by most at once, by the others when they are back."""

import datetime as dt

from dutylog.choices import BriefingCheck
from dutylog.models import Briefing, BriefingReader
from dutylog.services.briefing_proposals import operations_text, yesterday_text
from dutylog.services.briefing_readers import note_opened, sign_briefing
from dutylog.services.briefings import (
    BriefingFacts,
    DocumentFacts,
    TaskFacts,
    add_note,
    amend_briefing,
    close_briefing,
    draft_briefing,
    finish_task,
    publish_briefing,
)
from dutylog.services.days import duty_day
from servicedesk.choices import Role
from servicedesk.services.demo import Demo, at

DOCUMENTS = [
    DocumentFacts(number="景综〔2026〕18号", title="关于做好冬季防滑防冻工作的通知", points="玻璃栈道结冰即停运;各岗点备防滑垫和扫雪工具"),
    DocumentFacts(number="景安〔2026〕9号", title="节假日大客流应急预案(修订)", points="单日超过 2 万人启动分流;广播词统一用新版"),
    DocumentFacts(number="景服〔2026〕5号", title="服务用语规范", points="先致歉再说明;不说“不知道”“不归我管”"),
    DocumentFacts(number="", title="总办会纪要第 23 期", points="失物招领满意度列入月度考核"),
]
TASKS = [
    "核对在库贵重物品封袋号", "更换 2 号轮椅轮胎并试推", "补齐便民药箱碘伏和创可贴", "检查广播话筒电池", "整理雨伞架,清点 30 把",
    "接待研学团 120 人,备讲解器", "更新公告栏的招领公告", "跟进停车场 A 区照明报修",
]
OPERATIONS = "开放项目:缆车、观光车、玻璃栈道、荷花池游船\n停运项目:无\n演出场次:大剧院 10:30、14:00、16:30\n天气:多云 4–12℃ 北风 3 级"
MAIN_DESK_ONLY_BEFORE = 7
LATE_AT = dt.timedelta(hours=23, minutes=40)


def hold_briefings(demo: Demo) -> None:
    """Every morning at the main desk; the last week at the others too."""
    dates = demo.dates()
    for place, day in enumerate(dates):
        is_recent = len(dates) - place <= MAIN_DESK_ONLY_BEFORE
        for index, point in demo.points_on(day):
            if demo.moment(day, 7, 55) < demo.until and (index == 0 or is_recent):
                _one_morning(demo, day, point)


def _one_morning(demo: Demo, day: dt.date, point) -> None:
    host, recorder = demo.one_of(Role.SUPERVISOR), demo.one_of(Role.CLERK, point)
    facts = _facts(demo, day, point, host, recorder)
    with at(demo.moment(day, 7, 30)):
        briefing = draft_briefing(facts, by=recorder, point=point)
    with at(demo.moment(day, 7, 41)):
        publish_briefing(briefing, by=host)
    readers = list(briefing.readers.select_related("person"))
    _sign(demo, briefing, readers, day)
    if demo.rng.random() < 0.15:
        _change(demo, briefing, facts, day)
    _later(demo, briefing, day)


def _facts(demo: Demo, day: dt.date, point, host, recorder) -> BriefingFacts:
    rng = demo.rng
    sheet = duty_day(day, point, by=recorder)
    owners = [p for p in demo.people[Role.CLERK] if point.pk in demo.desks_of[p.pk]]
    expected = len(owners) + 2
    absent = rng.choice(owners) if rng.random() < 0.4 else None
    return BriefingFacts(
        on=day, starts_at=dt.time(7, 40), ends_at=dt.time(7, 50), host=host, recorder=recorder, expected=expected,
        present=expected - bool(absent), absences=f"{absent.name}({rng.choice(['轮休', '年假', '外派培训'])})" if absent else "",
        operations=operations_text(sheet) or OPERATIONS, yesterday=yesterday_text(day, point),
        checks=[c for c in BriefingCheck if rng.random() < 0.95],
        check_problems="2 号窗口对讲机电量不足,已换电池" if rng.random() < 0.2 else "",
        documents=[rng.choice(DOCUMENTS)] if rng.random() < 0.5 else [],
        tasks=[
            TaskFacts(matter=matter, owner=rng.choice(owners), due_at=dt.time(rng.randint(9, 17), 30))
            for matter in rng.sample(TASKS, rng.randint(2, 4))
        ],
    )


def _sign(demo: Demo, briefing: Briefing, readers: list[BriefingReader], day: dt.date) -> None:
    """Most within the hour, a few the next morning, somebody not yet."""
    for reader in readers:
        chance = demo.rng.random()
        moment = demo.moment(day, 7, 45) + dt.timedelta(minutes=demo.rng.randint(1, 70))
        if chance > 0.8:
            moment += LATE_AT
        if moment < demo.until and chance < 0.97:
            with at(moment):
                sign_briefing(briefing, by=reader.person, edition=1)
        elif demo.moment(day, 9) < demo.until:
            with at(demo.moment(day, 9)):
                note_opened(briefing, reader.person)


def _change(demo: Demo, briefing: Briefing, facts: BriefingFacts, day: dt.date) -> None:
    moment = demo.moment(day, 10, 20)
    if moment > demo.until:
        return
    tasks = [TaskFacts(pk=t.pk, matter=t.matter, owner=t.owner, due_at=t.due_at) for t in briefing.tasks.all()]
    changed = BriefingFacts(**{
        **vars(facts), "operations": f"{facts.operations}\n检修管制:玻璃栈道 13:00–14:00 临时检修", "tasks": tasks,
    })
    with at(moment):
        amend_briefing(briefing, changed, by=facts.host, reason="玻璃栈道临时检修")
    briefing.refresh_from_db()
    for reader in briefing.readers.select_related("person"):
        if demo.rng.random() < 0.6 and moment + dt.timedelta(hours=1) < demo.until:
            with at(moment + dt.timedelta(minutes=demo.rng.randint(5, 55))):
                sign_briefing(briefing, by=reader.person, edition=briefing.edition)


def _later(demo: Demo, briefing: Briefing, day: dt.date) -> None:
    """What is done by the evening, a note now and then, and the head's check the next day."""
    evening = demo.moment(day, 17, 20)
    if evening > demo.until:
        return
    with at(evening):
        for task in briefing.tasks.select_related("owner"):
            if task.owner and demo.rng.random() < 0.85:
                finish_task(task, by=task.owner)
        if demo.rng.random() < 0.1:
            add_note(briefing, "下午 3 点接通知,明日研学团改为 150 人。", by=briefing.recorder)
    if evening + dt.timedelta(hours=16) < demo.until:
        with at(evening + dt.timedelta(hours=16)):
            close_briefing(briefing, by=demo.one_of(Role.MANAGER))
