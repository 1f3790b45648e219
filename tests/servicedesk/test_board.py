"""The start page: every count is the length of the list it leads to, whoever looks; it asks again by itself."""

import time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dutylog.choices import EntryCategory
from dutylog.services.entries import EntryFacts, strike_entry, write_entry
from servicedesk.choices import Role
from servicedesk.services import today
from servicedesk.services.asking import tallies
from tests.access.world import standing

# Pages that lead on to the work itself instead of a list.
NO_LISTS = {"/lost-and-found/custody/", "/complaints/callbacks/work/", "/duty/follow-ups/old-items/"}


def counted_lines(person) -> list[tuple[str, str, int]]:
    """What the board says by numbers: words, address, count."""
    said = [each for source in (*today.sources.numbers, *today.sources.waiting) for each in source(person)]
    found = [(each.label, each.url, each.rows.count()) for each in said
             if isinstance(each, today.Number) and each.rows is not None]
    for each in said:
        if isinstance(each, today.Alarm):  # what waits for nobody leads to an empty list, too
            (tally,) = tallies([(each.rows, each.oldest)])
            line = each.line(tally)
            found.append((line.sentence, line.url, tally.count))
    return [each for each in found if each[1].partition("?")[0] not in NO_LISTS]


def length(context) -> int:
    """How many rows a page lists, however it does."""
    if "filter" in context:
        return context["filter"].qs.count()
    return len(context["lines"]) if "lines" in context else context["count"]


@pytest.mark.django_db
@pytest.mark.one_database
def test_every_count_of_the_board_leads_to_exactly_its_rows_whoever_looks():
    with standing(notes_contexts=True) as world:
        world.with_everything()
        clerk = world.person(Role.CLERK)
        facts = EntryFacts(happened_at=timezone.now(), category=EntryCategory.ENQUIRY, text="游客询问末班车时间")
        strike_entry(write_entry(facts, by=clerk, point=world.point), "写错了日子", by=clerk)
        wrong, seen = [], set()
        for role in (Role.CLERK, Role.MANAGER, Role.FINANCE):
            person, client = world.person(role), Client()
            client.force_login(person)
            for words, url, count in counted_lines(person):
                seen.add(url.partition("?")[0])
                shown = length(client.get(url).context)
                if shown != count:
                    wrong.append((role, words, url, shown))
        assert wrong == []
        assert {url.split("/")[1] for url in seen} >= {"checks", "complaints", "duty", "ledgers", "lost-and-found"}


def test_the_board_asks_again_without_keeping_the_desk_awake(as_user, clerk):
    client = as_user(clerk)
    page = client.get(reverse("start")).content.decode()
    assert f'hx-get="{reverse("start_board")}"' in page
    assert 'data-board-seconds="60"' in page
    session = client.session
    session["last_seen"] = int(time.time()) - 120
    session.save()
    answer = client.get(reverse("start_board"), headers={"HX-Request": "true"})
    assert "等我办的" in answer.content.decode()
    assert client.session["last_seen"] == session["last_seen"]
