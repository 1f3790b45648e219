"""招领公告 on screen: choose finds, look at the words, publish, take down."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from lostfound.choices import NoticeState
from lostfound.forms.item_steps import ReasonForm
from lostfound.forms.notices import NoticeForm
from lostfound.models import Notice
from lostfound.registers.exits import NOTICES
from lostfound.services.notices import draft_notice, edit_notice, publish_notice, withdraw_notice
from lostfound.views.item_facts import fact
from servicedesk.templatetags.said import when
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView
from servicedesk.views.steps import RecordStepView, answered, get_record

PUBLISH = "lostfound.publish_notice"


class NoticeCreateView(RecordFormView):
    """起草公告 about the rows chosen in the list of finds, or about what was never announced."""

    permission_required = "lostfound.add_notice"
    register = NOTICES
    form_class = NoticeForm
    form_title = "起草公告"
    save_label = "存为草稿"
    template_name = "lostfound/notice_form.html"

    def form_kwargs(self) -> dict[str, Any]:
        picked = self.request.GET.getlist("pick")
        return {"picked": [int(key) for key in picked if key.isdecimal() and len(key) < 19]}

    def save(self, form: Any) -> Notice:
        data = form.cleaned_data
        return draft_notice(list(data["items"]), data["channel"], by=self.request.user, point=form.point)

    def saved_sentence(self, record: Notice) -> str:
        return f"已起草公告 {record},核对文字后发布"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=NOTICES.list_url(), **kwargs)


class NoticeEditView(RecordStepView):
    """改草稿: other items, another channel."""

    permission_required = "lostfound.change_notice"
    register = NOTICES
    form_class = NoticeForm
    step = "改草稿"
    done = "已保存草稿 {record}"
    template_name = "lostfound/notice_form.html"

    def make_form(self, data: Any = None, files: Any = None) -> NoticeForm:
        return NoticeForm(
            data, files, user=self.request.user, point=self.record.service_point,
            picked=list(self.record.lines.values_list("item_id", flat=True)),
            initial={"channel": self.record.channel, "version": self.record.version},
        )

    def act(self, data: dict[str, Any]) -> None:
        edit_notice(
            self.record, list(data["items"]), data["channel"], by=self.request.user, version=data["version"] or 0
        )


class NoticeWithdrawView(RecordStepView):
    """撤下, with a reason."""

    permission_required = PUBLISH
    register = NOTICES
    form_class = ReasonForm
    step = "撤下公告"
    done = "已撤下 {record}"

    def act(self, data: dict[str, Any]) -> None:
        withdraw_notice(self.record, by=self.request.user, reason=data["reason"])


@require_POST
def notice_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """发布: from now on the legal term counts."""
    notice = get_record(NOTICES, request, pk)
    if not request.user.has_perm(PUBLISH):
        raise PermissionDenied
    url = NOTICES.detail_url(notice.pk)
    done = f"已发布 {notice},法定期从今天 {timezone.localdate():%Y-%m-%d} 起算"
    return answered(request, lambda: publish_notice(notice, by=request.user), done, url)


class NoticeDetailView(RegisterDetailView):
    """One notice: its words, its items, which of them have found their owner."""

    def fact_groups(self, record: Notice) -> list[dict]:
        return [{"title": "公告", "rows": [
            fact("公告方式", record.get_channel_display()),
            fact("公告时间", when(record.published_at) if record.published_at else ""),
            fact("发布人", record.published_by),
            fact("撤下时间", when(record.withdrawn_at) if record.withdrawn_at else ""),
            fact("公告文字", record.text, "long"),
        ]}]

    def steps(self, record: Notice) -> list[dict]:
        user, steps = self.request.user, []
        may_publish = user.has_perm(PUBLISH)
        if record.state == NoticeState.DRAFT and may_publish:
            steps.append({
                "label": "发布", "url": reverse("lostfound:notice_publish", args=[record.pk]), "icon": "megaphone",
                "method": "post", "is_primary": True,
            })
        if record.state == NoticeState.DRAFT and user.has_perm("lostfound.change_notice"):
            steps.append({
                "label": "改草稿", "url": reverse("lostfound:notice_edit", args=[record.pk]), "icon": "pencil",
            })
        if record.state != NoticeState.WITHDRAWN and may_publish:
            steps.append({
                "label": "撤下", "url": reverse("lostfound:notice_withdraw", args=[record.pk]), "icon": "eye-slash",
            })
        return steps

    def questions(self, record: Notice) -> dict[str, models.QuerySet]:
        return {"lines": record.lines.select_related("item__category")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        may_see = self.request.user.has_perm("lostfound.view_founditem")
        return context | {"lines": self.found["lines"], "may_see_items": may_see}
