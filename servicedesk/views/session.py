"""Sign-in, sign-out, lock, change of person, password, look and service point of the one at the screen."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic import FormView

from servicedesk import idle
from servicedesk.addresses import address_of, way_back
from servicedesk.errors import Refusal, TooManyAttempts
from servicedesk.forms.session import LookForm, PasswordChangeForm, SignInForm, UnlockForm
from servicedesk.models import User
from servicedesk.services.heldposts import HeldPost, read_held
from servicedesk.services.passwords import change_password, known_by_password
from servicedesk.services.points import SESSION_KEY as POINT_KEY


def _status(refusal: Refusal) -> int:
    return refusal.status if isinstance(refusal, TooManyAttempts) else 422


@method_decorator([login_not_required, never_cache, sensitive_post_parameters("password")], name="dispatch")
class SignInView(FormView):
    """工号 and password; then the page that was asked for."""

    template_name = "session/signin.html"
    form_class = SignInForm

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return super().get_context_data(next=way_back(self.request), **kwargs)

    def form_valid(self, form: SignInForm) -> HttpResponse:
        typed = form.cleaned_data
        try:
            user = known_by_password(typed["staff_no"], typed["password"], address_of(self.request))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            return self.form_invalid(form, _status(refusal))
        target = way_back(self.request)
        enter(self.request, user)
        return redirect(target)

    def form_invalid(self, form: SignInForm, status: int = 422) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)


class SwitchPersonView(SignInView):
    """On a shared computer: the next person signs in, the session of the last one is thrown away."""

    template_name = "session/switch_person.html"


def enter(request: HttpRequest, user: User) -> None:
    """Sign a person in. Another person's session is flushed, nothing of it is left for this one."""
    if request.user.is_authenticated and request.user.pk != user.pk:
        logout(request)
    # Django notes last_login by save(); a sign-in is no change worth a line of history.
    user.skip_history_when_saving = True
    login(request, user)
    del user.skip_history_when_saving
    idle.unlock(request.session)


@require_POST
def signout(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("signin")


@never_cache
@require_http_methods(["GET", "POST"])
def lock(request: HttpRequest) -> HttpResponse:
    """POST locks now; GET shows the lock page."""
    if request.method == "POST":
        idle.lock(request.session)
        return redirect(f"{reverse('lock')}?{urlencode({'next': way_back(request)})}")
    return lock_page(request)


def lock_page(
    request: HttpRequest, *, form: UnlockForm | None = None, back: str = "", held: str = "", status: int = 200
) -> HttpResponse:
    """The lock page; `held` is the sealed form that arrived while the session was locked."""
    context = {"form": form or UnlockForm(), "next": back or way_back(request), "held": held}
    return render(request, "session/lock.html", context, status=status)


@never_cache
@sensitive_post_parameters("password")
@require_POST
def unlock(request: HttpRequest) -> HttpResponse:
    """The same person's password opens the session where it was; a held form is offered for saving."""
    form = UnlockForm(request.POST)
    token = request.POST.get("held", "")
    if not form.is_valid():
        return lock_page(request, form=form, held=token, status=422)
    try:
        known_by_password(request.user.staff_no, form.cleaned_data["password"], address_of(request))
    except Refusal as refusal:
        form.add_error("password", refusal.sentence.replace("工号或密码", "密码"))
        return lock_page(request, form=form, held=token, status=_status(refusal))
    idle.unlock(request.session)
    held = read_held(token, request.user)
    return _held_page(request, held) if held else redirect(way_back(request))


def _held_page(request: HttpRequest, held: HeldPost) -> HttpResponse:
    return render(request, "session/held.html", {"held": held})


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class PasswordChangeView(FormView):
    """One's own password; forced when it was given by somebody else."""

    template_name = "session/password_change.html"
    form_class = PasswordChangeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return super().get_context_data(next=way_back(self.request), **kwargs)

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        request, typed = self.request, form.cleaned_data
        try:
            change_password(request.user, typed["old"], typed["new"], address_of(request))
        except Refusal as refusal:
            form.add_error(refusal.facts.get("field"), refusal.sentence)
            return self.form_invalid(form, _status(refusal))
        update_session_auth_hash(request, request.user)
        messages.success(request, "密码已修改,下次请用新密码登录。")
        return redirect(way_back(request))

    def form_invalid(self, form: PasswordChangeForm, status: int = 422) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Light or dark and the size of text; nothing else of the person."""
    form = LookForm(request.POST)
    if form.is_valid():
        # These two columns are no part of the person's history.
        User.objects.filter(pk=request.user.pk).update(**form.cleaned_data)
    else:
        messages.error(request, "没有这种显示方式,请从菜单中选。")
    return redirect(way_back(request))


@require_POST
def point_switch(request: HttpRequest) -> HttpResponse:
    """Go to another of the person's own service points on this computer."""
    key = request.POST.get("point", "")
    points = request.user.service_points.filter(is_active=True)
    point = points.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    if point is None:
        raise Http404
    request.session[POINT_KEY] = point.pk
    messages.success(request, f"现在在“{point}”。")
    return redirect(way_back(request))
