"""Forms of sign-in, unlocking, change of password and of the look."""

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from servicedesk.choices import TextSize, Theme
from servicedesk.services.passwords import typed_staff_no

LONGEST_PASSWORD = 128


def _password(label: str, autocomplete: str, **more) -> forms.CharField:
    attrs = {"autocomplete": autocomplete, **more.pop("attrs", {})}
    return forms.CharField(
        label=label, strip=False, max_length=LONGEST_PASSWORD, widget=forms.PasswordInput(attrs=attrs),
        error_messages={"required": f"请输入{label}。"}, **more,
    )


class SignInForm(forms.Form):
    """工号 and password; a wrong password keeps the 工号 and puts the cursor behind it."""

    staff_no = forms.CharField(
        label="工号", max_length=20, error_messages={"required": "请输入工号。"},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = _password("密码", "current-password")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        first = "password" if self.is_bound and self.data.get("staff_no") else "staff_no"
        self.fields[first].widget.attrs["autofocus"] = True

    def clean_staff_no(self) -> str:
        return typed_staff_no(self.cleaned_data["staff_no"])


class UnlockForm(forms.Form):
    password = _password("密码", "current-password", attrs={"autofocus": True})


class PasswordChangeForm(forms.Form):
    """Old and new password; the rules for the new one are said before it is typed."""

    old = _password("原密码", "current-password", attrs={"autofocus": True})
    new = _password("新密码", "new-password")
    again = _password("再输一次新密码", "new-password")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["new"].help_text = " ".join(password_validators_help_texts())

    def clean_new(self) -> str:
        validate_password(self.cleaned_data["new"], self.user)
        return self.cleaned_data["new"]

    def clean(self) -> dict:
        found = self.cleaned_data
        if "new" in found and "again" in found and found["new"] != found["again"]:
            self.add_error("again", ValidationError("两次输入的新密码不一致。"))
        return found


class PinForm(forms.Form):
    """The password of the person, and the PIN twice."""

    password = _password("密码", "current-password", attrs={"autofocus": True})
    digits = _password("新 PIN", "off", attrs={"inputmode": "numeric"})
    again = _password("再输一次 PIN", "off", attrs={"inputmode": "numeric"})

    def clean(self) -> dict:
        found = self.cleaned_data
        if "digits" in found and "again" in found and found["digits"] != found["again"]:
            self.add_error("again", ValidationError("两次输入的 PIN 不一致。"))
        return found


class LookForm(forms.Form):
    """Light or dark and the size of text."""

    theme = forms.ChoiceField(label="明暗", choices=Theme.choices)
    text_size = forms.ChoiceField(label="字号", choices=TextSize.choices)
