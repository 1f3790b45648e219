"""Form of a notice channel. What is secret is typed anew or left as it is; it never comes back to the screen."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from servicedesk.choices import ChannelKind
from servicedesk.errors import Refusal
from servicedesk.forms.base import block, row
from servicedesk.forms.places import PlaceForm
from servicedesk.services.posting import check_address
from servicedesk.services.sending import topics

SERVER = re.compile(r"^[A-Za-z0-9.-]{3,100}(:\d{2,5})?$")
KEPT = "留空则不改"


def _secret(label: str, help_text: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=200, required=False, strip=True, widget=widget, help_text=help_text)


class ChannelForm(PlaceForm):
    """A robot or a list of e-mail addresses, and which topics it gets."""

    columns = ("name", "kind", "address", "secret", "server", "account", "topics", "is_active")
    secrets = ("address", "secret")

    kind = forms.ChoiceField(label="方式", choices=ChannelKind.choices)
    address = forms.CharField(
        label="机器人地址或收件邮箱", max_length=600, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="机器人:后台给出的完整 https 地址;邮件:收件邮箱,多个用逗号隔开",
    )
    secret = _secret("加签密钥或邮箱密码", "钉钉、飞书选了“加签”才有;邮件是发信账号的密码")
    server = forms.CharField(
        label="发信服务器", max_length=120, required=False, help_text="只用于邮件,如 smtp.example.com:465"
    )
    account = forms.EmailField(label="发信账号", max_length=120, required=False, help_text="只用于邮件")
    topics = forms.MultipleChoiceField(label="发送内容", widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        self.fields["topics"].choices = topics()
        if self.place is not None:
            self.fields["address"].required = False
            for name in self.secrets:
                self.fields[name].help_text = f"{KEPT};{self.fields[name].help_text}"

    def rows(self) -> list[Any]:
        return [
            block("渠道", row("name", "kind"), "address", "secret"),
            block("邮件", row("server", "account")), block("发什么", "topics"),
        ]

    def clean_server(self) -> str:
        server = self.cleaned_data["server"].strip()
        if server and not SERVER.match(server):
            raise ValidationError("发信服务器写成 smtp.example.com:465。")
        return server

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        kind, address = found.get("kind"), found.get("address", "")
        if kind and not address and self.place is not None and kind != self.place.kind:
            self.add_error("address", "换了方式,请填写新的地址。")
        if kind and address:
            try:
                check_address(kind, address)
            except Refusal as refusal:
                self.refuse(refusal)
        if kind == ChannelKind.EMAIL and not found.get("server") and "server" not in self.errors:
            self.add_error("server", "发邮件要填发信服务器,如 smtp.example.com:465。")
        return found

    def facts(self) -> dict[str, Any]:
        found = super().facts()
        if self.place is None:
            return found
        return {name: value for name, value in found.items() if name not in self.secrets or value}
