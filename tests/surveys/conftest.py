"""Codes, versions and answers that the tests ask for."""

import uuid

import pytest

from servicedesk.models import VisitorCode
from surveys.choices import Channel
from surveys.models import SurveySheet, SurveyVersion
from surveys.services.batches import BatchFacts, hand_out
from surveys.services.sheets import SheetFacts, enter_sheet, take_answer

PHONE = "13800001234"


@pytest.fixture
def code(db, point, zone) -> VisitorCode:
    return VisitorCode.objects.create(code="TEST2345", name="东门售票处", service_point=point, zone=zone)


@pytest.fixture
def kiosk(db, point, zone) -> VisitorCode:
    return VisitorCode.objects.create(code="KSK23456", name="大厅自助机", service_point=point, is_kiosk=True)


@pytest.fixture
def version(db) -> SurveyVersion:
    """The one that every desk begins with."""
    return SurveyVersion.current()


@pytest.fixture
def batch(clerk, point, zone, version):
    """Three empty sheets that the clerk handed out."""
    return hand_out(BatchFacts(count=3, handed_out_by=clerk, zone=zone), by=clerk, point=point)


def facts(channel=Channel.PAPER, low=5, **more) -> SheetFacts:
    """All sixteen items good, but the twelfth is `low`."""
    scores = dict.fromkeys(range(1, 17), 5) | {12: low}
    return SheetFacts(**{"channel": channel, "scores": scores, "overall": 4, "origin": "上海", **more})


def angry(**more) -> SheetFacts:
    """A low answer of a visitor who may be called."""
    return facts(low=1, comment="厕所没纸", phone=PHONE, visitor_name="王女士", may_call=True, **more)


@pytest.fixture
def scan(code, version):
    """`scan(facts(...))`: a visitor's own answer."""

    def answer(told: SheetFacts | None = None, at=code) -> SurveySheet:
        return take_answer(told or facts(Channel.QR), code=at, key=uuid.uuid4())

    return answer


@pytest.fixture
def enter(clerk, point, version):
    """`enter(facts(...), by=clerk)`: typed in by staff."""

    def type_in(told: SheetFacts | None = None, by=clerk, at=point) -> SurveySheet:
        return enter_sheet(told or facts(), by=by, point=at)

    return type_in
