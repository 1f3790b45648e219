"""Visitors who complain: one or two a day, each as far on its way as its age allows."""

import datetime as dt

from complaints.callback_choices import AttemptOutcome, CallbackSource, FailureCause
from complaints.choices import ActionKind, Channel, ComplaintState, MajorReason, Satisfaction, Severity
from complaints.models import Complaint
from complaints.services.actions import add_action
from complaints.services.callbacks import AttemptFacts, record_attempt
from complaints.services.complaint_facts import ComplaintFacts
from complaints.services.complaints import accept_complaint, begin_complaint, register_complaint
from complaints.services.endings import (
    merge_complaint,
    pass_on_complaint,
    refuse_complaint,
    void_complaint,
    withdraw_complaint,
)
from complaints.services.incidents import begin_incident, join_incident
from complaints.services.offers import offer_case, take_case
from complaints.services.pauses import go_on, wait_for_visitor
from complaints.services.solutions import (
    accept_solution,
    decline_solution,
    note_cause,
    offer_solution,
    reply_first,
)
from dutylog.services.chain import note_answer, note_arrival, steps_of
from servicedesk.choices import Role
from servicedesk.demo.words import name, origin, phone
from servicedesk.models import Department
from servicedesk.services.demo import Demo, at

# category, part, department, words, demands, soothed, inquiry, solution, result
CASES = [
    ("票务", "退改签", "票务部", "网上买错日期,窗口说一律不退,态度还很硬。我们一家五口从外地赶来,要求退票或改签。", ("退款",),
     "请到休息区坐下,倒水,说明会当天给答复", "核对订单:未使用,购票 40 分钟内申请,按规定可改签", "免费改签到次日,并当面致歉", "游客同意改签次日"),
    ("服务态度", "态度冷淡", "演艺部", "大剧院检票员叫我们“自己看牌子”,老人问路没人理,要求道歉。", ("道歉",), "当场代为道歉,引导入座",
     "查看监控,检票员确有言语生硬", "当事员工当面致歉,部门约谈", "游客接受道歉"),
    ("设施设备", "故障停用", "工程部", "缆车排了一个多小时,到跟前说检修停运,没有任何提前通知。", ("解释", "退款"), "致歉,带到阴凉处休息",
     "检修通知未同步到售票口和广播", "退缆车票款,每人一张下次免费券", "退款完成,游客满意"),
    ("餐饮", "价格", "餐饮部", "美食街一碗面标价 28 收了 48,说是加了浇头,菜单上根本没写。", ("退款", "整改"), "致歉并留下小票复印件",
     "菜单加价项字体过小,收银未告知", "退还差价 20 元,商户当天更换菜单", "差价已退"),
    ("环境卫生", "卫生间", "环卫部", "观景台卫生间没有纸,地上全是水,孩子滑了一下。", ("整改",), "带孩子到医务点查看,无碍",
     "保洁巡查间隔过长", "增加一次巡查,地面加防滑垫", "游客表示理解"),
    ("交通停车", "观光车", "交通部", "观光车等了四十分钟,来了一辆还被团队先坐满,要求按排队顺序。", ("解释", "整改"), "致歉,安排下一班",
     "团队与散客同队,无引导", "散客单独设队,加派一班", "游客接受"),
    ("商户", "纠纷", "综合办公室", "文创商店买的银饰是镀的,要求退一赔三。", ("退款", "赔偿"), "请商户负责人到场", "商品标签未注明材质", "商户退货退款", "已退款"),
]
LATER = (Channel.CALL, Channel.CODE, Channel.OTA)


def hear_complaints(demo: Demo) -> None:
    """The way of each by its age; today's are at every step."""
    for day in demo.dates():
        for _ in range(demo.rng.choice([0, 1, 1, 2])):
            moment = demo.moment(day, demo.rng.randint(9, 16), demo.rng.randint(0, 59))
            if moment + dt.timedelta(hours=4) < demo.until:
                _to_the_end(demo, _heard(demo, moment), moment)
    _under_way(demo)


def _heard(demo: Demo, moment: dt.datetime, **more) -> Complaint:
    category, part, department, words, demands, soothing, *_ = CASES[demo.rng.randrange(len(CASES))]
    point = demo.points[0]
    clerk = demo.one_of(Role.CLERK, point)
    channel = demo.rng.choice(LATER) if demo.rng.random() < 0.3 else Channel.VISIT
    known = {
        "occurred_at": moment - dt.timedelta(minutes=demo.rng.randint(10, 50)), "zone": demo.rng.choice(demo.zones),
        "category": category, "subcategory": part, "words": words, "is_reachable": True, "received_at": moment,
        "channel": channel, "visitor_name": name(demo.rng), "phone": phone(demo.rng), "origin": origin(demo.rng),
        "party_size": demo.rng.randint(1, 6), "demands": demands, "soothing": soothing,
        "respondent_department": Department.objects.filter(name=department).first(),
        "signature_means": "paper" if channel == Channel.VISIT else "", **more,
    }
    with at(moment + dt.timedelta(minutes=demo.rng.randint(2, 6))):
        return register_complaint(ComplaintFacts(**known), by=clerk, point=point)


def _story(complaint: Complaint) -> tuple[str, str, str]:
    return next(case[6:9] for case in CASES if case[3] == complaint.words)  # type: ignore[return-value]


def _answered(complaint: Complaint, moment: dt.datetime, minutes: int) -> None:
    for step in steps_of([complaint]).get(complaint.pk, []):
        with at(moment + dt.timedelta(minutes=minutes + 15)):
            note_answer(step, step.told_at + dt.timedelta(minutes=minutes), by=complaint.handler)
            note_arrival(step, step.told_at + dt.timedelta(minutes=minutes + 4), by=complaint.handler)


def _handled(demo: Demo, complaint: Complaint, moment: dt.datetime) -> None:
    supervisor, minute = demo.one_of(Role.SUPERVISOR), dt.timedelta(minutes=1)
    inquiry = _story(complaint)[0]
    _answered(complaint, moment, demo.rng.randint(2, 7))
    with at(moment + 25 * minute):
        accept_complaint(complaint, by=supervisor)
        begin_complaint(complaint, by=supervisor)
        add_action(complaint, ActionKind.INQUIRY, inquiry, by=supervisor)
    with at(moment + 40 * minute):
        reply_first(complaint, "已了解情况,正在与责任部门核实,今天给您方案", by=complaint.handler)


def _to_the_end(demo: Demo, complaint: Complaint, moment: dt.datetime) -> None:
    """Handled and solved once it is old enough; the callbacks that it makes come later."""
    _handled(demo, complaint, moment)
    _, solution, result = _story(complaint)
    supervisor, clerk = demo.one_of(Role.SUPERVISOR), complaint.handler
    steps = [
        (1, lambda: offer_solution(complaint, solution, by=supervisor)),
        (3, lambda: accept_solution(complaint, result, by=clerk, satisfaction=Satisfaction.SATISFIED)),
        (5, lambda: note_cause(complaint, by=supervisor, liability="ours", root_cause="流程没有落实到岗")),
    ]
    for hours, act in steps:
        if moment + dt.timedelta(hours=hours) > demo.until:
            return
        with at(moment + dt.timedelta(hours=hours)):
            act()


def _under_way(demo: Demo) -> None:
    """Of today and yesterday, one at each step and one of each end."""
    hour, supervisor = dt.timedelta(hours=1), demo.one_of(Role.SUPERVISOR)
    _heard(demo, demo.until - dt.timedelta(minutes=25))
    letter = _heard(
        demo, demo.until - 30 * hour, channel=Channel.HOTLINE_12345, outside_number="HZ12345-2026-008812",
        signature_means="",
    )
    _answered(letter, demo.until - 30 * hour, 5)
    major = _heard(demo, demo.until - 3 * hour, severity=Severity.MAJOR, major_reasons=(MajorReason.INJURY,))
    _handled(demo, major, demo.until - 3 * hour)
    for state in (ComplaintState.ACCEPTED, ComplaintState.WAITING, ComplaintState.OFFERED, ComplaintState.HANDLING,
                  ComplaintState.FAILED, ComplaintState.SOLVED):
        _brought_to(demo, state, supervisor)
    with at(demo.until - dt.timedelta(minutes=30)):
        _ended(demo, supervisor)


def _brought_to(demo: Demo, state: str, supervisor) -> None:
    began = demo.until - dt.timedelta(hours=demo.rng.randint(5, 20))
    nobody = {"is_reachable": False, "phone": "", "visitor_name": ""} if state == ComplaintState.SOLVED else {}
    complaint = _heard(demo, began, **nobody)
    if state == ComplaintState.ACCEPTED:
        with at(began + dt.timedelta(minutes=15)):
            accept_complaint(complaint, by=supervisor)
        return
    _handled(demo, complaint, began)
    _, solution, result = _story(complaint)
    with at(began + dt.timedelta(hours=2)):
        if state == ComplaintState.WAITING:
            wait_for_visitor(complaint, "购票凭证照片", by=supervisor)
            go_on(complaint, "已收到订单截图", by=supervisor)
            wait_for_visitor(complaint, "银行卡开户行", by=supervisor)
            return
        offer_solution(complaint, solution, by=supervisor)
        if state == ComplaintState.HANDLING:
            decline_solution(complaint, "游客认为补偿不够", by=supervisor)
            take_case(offer_case(complaint, supervisor, by=supervisor, words="请继续协商"), by=supervisor)
            offer_case(complaint, demo.one_of(Role.MANAGER), by=supervisor)
    with at(began + dt.timedelta(hours=3)):
        if state in (ComplaintState.FAILED, ComplaintState.SOLVED):
            accept_solution(complaint, result, by=supervisor)
    if state == ComplaintState.FAILED:
        with at(began + dt.timedelta(hours=4)):
            plan = complaint.callbacks.get(source_kind=CallbackSource.COMPLAINT)
            record_attempt(plan, AttemptFacts(
                outcome=AttemptOutcome.REACHED, is_solved=False, satisfaction=2, cause=FailureCause.PROMISE,
                comment="承诺的退款还没到账",
            ), by=complaint.handler)


def _ended(demo: Demo, supervisor) -> None:
    start = demo.until - dt.timedelta(hours=2)
    refused, passed, withdrawn, void, second = (_heard(demo, start) for _ in range(5))
    category, part, _, words, *_ = CASES[2]
    stopped = {"category": category, "subcategory": part, "words": words, "zone": demo.zones[13]}
    first = _heard(demo, start, **stopped)
    refuse_complaint(refused, "所诉事项不在景区范围", by=supervisor)
    pass_on_complaint(passed, "市文旅执法队", "属旅行社合同纠纷", by=supervisor)
    withdraw_complaint(withdrawn, "游客电话撤诉", by=supervisor)
    void_complaint(void, "重复录入", by=supervisor)
    incident = begin_incident(first, "缆车停运没有提前通知", by=supervisor)
    for _ in range(3):
        join_incident(_heard(demo, start, **stopped), incident, by=supervisor)
    merge_complaint(second, first.number, "同行游客反映同一件事", by=supervisor)
