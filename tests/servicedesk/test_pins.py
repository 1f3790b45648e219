"""The PIN: set with the password, hashed, counted when it is tried, never a way to sign in."""

import pytest
from django.urls import reverse

from servicedesk.errors import PinTooSimple, TooManyAttempts, WrongOwnSecret, WrongPassword
from servicedesk.models import Pin
from servicedesk.services.passwords import known_by_password
from servicedesk.services.pins import confirm_self, set_pin
from tests.conftest import PASSWORD


def typed(**more) -> dict:
    return {"password": PASSWORD, "digits": "407193", "again": "407193", **more}


def test_a_pin_is_set_with_the_password_and_kept_hashed(as_user, clerk):
    assert as_user(clerk).post(reverse("pin"), typed()).status_code == 302
    assert Pin.objects.get().digits.startswith("argon2")
    confirm_self(clerk, "407193")


@pytest.mark.parametrize(("wrong", "field"), [
    ({"password": "falsch"}, "password"), ({"again": "407194"}, "again"),
    ({"digits": "12345", "again": "12345"}, "digits"), ({"digits": "", "again": ""}, "digits"),
])
def test_a_wrong_form_sets_nothing(as_user, clerk, wrong, field):
    answer = as_user(clerk).post(reverse("pin"), typed(**wrong))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Pin.objects.count() == 0


@pytest.mark.parametrize("digits", [
    "12345", "111111", "121212", "123456", "987654", "890123", "40719a", "407193" * 3, "",
])
def test_what_is_guessed_first_is_refused(clerk, digits):
    with pytest.raises(PinTooSimple):
        set_pin(clerk, digits)


def test_the_password_confirms_too_with_and_without_a_pin(clerk):
    confirm_self(clerk, PASSWORD)
    set_pin(clerk, "407193")
    confirm_self(clerk, PASSWORD)


def test_a_new_pin_ends_the_old_one(clerk):
    set_pin(clerk, "407193")
    set_pin(clerk, "593018")
    with pytest.raises(WrongOwnSecret):
        confirm_self(clerk, "407193")
    confirm_self(clerk, "593018")


def test_guessing_ends_before_the_right_one_is_judged(clerk):
    set_pin(clerk, "407193")
    for guess in range(4):
        with pytest.raises(WrongOwnSecret):
            confirm_self(clerk, f"40719{guess + 4}")
    for secret in ("407199", "407193", PASSWORD):
        with pytest.raises(TooManyAttempts):
            confirm_self(clerk, secret)


def test_somebody_elses_pin_confirms_nobody(clerk, second_clerk):
    set_pin(second_clerk, "407193")
    with pytest.raises(WrongOwnSecret):
        confirm_self(clerk, "407193")


def test_a_pin_signs_nobody_in(clerk):
    set_pin(clerk, "407193")
    with pytest.raises(WrongPassword):
        known_by_password(clerk.staff_no, "407193", "1.2.3.4")
