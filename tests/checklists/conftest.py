"""Assets, templates and rounds that the tests ask for."""

import datetime as dt
import io
from dataclasses import replace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from checklists.choices import RoundKind
from checklists.models import Asset, Round, RoundTemplate
from checklists.services.answers import Given, answer_line, lines_of
from checklists.services.assets import AssetFacts, register_asset
from checklists.services.rounds import finish_round, start_round
from servicedesk.services.photos import prepare_photo

TODAY = dt.date(2026, 11, 24)  # a Tuesday
FIRST = dt.date(2026, 11, 1)


def local(clock: str, on: dt.date = TODAY) -> dt.datetime:
    """`local("17:40")`: that time of the day on which these tests play, in Shanghai."""
    return timezone.make_aware(dt.datetime.combine(on, dt.time.fromisoformat(clock)))


def photo() -> SimpleUploadedFile:
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(stream, "JPEG")
    return SimpleUploadedFile("plug.jpg", stream.getvalue(), "image/jpeg")


@pytest.fixture
def clock():
    """The program's clock, standing at 17:40: `clock.move_to(local("23:59"))`."""
    with time_machine.travel(local("17:40"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def templates(db, clock) -> dict[str, RoundTemplate]:
    """The three that every desk begins with, owed since the first of the month."""
    RoundTemplate.objects.update(valid_from=FIRST)
    return {template.kind: template for template in RoundTemplate.objects.all()}


@pytest.fixture
def equipment(templates) -> RoundTemplate:
    return templates[RoundKind.EQUIPMENT]


@pytest.fixture
def assets(templates) -> RoundTemplate:
    return templates[RoundKind.ASSETS]


@pytest.fixture
def make_asset(supervisor, point, clock):
    """`make_asset("轮椅", 5)`: counted when there are several."""

    def make(name="自助取票机", quantity=1, at=point, **more) -> Asset:
        facts = AssetFacts(**{"name": name, "area": "大厅", "expected_quantity": quantity, "is_counted": quantity > 1,
                              **more})
        return register_asset(facts, by=supervisor, point=at, code="DT")

    return make


@pytest.fixture
def start(clerk, point, templates):
    """`start("equipment")`: the round of today, or of another day."""

    def begin(kind=RoundKind.EQUIPMENT, on=TODAY, by=clerk, at=point) -> Round:
        return start_round(templates[kind], on, by=by, point=at)

    return begin


@pytest.fixture
def walk(clerk):
    """Answer whatever is still open well, and finish: `walk(round, by=clerk)`."""

    def go(round_: Round, by=clerk) -> Round:
        for line in lines_of(round_):
            if not line.answer:
                given = Given(quantity=line.due_quantity) if line.is_counted else Given(answer="ok")
                seen = replace(given, photo=prepare_photo(photo())) if line.needs_photo else given
                answer_line(line, seen, by=by)
        return finish_round(round_, by=by)

    return go
