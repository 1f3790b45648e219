"""What waits behind the lines of the rail: counted on every page, by a query that is made once a minute at most."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from servicedesk.choices import Role
from servicedesk.context import Frame
from servicedesk.services import asking, kept
from servicedesk.services.inbox import tell
from servicedesk.tablemarks import kept_tables


@pytest.fixture
def rail():
    """The frame that the next page of a person shows: `rail(clerk)`."""

    def draw(user) -> Frame:
        kept.begin_request(only_looks=True)
        request = RequestFactory().get("/")
        request.user = type(user).objects.get(pk=user.pk)
        request.session = {}
        return Frame(request)

    yield draw
    kept.end_request()


def labels(frame: Frame) -> list[str]:
    return [item["label"] for group in frame.rail for item in group["items"]]


def test_a_message_that_came_is_counted_on_the_next_page_though_the_query_is_known(rail, clerk, monkeypatch):
    assert rail(clerk).inbox_count == ""
    monkeypatch.setattr(asking, "_Asked", None)  # none can be made any more
    tell([clerk], "有一件事要办。")
    assert rail(clerk).inbox_count == "1"


def test_a_right_taken_away_takes_its_line_at_once(rail, clerk):
    assert "投诉" in labels(rail(clerk))
    clerk.groups.clear()
    assert "投诉" not in labels(rail(clerk))


@pytest.mark.parametrize("role", Role)
def test_the_query_follows_from_kept_tables_alone(rail, make_person, role):
    person = make_person("7001", "何平", role)
    with CaptureQueriesContext(connection) as asked:
        assert rail(person).rail
    *making, counting = [query["sql"] for query in asked if "servicedesk_tablemark" not in query["sql"]]
    assert "COUNT(*)" in counting
    read = {table for sql in making for table in kept._TABLES.findall(sql)}
    assert read <= {*kept_tables()}
