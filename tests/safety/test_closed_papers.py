"""A paper shows what was typed as text; while it is drawn nothing is read but fonts and its own pictures."""

import pytest

from servicedesk.choices import Role
from servicedesk.paper import papers
from servicedesk.services.printing.engine import ClosedFetcher
from tests.access.world import World
from tests.safety.planting import furnish, in_turn, planted
from tests.safety.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
OUTSIDE = [
    "<img src=http://127.0.0.1:9/a.png>", "<img src=file:///etc/passwd>", "<link rel=stylesheet href=http://127.0.0.1:9/>",
    "<style>@import 'http://127.0.0.1:9/'</style>", "<object data=file:///etc/passwd>", "<embed src=file:///etc/passwd>",
    "<b style='background:url(http://127.0.0.1:9/)'>", "<svg><image href=file:///etc/passwd></svg>",
    "<link rel=attachment href=file:///etc/passwd>", "<iframe src=file:///etc/passwd>", "<base href=http://127.0.0.1:9/>",
]


def test_no_paper_reads_anything_from_outside(client, monkeypatch):
    asked: list[str] = []
    fetch = ClosedFetcher.fetch

    def listen(self, url, headers=None):
        asked.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(ClosedFetcher, "fetch", listen)
    with planted(in_turn(OUTSIDE)):
        world = World().with_everything()
        furnish(world)
    manager = world.person(Role.MANAGER)
    client.force_login(manager)
    printed = []
    for paper in papers():
        if paper.is_ledger or not manager.has_perm(paper.permission):
            continue
        # A paper of a thing that a claimant still has to describe is closed: another record then.
        for record in [r for r in paper.rows(manager) if paper.suits(r)][:6]:
            answer = client.get(f"/papers/{paper.key}/pdf/", {"id": record.pk})
            if answer.status_code == 200:
                printed.append(paper.key)
                assert "root:" not in text_of(answer)
                break
    assert len(printed) >= 6, printed
    assert {url.partition(":")[0] for url in asked} <= {"file", "data"}
    assert [url for url in asked if "127.0.0.1" in url or "passwd" in url] == []
