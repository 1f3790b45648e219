"""The guard of the sign-in: an exact count, per person and address, under parallel tries too."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from servicedesk.errors import TooManyAttempts, WrongPassword
from servicedesk.models import SignInAttempt
from servicedesk.services import passwords
from servicedesk.services.attempts import forget_attempts, locked_out, take_attempt
from servicedesk.services.passwords import known_by_password
from servicedesk.services.preferences import choose
from tests.conftest import PASSWORD

HERE, THERE = "10.0.0.8", "10.0.0.9"


def fail(times: int, staff_no: str = "1001", address: str = HERE) -> None:
    for _ in range(times):
        with pytest.raises((WrongPassword, TooManyAttempts)):
            known_by_password(staff_no, "wrong", address)


def test_each_wrong_password_says_how_many_tries_are_left(clerk):
    said = []
    for _ in range(5):
        with pytest.raises((WrongPassword, TooManyAttempts)) as refusal:
            known_by_password("1001", "wrong", HERE)
        said.append(refusal.value.sentence)
    assert said == [
        *[f"工号或密码不对,还可以试 {left} 次。" for left in (4, 3, 2, 1)],
        "密码错误次数过多,请 15 分钟后再试,或请经理、系统管理员解锁。",
    ]


def test_after_the_limit_even_the_right_password_is_not_judged(clerk, monkeypatch):
    fail(5)
    monkeypatch.setattr(passwords, "authenticate", lambda **_: pytest.fail("a password was judged"))
    with pytest.raises(TooManyAttempts):
        known_by_password("1001", PASSWORD, HERE)


def test_a_desk_that_shares_one_address_is_not_locked_with_its_colleague(clerk, second_clerk):
    fail(6)
    assert known_by_password("1002", PASSWORD, HERE) == second_clerk


def test_somebody_at_another_computer_cannot_lock_a_colleague_out(clerk):
    fail(6, address=THERE)
    assert known_by_password("1001", PASSWORD, HERE) == clerk


def test_a_right_password_begins_the_count_anew(clerk):
    fail(4)
    known_by_password("1001", PASSWORD, HERE)
    fail(4)
    assert known_by_password("1001", PASSWORD, HERE) == clerk


def test_the_lock_out_ends_one_window_after_the_last_judged_try(clerk, time_machine):
    time_machine.move_to("2026-11-22 10:00:00+08:00", tick=False)
    fail(4)
    time_machine.move_to("2026-11-22 10:14:00+08:00", tick=False)
    fail(3)
    time_machine.move_to("2026-11-22 10:28:00+08:00", tick=False)
    with pytest.raises(TooManyAttempts, match="请 1 分钟后再试"):
        known_by_password("1001", PASSWORD, HERE)
    time_machine.move_to("2026-11-22 10:29:01+08:00", tick=False)
    assert known_by_password("1001", PASSWORD, HERE) == clerk


def test_limit_and_window_are_the_managers(clerk, manager):
    choose("servicedesk.signin_attempts", 3, manager)
    choose("servicedesk.signin_window_minutes", 60, manager)
    fail(2)
    with pytest.raises(TooManyAttempts, match="请 60 分钟后再试"):
        known_by_password("1001", "wrong", HERE)


@pytest.mark.parametrize("staff_no", ["9999", "1003", "2001"])
def test_unknown_closed_and_paper_only_people_get_the_same_sentence(staff_no, outsider, guard):
    outsider.is_active = False
    outsider.save()
    with pytest.raises(WrongPassword, match="工号或密码不对,还可以试 4 次。"):
        known_by_password(staff_no, PASSWORD, HERE)


def test_an_unknown_staff_number_costs_a_hash_like_a_known_one(clerk, monkeypatch):
    hashed = []
    monkeypatch.setattr(
        "django.contrib.auth.hashers.Argon2PasswordHasher.encode",
        lambda self, password, salt: hashed.append(password) or "argon2$none",
    )
    fail(1, staff_no="9999")
    assert hashed == ["wrong"]


def test_a_manager_unlocks_at_every_address(clerk):
    fail(5)
    fail(5, address=THERE)
    assert locked_out(["1001", "1002"]) == {"1001"}
    forget_attempts("1001")
    assert locked_out(["1001"]) == set()
    assert known_by_password("1001", PASSWORD, THERE) == clerk


def test_guessing_staff_numbers_does_not_fill_the_table(db, time_machine):
    time_machine.move_to("2026-11-22 10:00:00+08:00", tick=False)
    for number in range(7):
        take_attempt(f"guess{number}", HERE)
    time_machine.move_to("2026-11-22 10:20:00+08:00", tick=False)
    take_attempt("guess9", HERE)
    assert SignInAttempt.objects.values_list("staff_no", flat=True).get() == "guess9"


def test_a_count_that_a_refusal_would_roll_back_is_not_taken(clerk):
    with transaction.atomic(), pytest.raises(RuntimeError):
        take_attempt("1001", HERE)


@pytest.mark.django_db(transaction=True)
def test_of_a_hundred_parallel_wrong_passwords_at_most_five_are_judged(clerk, monkeypatch):
    judged, together = [], threading.Barrier(100)
    monkeypatch.setattr(passwords, "authenticate", lambda **typed: judged.append(typed["staff_no"]))

    def knock(_) -> int:
        together.wait()
        try:
            answer = Client().post(reverse("signin"), {"staff_no": "1001", "password": "wrong"})
            return answer.status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(knock, range(100)))
    assert judged == ["1001"] * 5
    assert sorted(answers) == [422] * 4 + [429] * 96
