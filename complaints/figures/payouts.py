"""赔付: money that was paid, by the moment of the payment."""

from django.db.models import Q

from complaints.choices import PAID_STATES
from complaints.models import Compensation
from servicedesk.figures import CaseFigure, CaseSource, FigureGroup, add_source

GROUP = FigureGroup.MENDING
PAID = Q(state__in=PAID_STATES)

add_source(CaseSource(
    key="compensation", model=Compensation, at="paid_at",
    figures=(
        CaseFigure(
            key="payouts", label="赔付笔数", group=GROUP, scale=0, form="{:,}", unit="笔", base=lambda _: PAID,
            means="期内支付的先行赔偿,按支付时间;没有支付的、否决的不计",
        ),
        CaseFigure(
            key="payout_sum", label="赔付金额", group=GROUP, scale=0, form="¥{:,.2f}", unit="元", base=lambda _: PAID,
            total="amount", means="期内支付的先行赔偿合计,后来追回的不扣",
        ),
    ),
))
