"""看全部: asks why, writes it down, shows the value on this page alone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dutylog.forms.enquiries import WhyForm
from servicedesk.errors import Refusal
from servicedesk.services.disclosing import disclose
from servicedesk.views.steps import RecordStepView


class RevealView(RecordStepView):
    """Subclasses give `register`, `field`, the `right` it needs, and what is usually said as the reason."""

    form_class: Any = WhyForm
    step = "查看"
    field = ""
    right = "servicedesk.reveal_personal"
    usual_reason = ""

    @property
    def label(self) -> str:
        return str(self.of._meta.get_field(self.field).verbose_name)

    @property
    def of(self) -> Any:
        """Whose number it is: the record itself, or a person below it."""
        return self.record

    @property
    def form_title(self) -> str:
        return f"查看{self.label} {self.record}"

    def initial(self) -> dict[str, Any]:
        return {"reason": self.usual_reason}

    def draft_key(self) -> str:
        return ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show(form, "", status=422)
        try:
            disclose(self.record, self.label, request.user, form.cleaned_data["reason"], right=self.right)
        except Refusal as refusal:
            form.refuse(refusal)
            return self.show(form, "", status=refusal.status)
        return render(request, "dutylog/revealed.html", {
            "record": self.record, "label": self.label, "value": getattr(self.of, self.field),
            "register": self.register, "back": self.register.detail_url(self.record.pk),
        })
