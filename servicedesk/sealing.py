"""Personal numbers at rest: encrypted, found again by their last four characters or whole.

A sealed column holds a Fernet token. Beside it stand two columns that follow it by themselves:
the tail (last four characters, for the desk's usual question) and the digest (keyed hash of the
whole, for an exact look-up). Neither can be turned back into the number without the keys.
"""

import hashlib
import hmac
import unicodedata
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models

TAIL_LENGTH = 4
# What stands where a person stood, after the purge of old personal data.
CLEARED = "(已清除)"


@lru_cache(maxsize=4)
def _fernet(key: str) -> Fernet:
    return Fernet(key.encode())


def seal(plain: str) -> str:
    """Encrypt `plain` (empty stays empty)."""
    if not plain:
        return ""
    return _fernet(settings.DESK_FIELD_KEY).encrypt(plain.encode()).decode()


def unseal(token: str) -> str:
    """Decrypt a token made by `seal`. A token of another key reads as `(无法解密)`."""
    if not token:
        return ""
    try:
        return _fernet(settings.DESK_FIELD_KEY).decrypt(token.encode()).decode()
    except InvalidToken:
        return "(无法解密)"


def normal(number: str) -> str:
    """The form in which a number is compared: NFKC, upper case, letters and digits only."""
    text = unicodedata.normalize("NFKC", number or "").upper()
    return "".join(c for c in text if c.isalnum())


def tail(number: str) -> str:
    """The last four characters of the normal form."""
    return normal(number)[-TAIL_LENGTH:]


def digest(number: str) -> str:
    """Keyed SHA-256 (hex, 64 characters) of the normal form; empty for an empty number."""
    text = normal(number)
    if not text:
        return ""
    return hmac.new(settings.DESK_DIGEST_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def masked(number: str) -> str:
    """`138****1234`: what lists, ledgers and notices may show."""
    text = (number or "").strip()
    if len(text) <= TAIL_LENGTH:
        return "*" * len(text)
    head = 3 if len(text) >= 9 else 0
    return f"{text[:head]}****{text[-TAIL_LENGTH:]}"


def masked_name(name: str) -> str:
    """`张*`, `欧**`: the first character and a star for each further one (three at most)."""
    text = (name or "").strip()
    if text == CLEARED:
        return text
    return text[:1] + "*" * min(len(text) - 1, 3) if text else ""


class SealedField(models.TextField):
    """A text encrypted in the database and plain in Python.

    `is_closed`: words, not a number (a secret mark): no part of it is ever shown masked.
    """

    def __init__(self, *args, is_closed: bool = False, **kwargs):
        self.is_closed = is_closed
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):  # noqa: ARG002
        return unseal(value) if value else value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return seal(value) if value else value


class _Follower(models.CharField):
    """A column computed from a sealed one at each save."""

    def __init__(self, *args, of: str = "", **kwargs):
        self.of = of
        kwargs.setdefault("editable", False)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs["of"] = self.of
        return name, path, args, kwargs

    def compute(self, number: str) -> str:
        raise NotImplementedError

    def pre_save(self, model_instance, add):  # noqa: ARG002
        value = self.compute(getattr(model_instance, self.of) or "")
        setattr(model_instance, self.attname, value)
        return value


class TailField(_Follower):
    """Last four characters of the sealed column `of`."""

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = TAIL_LENGTH
        super().__init__(*args, **kwargs)

    def compute(self, number: str) -> str:
        return tail(number)


class DigestField(_Follower):
    """Keyed hash of the sealed column `of`."""

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 64
        super().__init__(*args, **kwargs)

    def compute(self, number: str) -> str:
        return digest(number)


def followers(model: type[models.Model], changes: dict) -> dict:
    """Complete `changes` for an `.update()`: tails and digests of the sealed columns it names."""
    more = {
        field.attname: field.compute(changes[field.of] or "")
        for field in model._meta.fields
        if isinstance(field, _Follower) and field.of in changes
    }
    return {**changes, **more}
