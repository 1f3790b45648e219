"""Passwords: who is at the screen, a change by oneself, a new one from the manager."""

import secrets
import unicodedata

from django.contrib.auth import authenticate
from django.db import transaction

from servicedesk.errors import (
    AccountClosed,
    NotOneself,
    NotThisPassword,
    NotThisPerson,
    OldPasswordWrong,
    TooManyAttempts,
    WrongPassword,
)
from servicedesk.models import User
from servicedesk.services import preferences
from servicedesk.services.attempts import forget_attempts, take_attempt
from servicedesk.services.people import may_change
from servicedesk.services.transitions import note_history

# Without 0 O 1 l I: a one-time password is read aloud or copied from a slip.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def typed_staff_no(text: str) -> str:
    """工号 as kept: full-width digits of a Chinese keyboard become plain ones."""
    return unicodedata.normalize("NFKC", text).strip()


def known_by_password(staff_no: str, password: str, address: str) -> User:
    """The person whose 工号 and password these are. The try is counted before it is judged.

    An unknown 工号, a closed account and a wrong password cost the same time and get the same sentence.

    Raises:
        TooManyAttempts: the limit of this 工号 at this address is used up; nothing was judged.
        WrongPassword: not right; says how many tries are left.
    """
    left = take_attempt(staff_no, address)
    user = authenticate(staff_no=staff_no, password=password)
    if user is None and left:
        raise WrongPassword(left=left)
    if user is None:
        raise TooManyAttempts(minutes=preferences.value("servicedesk.signin_window_minutes"))
    forget_attempts(staff_no, address)
    return user


def change_password(user: User, old: str, new: str, address: str) -> None:
    """A person's own change; ends the duty to change.

    Raises:
        TooManyAttempts: the old password was tried too often.
        OldPasswordWrong, NotThisPassword: the old one is wrong, or the new one is the old.
    """
    try:
        known_by_password(user.staff_no, old, address)
    except WrongPassword as refusal:
        raise OldPasswordWrong(field="old", **refusal.facts) from None
    if old == new:
        raise NotThisPassword(field="new")
    _set(user, new, must_change=False, by=user, reason="本人修改密码")


def reset_password(user: User, *, by: User) -> str:
    """Give a one-time password, to be changed at the next sign-in; it is returned once and never kept.

    Raises:
        NotThisPerson: `by` may not change this person.
        NotOneself: one's own password is changed with the old one.
        AccountClosed: the person left.
    """
    if not may_change(by, user):
        raise NotThisPerson(name=user.name)
    if by.pk == user.pk:
        raise NotOneself(act="密码(请用“修改密码”)")
    if not user.is_active:
        raise AccountClosed(name=user.name)
    password = _one_time_password()
    _set(user, password, must_change=True, by=by, reason="重置密码")
    forget_attempts(user.staff_no)
    return password


def first_password(user: User) -> str:
    """The one-time password of a person whom the command line made; returned once and never kept."""
    password = _one_time_password()
    _set(user, password, must_change=True, by=None, reason="发放密码(命令行)")
    return password


def _one_time_password() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


@transaction.atomic
def _set(user: User, password: str, *, must_change: bool, by: User | None, reason: str) -> None:
    user.set_password(password)
    user.must_change_password = must_change
    # The password is no column of the history; the line says that it changed and who did it.
    User.objects.filter(pk=user.pk).update(password=user.password, must_change_password=must_change)
    note_history(user, by, reason)
