"""先行赔偿 of the demo park: one at each step, two of them above the manager's limit, one asked back in part."""

import datetime as dt
from decimal import Decimal

from complaints.choices import CompensationState
from complaints.demo.complaints import _handled, _heard
from complaints.models import Compensation
from complaints.services.compensation_approvals import (
    approve_compensation,
    reject_compensation,
    return_compensation,
)
from complaints.services.compensation_payments import (
    PaymentFacts,
    RecoveryFacts,
    add_recovery,
    begin_recovery,
    close_compensation,
    pay_compensation,
    write_off_compensation,
)
from complaints.services.compensations import (
    CompensationFacts,
    cancel_compensation,
    draft_compensation,
    submit_compensation,
)
from servicedesk.choices import Role
from servicedesk.services.demo import Demo, at

S = CompensationState
# amount, why, what becomes of it
ASKED = [
    ("120.00", "网购票改签差价,按票面四人计", S.DRAFT), ("86.50", "雨伞被检票口闸机夹坏,按小票", S.PENDING),
    ("680.00", "缆车停运,退五人往返票款", S.PENDING), ("3600.00", "观光车急刹,眼镜损坏并就医", S.PENDING),
    ("150.00", "美食街多收餐费,凭小票退差价", S.RETURNED), ("900.00", "停车剐蹭,游客要求加倍", S.REJECTED),
    ("60.00", "游客已在线上退款", S.CANCELLED), ("198.00", "剧院座位被遮挡,退一张票", S.APPROVED),
    ("40.00", "面馆多收,先退差价", S.PAID), ("1280.00", "文创店银饰退一赔三,商户拒付先行赔付", S.RECOVERING),
    ("260.00", "餐饮异物,先退餐费", S.RECOVERED), ("500.00", "外包观光车误点,先退票款", S.WRITTEN_OFF),
    ("35.00", "遮阳帽被风吹入水池", S.CLOSED),
]
PAID_WAYS = ("cash", "refund", "mobile", "transfer")
DONE = frozenset({S.PAID, S.RECOVERING, S.RECOVERED, S.WRITTEN_OFF, S.CLOSED})


def ask_for_money(demo: Demo) -> None:
    """One at each state, in cases of the last hours."""
    for place, (amount, reason, state) in enumerate(ASKED):
        began = demo.until - dt.timedelta(hours=4 + place, minutes=10)
        complaint = _heard(demo, began)
        _handled(demo, complaint, began)
        with at(began + dt.timedelta(minutes=50)):
            row = draft_compensation(complaint, CompensationFacts(
                amount=Decimal(amount), reason=reason, payee_name=complaint.visitor_name,
                payee_account="622202" + "".join(str(demo.rng.randint(0, 9)) for _ in range(10)) if place % 4 == 3 else "",
            ), by=complaint.handler)
        _decide(demo, row, state, began + dt.timedelta(minutes=55))
        if state in DONE:
            _pay(demo, row, state, began + dt.timedelta(minutes=80), PAID_WAYS[place % 4])


def _decide(demo: Demo, row: Compensation, state: str, moment: dt.datetime) -> None:
    by, signers = row.created_by, [demo.one_of(r) for r in (Role.SUPERVISOR, Role.MANAGER, Role.DUTY_MANAGER)]
    if state == S.DRAFT:
        return
    with at(moment):
        submit_compensation(row, by=by)
    with at(moment + dt.timedelta(minutes=5)):
        if state == S.RETURNED:
            return_compensation(row, "请附小票照片,写明差价怎么算", by=signers[0])
        elif state == S.REJECTED:
            reject_compensation(row, "监控显示车辆未被剐蹭", by=signers[0])
        elif state == S.CANCELLED:
            cancel_compensation(row, "游客已另行退款", by=by)
    waiting = int(row.amount > 200) + int(row.amount > 2000) if state == S.PENDING else len(signers)
    for place, signer in enumerate(signers[:waiting]):
        if row.state == S.PENDING:
            with at(moment + dt.timedelta(minutes=6 * (place + 1))):
                approve_compensation(row, "情况属实,同意", by=signer)


def _pay(demo: Demo, row: Compensation, state: str, moment: dt.datetime, way: str) -> None:
    cashier, manager = demo.one_of(Role.FINANCE), demo.one_of(Role.MANAGER)
    signature = {"means": "paper", "image": ""} if way == "cash" else None
    with at(moment):
        pay_compensation(row, PaymentFacts(
            way=way, voucher="" if way == "cash" else f"HD{demo.rng.randint(100000, 999999)}", signature=signature,
        ), by=cashier)
    with at(moment + dt.timedelta(minutes=30)):
        if state in (S.RECOVERING, S.RECOVERED, S.WRITTEN_OFF):
            begin_recovery(row, RecoveryFacts(
                source="merchant", merchant="美食街商户", amount=row.amount, reason="商户合同第 7 条,先行赔付后追偿",
            ), by=cashier)
            add_recovery(row, row.amount if state == S.RECOVERED else row.amount / 4, by=cashier, note="从押金扣")
        if state == S.WRITTEN_OFF:
            write_off_compensation(row, "外包单位已退出,余款无法追回", by=manager)
        if state == S.CLOSED:
            close_compensation(row, by=cashier)
