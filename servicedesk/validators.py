"""Rules for passwords beyond Django's own."""

from django.core.exceptions import ValidationError

from servicedesk.services.demo import DEMO_PASSWORD


class NotTheDemoPassword:
    """The password of the demo park stands in the handbook: nobody may choose it."""

    def validate(self, password: str, user=None) -> None:  # noqa: ARG002
        if password == DEMO_PASSWORD:
            raise ValidationError("这是演示用的密码,人人知道,请换一个。", code="demo_password")

    def get_help_text(self) -> str:
        return "不能用演示密码。"
