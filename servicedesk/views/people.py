"""People and roles: add, edit, close and reopen accounts, one-time passwords, end of a lock-out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from servicedesk.books import PEOPLE
from servicedesk.forms.people import CloseAccountForm, PersonForm
from servicedesk.models import User
from servicedesk.services import people
from servicedesk.services.attempts import locked_out
from servicedesk.services.house import edition
from servicedesk.services.passwords import reset_password
from servicedesk.views.books import BookDetailView
from servicedesk.views.forms import RecordFormView

RIGHT = "servicedesk.manage_people"


class PersonDetailView(BookDetailView):
    """A member of staff, with what may be done to the account."""

    book = PEOPLE

    def steps(self, row: User) -> list[dict]:
        if not people.may_change(self.request.user, row):
            return []
        is_oneself = row.pk == self.request.user.pk
        return [*super().steps(row), *([] if is_oneself else self._account_steps(row))]

    def _account_steps(self, row: User) -> list[dict]:
        if not row.is_active:
            return [_step("恢复在职", "person_open", row, "person-check")]
        steps = []
        if locked_out([row.staff_no]):
            steps.append(_step("解除登录锁定", "person_unlock", row, "unlock"))
        word = "重置密码" if row.has_usable_password() else "发放密码"
        ask = f"{row.name} 现在的密码将作废,确定吗?" if row.has_usable_password() else ""
        steps.append(_step(word, "person_password", row, "key", confirm=ask))
        closing = {"label": "停用", "icon": "slash-circle", "tone": "cinnabar"}
        return [*steps, {**closing, "url": reverse("person_close", args=[row.pk])}]


def _step(label: str, name: str, person: User, icon: str, **more: Any) -> dict:
    return {"label": label, "url": reverse(name, args=[person.pk]), "icon": icon, "method": "post", **more}


class PersonFormView(RecordFormView):
    """What the forms about people share."""

    permission_required = RIGHT
    register = PEOPLE
    form_class: Any = PersonForm
    needs_point = False

    def saved_sentence(self, record: User) -> str:
        return f"已保存 {record.described}"


class PersonCreateView(PersonFormView):
    form_title = "新增人员"

    def save(self, form: PersonForm) -> User:
        return people.add_person(form.facts(), by=self.request.user)


class PersonEditView(PersonFormView):
    """Edit; one's own roles and service points are shown closed."""

    form_title = "修改人员"

    @cached_property
    def person(self) -> User:
        return get_object_or_404(PEOPLE.rows(), pk=self.kwargs["pk"])

    def has_permission(self) -> bool:
        return super().has_permission() and people.may_change(self.request.user, self.person)

    def form_kwargs(self) -> dict[str, Any]:
        return {"person": self.person}

    def initial(self) -> dict[str, Any]:
        person = self.person
        return {
            "staff_no": person.staff_no, "name": person.name, "department": person.department_id,
            "position": person.position, "phone": person.phone, "roles": person.role_names,
            "service_points": [point.pk for point in person.service_points.all()], "version": edition(person),
        }

    def save(self, form: PersonForm) -> User:
        person, typed = self.person, form.cleaned_data
        people.change_person(
            person, form.facts(), by=self.request.user, seen=typed["version"], reason=typed.get("reason", "")
        )
        return person


class PersonCloseView(PersonEditView):
    """The person left: why, then no entry any more."""

    form_class = CloseAccountForm
    save_label = "停用"

    @property
    def form_title(self) -> str:  # type: ignore[override]
        return f"停用 {self.person.described} 的账号"

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def initial(self) -> dict[str, Any]:
        return {}

    def save(self, form: CloseAccountForm) -> User:  # type: ignore[override]
        person = self.person
        people.close_account(person, by=self.request.user, reason=form.cleaned_data["reason"])
        return person

    def saved_sentence(self, record: User) -> str:
        return f"{record.name} 已停用,不能再登录;过去的记录仍署其名。"


@permission_required(RIGHT, raise_exception=True)
@require_POST
def person_open(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    people.open_account(person, by=request.user)
    messages.success(request, f"{person.name} 已恢复在职。")
    return redirect(PEOPLE.detail_url(pk))


@permission_required(RIGHT, raise_exception=True)
@require_POST
def person_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    people.end_lock_out(person, by=request.user)
    messages.success(request, f"{person.name} 现在可以再试密码。")
    return redirect(PEOPLE.detail_url(pk))


@never_cache
@permission_required(RIGHT, raise_exception=True)
@require_POST
def person_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A one-time password, shown on this answer and nowhere else."""
    person = get_object_or_404(User, pk=pk)
    password = reset_password(person, by=request.user)
    return render(request, "house/one_time_password.html", {"person": person, "password": password})
