"""Forms sent many times at once, editors who do not know of each other, serial numbers when the clock misbehaves."""

import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from lostfound.models import FoundItem
from servicedesk.errors import EditedMeanwhile
from servicedesk.services.serials import take_serial
from servicedesk.services.transitions import amend

pytestmark = pytest.mark.django_db(transaction=True)
FORMS, TIMES, DESKS, ROUNDS = 12, 20, 10, 60
EMPTY_LINES = {f"{prefix}-{name}_FORMS": "0" for prefix in ("contents", "cash") for name in ("TOTAL", "INITIAL")}


def test_each_form_posted_twenty_times_at_once_makes_one_record(clerk, zone, point):
    cookie = Client()
    cookie.force_login(clerk)
    forms = [
        {"thing": f"伞{n}", "zone": zone.pk, "found_at": "-30", "finder_is_anonymous": "on", "quantity": "1",
         "unit": "把", "submission_key": str(uuid.uuid4()), **EMPTY_LINES}
        for n in range(FORMS)
    ]

    def post(form: dict) -> tuple[int, str]:
        client = Client()
        client.cookies = cookie.cookies.copy()
        try:
            answer = client.post(reverse("lostfound:founditem_create"), form)
            return answer.status_code, answer.headers.get("Location", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(DESKS) as desks:
        answers = [list(desks.map(post, [form] * TIMES)) for form in forms]
    kept = Counter(FoundItem.objects.values_list("thing", flat=True))
    assert kept == {form["thing"]: 1 for form in forms}
    for form, told in zip(forms, answers, strict=True):
        item = FoundItem.objects.get(thing=form["thing"])
        assert set(told) == {(302, reverse("lostfound:founditem_detail", args=[item.pk]))}


def test_of_two_editors_none_overwrites_the_other_unseen(clerk, second_clerk, zone, point):
    client = Client()
    client.force_login(clerk)
    client.post(reverse("lostfound:founditem_create"), {
        "thing": "伞", "zone": zone.pk, "found_at": "-30", "finder_is_anonymous": "on", "quantity": "1", "unit": "把",
        **EMPTY_LINES,
    })
    key, gate = FoundItem.objects.get().pk, threading.Barrier(2)
    seen: dict[str, list[tuple[str, str]]] = {"甲": [], "乙": []}

    def edit(who: str, by) -> None:
        try:
            for turn in range(ROUNDS):
                gate.wait(timeout=60)
                item = FoundItem.objects.get(pk=key)
                gate.wait(timeout=60)
                read = item.features
                try:
                    with transaction.atomic():
                        amend(item, by=by, version=item.version, features=f"{who}{turn}")
                    seen[who].append((read, f"{who}{turn}"))
                except EditedMeanwhile:
                    pass
        finally:
            connection.close()

    editors = [threading.Thread(target=edit, args=pair) for pair in (("甲", clerk), ("乙", second_clerk))]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    # Whoever saved had read what the save before it wrote: the saves form one chain.
    saved = dict(seen["甲"] + seen["乙"])
    text, steps = "", 0
    while text in saved:
        text, steps = saved[text], steps + 1
    assert steps == len(seen["甲"]) + len(seen["乙"]) == ROUNDS
    assert FoundItem.objects.get(pk=key).features == text


def take(prefix: str, point, *, roll_back: bool = False) -> str:
    with transaction.atomic():
        number = take_serial(prefix, point)
        transaction.set_rollback(roll_back)
    return number


def test_serials_begin_anew_at_midnight_in_shanghai_and_have_no_gap_after_a_roll_back(point, time_machine):
    time_machine.move_to("2026-11-22 23:59:59+08:00", tick=False)
    given = [take("SW", point), take("SW", point, roll_back=True), take("SW", point)]
    time_machine.move_to("2026-11-23 00:00:00+08:00", tick=False)
    given += [take("SW", point, roll_back=True), take("SW", point), take("SW", point)]
    assert given == [
        "SW-20261122-001", "SW-20261122-002", "SW-20261122-002",
        "SW-20261123-001", "SW-20261123-001", "SW-20261123-002",
    ]


def test_a_clock_set_back_two_hours_over_midnight_gives_no_number_twice(point, time_machine):
    given = []
    for moment in ("2026-11-22 23:30", "2026-11-23 00:30", "2026-11-22 22:30", "2026-11-23 00:31", "2026-11-22 23:59"):
        time_machine.move_to(f"{moment}:00+08:00", tick=False)
        given += [take("YG", point), take("YG", point)]
    assert len(set(given)) == len(given) == 10
    for day, count in (("20261122", 6), ("20261123", 4)):
        assert sorted(n for n in given if day in n) == [f"YG-{day}-{n:03d}" for n in range(1, count + 1)]
