"""闭班, 审阅, 重新打开 on screen."""

from typing import Any

from dutylog.forms.closing import CloseDayForm, ReopenForm, ReviewForm
from dutylog.models import DutyDay
from dutylog.services.closing import close_day, code_of, gates_of, reopen_day, review_day
from dutylog.services.figures import counts_of
from dutylog.views.days import DayStepView


class DayCloseView(DayStepView):
    """闭班: every gate, clear or with what it misses; each miss can be done, or explained."""

    permission_required, form_class = "dutylog.close_dutyday", CloseDayForm
    template_name = "dutylog/dutyday_close.html"
    save_label = "闭班锁定"

    @property
    def form_title(self) -> str:
        return f"闭班 {self.day.number}"

    def draft_key(self) -> str:
        return f"close-{self.day.pk}"

    def form_kwargs(self) -> dict[str, Any]:
        return {"gates": gates_of(self.day)}

    def save(self, form: CloseDayForm) -> DutyDay:
        return close_day(self.day, by=self.request.user, texts=form.texts())

    def saved_sentence(self, record: DutyDay) -> str:
        return f"{record} 已闭班锁定,校验码 {code_of(record)}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(day=self.day, counts=counts_of(self.day), **kwargs)


class DayReviewView(DayStepView):
    """审阅签字, with password or PIN."""

    permission_required, form_class = "dutylog.review_dutyday", ReviewForm
    template_name = "dutylog/dutyday_review.html"
    save_label = "审阅签字"

    @property
    def form_title(self) -> str:
        return f"审阅 {self.day.number}"

    def draft_key(self) -> str:
        return ""

    def save(self, form: ReviewForm) -> DutyDay:
        return review_day(self.day, by=self.request.user, note=form.cleaned_data["note"])

    def saved_sentence(self, record: DutyDay) -> str:
        return f"{record} 已审阅"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        explanations = self.day.explanations.select_related("by")
        return super().get_context_data(
            day=self.day, code=code_of(self.day), explanations=explanations, counts=counts_of(self.day), **kwargs
        )


class DayReopenView(DayStepView):
    """重新打开, with the reason."""

    permission_required, form_class = "dutylog.reopen_dutyday", ReopenForm
    save_label = "重新打开"

    @property
    def form_title(self) -> str:
        return f"重新打开 {self.day.number}"

    def save(self, form: ReopenForm) -> DutyDay:
        return reopen_day(self.day, form.cleaned_data["reason"], by=self.request.user)

    def saved_sentence(self, record: DutyDay) -> str:
        return f"{record} 已重新打开,补好以后请再闭班"
