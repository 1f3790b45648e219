"""Forms of people: who they are, their roles and service points, why an account is closed."""

from typing import Any

from django import forms

from servicedesk.choices import Role
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import PhoneField, RowsField
from servicedesk.models import Department, ServicePoint, User
from servicedesk.services.passwords import typed_staff_no
from servicedesk.services.people import PersonFacts, grantable_roles


class PersonForm(DeskForm):
    """A member of staff. Roles that the editor may not give are not offered."""

    staff_no = forms.CharField(label="工号", max_length=20, widget=forms.TextInput(attrs={"autofocus": True}))
    name = forms.CharField(label="姓名", max_length=60)
    department = forms.ModelChoiceField(label="部门", queryset=Department.objects.none(), required=False)
    position = forms.CharField(label="职务", max_length=40, required=False)
    phone = PhoneField(label="电话", required=False)
    service_points = RowsField(
        label="服务点", queryset=ServicePoint.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text="只看得到自己服务点的登记",
    )
    roles = forms.MultipleChoiceField(
        label="岗位", required=False, widget=forms.CheckboxSelectMultiple, help_text="不选则只出现在单据上,不能办事",
    )
    reason = forms.CharField(label="修改原因", max_length=100, required=False)

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        held = set(person.role_names) if person else set()
        self.fields["department"].queryset = _open_or(Department, [person.department_id] if person else [])
        points = [point.pk for point in person.service_points.all()] if person else []
        self.fields["service_points"].queryset = _open_or(ServicePoint, points)
        allowed = {*grantable_roles(self.user), *held}
        self.fields["roles"].choices = [(role.value, role.label) for role in Role if role in allowed]
        if person is None:
            del self.fields["reason"]
        self._arrange(is_oneself=person is not None and person.pk == self.user.pk, is_new=person is None)

    def _arrange(self, *, is_oneself: bool, is_new: bool) -> None:
        if is_oneself:
            # Shown, not offered: the service refuses it too.
            self.fields["roles"].disabled = self.fields["service_points"].disabled = True
        last = row("phone") if is_new else row("phone", "reason")
        self.lay_out(
            block("人员", row("staff_no", "name"), row("department", "position"), last),
            block("岗位与服务点", row("roles", "service_points")),
        )

    def clean_staff_no(self) -> str:
        return typed_staff_no(self.cleaned_data["staff_no"])

    def facts(self) -> PersonFacts:
        typed = self.cleaned_data
        return PersonFacts(**{name: typed[name] for name in PersonFacts.__dataclass_fields__})


def _open_or(model: type, held: Any) -> Any:
    """Rows in use, and those the person has though they were closed since."""
    return model.objects.filter(is_active=True) | model.objects.filter(pk__in=[pk for pk in held if pk])  # type: ignore[attr-defined]


class CloseAccountForm(DeskForm):
    reason = forms.CharField(
        label="停用原因", max_length=100,
        widget=forms.TextInput(attrs={"autofocus": True, "placeholder": "如:离职、调出"}),
    )
