"""The PIN of a person: six digits instead of the password where somebody signs for having read or checked."""

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from servicedesk.errors import PinTooSimple, TooManyAttempts, WrongOwnSecret
from servicedesk.models import Pin, User
from servicedesk.services import preferences
from servicedesk.services.attempts import forget_attempts, take_attempt

LONGEST_PIN = 12
# The counter of tries at a signature stands apart from that of the sign-in.
SIGNING = "sign"
RUN = "01234567890123456789"


def has_pin(user: User) -> bool:
    return Pin.objects.filter(person=user).exists()


def refuse_simple(user: User, digits: str) -> None:
    """Raise PinTooSimple for what somebody who looks on would try first."""
    length = preferences.value("servicedesk.pin_length")
    is_right = digits.isascii() and digits.isdigit() and length <= len(digits) <= LONGEST_PIN
    is_run = digits in RUN or digits[::-1] in RUN
    if not is_right or len(set(digits)) < 3 or is_run or digits == user.staff_no:
        raise PinTooSimple(field="digits", length=length)


@transaction.atomic
def set_pin(user: User, digits: str) -> None:
    """Keep a person's own PIN, hashed; an earlier one is overwritten. The password was asked for before.

    Raises:
        PinTooSimple: too short, all the same, a run, or the 工号.
    """
    refuse_simple(user, digits)
    Pin.objects.update_or_create(
        person=user, defaults={"digits": make_password(digits), "set_at": timezone.now()}
    )


def confirm_self(user: User, secret: str) -> None:
    """The person at the screen proves again who they are, by password or PIN. The try is counted before it is judged.

    Call it before the transaction of the act: a roll-back would forget the try.

    Raises:
        TooManyAttempts: the limit is used up; nothing was judged.
        WrongOwnSecret: neither the password nor the PIN.
    """
    left = take_attempt(user.staff_no, SIGNING)
    if not _is_theirs(user, secret):
        if left:
            raise WrongOwnSecret(field="secret", left=left)
        raise TooManyAttempts(minutes=preferences.value("servicedesk.signin_window_minutes"))
    forget_attempts(user.staff_no, SIGNING)


def _is_theirs(user: User, secret: str) -> bool:
    pin = Pin.objects.filter(person=user).first()
    if pin is not None and secret.isascii() and secret.isdigit() and check_password(secret, pin.digits):
        return True
    return check_password(secret, user.password)
