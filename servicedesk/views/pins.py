"""签字 PIN: set by oneself, with the password."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from servicedesk.addresses import address_of, way_back
from servicedesk.errors import Refusal, TooManyAttempts
from servicedesk.forms.session import PinForm
from servicedesk.services import preferences
from servicedesk.services.passwords import known_by_password
from servicedesk.services.pins import has_pin, set_pin


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class PinView(FormView):
    """The password, the new PIN, and once more."""

    template_name = "session/pin.html"
    form_class = PinForm

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return super().get_context_data(
            next=way_back(self.request), has_pin=has_pin(self.request.user),
            length=preferences.value("servicedesk.pin_length"), **kwargs,
        )

    def form_valid(self, form: PinForm) -> HttpResponse:
        request, typed = self.request, form.cleaned_data
        try:
            known_by_password(request.user.staff_no, typed["password"], address_of(request))
            set_pin(request.user, typed["digits"])
        except Refusal as refusal:
            field = refusal.facts.get("field", "password")
            form.add_error(field, refusal.sentence.replace("工号或密码", "密码"))
            return self.form_invalid(form, refusal.status if isinstance(refusal, TooManyAttempts) else 422)
        messages.success(request, "签字 PIN 已设好,以后审阅签字可输入它代替密码。")
        return redirect(way_back(request))

    def form_invalid(self, form: PinForm, status: int = 422) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)
