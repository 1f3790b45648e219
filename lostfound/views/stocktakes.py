"""贵重物品盘点 on screen: draw up the sheet, count, sign by two."""

from typing import Any

from django.db import models
from django.urls import reverse

from lostfound.choices import StockTakeState
from lostfound.forms.stocktakes import CountForm, SignForm, StartCountForm
from lostfound.models import StockTake
from lostfound.registers.stocktakes import STOCK_TAKES, differences
from lostfound.services.stocktakes import (
    record_counts,
    sign_stock_take,
    signed_words,
    start_stock_take,
    valuables_to_count,
)
from lostfound.views.item_facts import fact
from servicedesk.templatetags.said import when
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView
from servicedesk.views.steps import RecordStepView


class StockTakeCreateView(RecordFormView):
    """开始盘点: lists what must be there before the sheet is drawn up."""

    permission_required = "lostfound.add_stocktake"
    register = STOCK_TAKES
    form_class = StartCountForm
    form_title = "贵重物品盘点"
    save_label = "开始清点"
    template_name = "lostfound/stocktake_start.html"

    def draft_key(self) -> str:
        return ""

    def save(self, form: Any) -> StockTake:
        return start_stock_take(by=self.request.user, point=form.point)

    def saved_sentence(self, record: StockTake) -> str:
        return f"已开始盘点 {record},请逐件清点"

    def next_url(self, record: StockTake) -> str:
        return reverse("lostfound:stocktake_count", args=[record.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        items = valuables_to_count(kwargs["form"].point).select_related("category", "storage", "holder")
        return super().get_context_data(items=items, cancel_url=STOCK_TAKES.list_url(), **kwargs)


class StockTakeCountView(RecordStepView):
    """清点: one line per valuable; saved as often as one likes."""

    permission_required = "lostfound.change_stocktake"
    register = STOCK_TAKES
    form_class = CountForm
    step = "清点"
    template_name = "lostfound/stocktake_count.html"

    def form_kwargs(self) -> dict[str, Any]:
        return {"lines": list(self.record.lines.select_related("item__category"))}

    def initial(self) -> dict[str, Any]:
        return {"version": self.record.version}

    def save(self, form: CountForm) -> StockTake:
        version = form.cleaned_data["version"] or 0
        return record_counts(self.record, form.counts(), by=self.request.user, version=version)

    def saved_sentence(self, record: StockTake) -> str:
        left = record.lines.filter(result="").count()
        return f"已保存 {record},还有 {left} 件没有点" if left else f"已点完 {record},请双方签字"

    def next_url(self, record: StockTake) -> str:
        page = "stocktake_count" if record.lines.filter(result="").exists() else "stocktake_sign"
        return reverse(f"lostfound:{page}", args=[record.pk])


class StockTakeSignView(RecordStepView):
    """双方签字: the one signed in hands over, the other confirms with the own password."""

    permission_required = "lostfound.change_stocktake"
    register = STOCK_TAKES
    form_class = SignForm
    step = "双方签字"
    done = "已签字 {record}"
    template_name = "lostfound/stocktake_sign.html"

    def act(self, data: dict[str, Any]) -> None:
        sign_stock_take(
            self.record, by=self.request.user, taken_over_by=data["taken_over_by"], note=data["note"]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = list(self.record.lines.select_related("item"))
        return super().get_context_data(
            words=signed_words(self.record, lines), differences=[line for line in lines if line.is_difference],
            **kwargs,
        )


class StockTakeDetailView(RegisterDetailView):
    """One count: both names, each line, the differences first to the eye."""

    def fact_groups(self, record: StockTake) -> list[dict]:
        return [{"title": "盘点", "rows": [
            fact("开始", when(record.created_at)), fact("交班人", record.counted_by),
            fact("接班人", record.taken_over_by),
            fact("签字时间", when(record.signed_at) if record.signed_at else ""),
            fact("差异", f"{differences(record)} 件"),
            fact("说明", record.note, "long"),
        ]}]

    def steps(self, record: StockTake) -> list[dict]:
        may_count = self.request.user.has_perm("lostfound.change_stocktake")
        if record.state != StockTakeState.COUNTING or not may_count:
            return []
        return [
            {"label": "清点", "url": reverse("lostfound:stocktake_count", args=[record.pk]), "icon": "clipboard",
             "is_primary": True},
            {"label": "双方签字", "url": reverse("lostfound:stocktake_sign", args=[record.pk]), "icon": "pen"},
        ]

    def questions(self, record: StockTake) -> dict[str, models.QuerySet]:
        return {"lines": record.lines.select_related("item__category")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"lines": self.found["lines"]}
