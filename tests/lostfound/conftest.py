"""Things and claimants that the tests of lost and found ask for."""

import base64
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageDraw

from lostfound.choices import (
    PREFIX,
    BatchKind,
    ClaimPath,
    DocumentForm,
    DocumentKind,
    IntakeKind,
    ItemState,
    MatchState,
    MoveKind,
    ReportState,
    Verdict,
)
from lostfound.models import CustodyMove, FoundItem, ItemCategory, LostReport, Match
from lostfound.services.batches import approve_batch, prepare_batch, review_batch
from lostfound.services.claim_documents import Proof, record_document
from lostfound.services.claim_statements import add_statement, judge_statement, open_for_view
from lostfound.services.claims import ClaimFacts, approve_claim, open_claim
from lostfound.services.clocks import desk_due_on
from lostfound.services.documents import Document
from lostfound.services.item_facts import CashFacts, ContentFacts, FoundItemFacts
from lostfound.services.items import register_found_item
from lostfound.services.report_facts import LostReportFacts
from lostfound.services.reports import register_lost_report
from servicedesk.services.serials import take_serial
from servicedesk.services.signing import PNG_HEAD

# The example of the standard itself (GB 11643).
RESIDENT_NUMBER = "11010519491231002X"


@pytest.fixture
def make_item(db, point, zone, clerk, now):
    """A found thing at the desk: `make_item(name_on_item="杨明静")`."""
    made = []

    def make(category="雨具", **more) -> FoundItem:
        made.append(None)
        kind = ItemCategory.objects.get(name=category) if isinstance(category, str) else category
        return FoundItem.objects.create(**{
            "number": f"SW-20261122-{len(made):03d}", "service_point": point, "created_at": now, "created_by": clerk,
            "intake_kind": IntakeKind.VISITOR, "state": ItemState.IN_CUSTODY, "thing": "雨伞", "colour": "黑色",
            "category": kind, "found_at": now - dt.timedelta(hours=3),
            "handed_in_at": now - dt.timedelta(hours=2), "zone": zone, "holder": clerk, "finder_name": "张三",
            "secret_marks": "伞柄内侧刻有 M", "features": "第三根伞骨弯", **more,
        })

    return make


@pytest.fixture
def item(make_item) -> FoundItem:
    return make_item()


@pytest.fixture
def valuable(make_item) -> FoundItem:
    return make_item("手机", thing="手机", brand="华为", is_valuable=True, seal_number="F-001")


@pytest.fixture
def make_report(db, point, clerk, now):
    """A lost report: `make_report(owner_name="杨明静")`."""
    made = []

    def make(**more) -> LostReport:
        made.append(None)
        return LostReport.objects.create(**{
            "number": f"SS-20261122-{len(made):03d}", "service_point": point, "created_at": now, "created_by": clerk,
            "owner_name": "杨明静", "phone": "13800001234", "lost_from": now - dt.timedelta(hours=4),
            "lost_to": now - dt.timedelta(hours=3), "category": ItemCategory.objects.get(name="雨具"),
            "thing": "雨伞", "expires_on": now.date() + dt.timedelta(days=365), **more,
        })

    return make


@pytest.fixture
def matched(item, make_report) -> Match:
    """A lost report whose match with `item` is confirmed."""
    report = make_report(state=ReportState.MATCHED)
    return Match.objects.create(item=item, report=report, score=80, state=MatchState.CONFIRMED)


@pytest.fixture
def facts(now):
    """What a claimant says first: `facts(claimant_name="杨民敬")`."""

    def make(**more) -> ClaimFacts:
        return ClaimFacts(**{
            "claimant_name": "杨明静", "phone": "13800001234", "lost_from": now - dt.timedelta(hours=4),
            "lost_place": "观景台", "origin": "浙江杭州", **more,
        })

    return make


@pytest.fixture
def card():
    """An identity card in its original: `card(name="杨民敬")`."""

    def make(**more) -> Document:
        return Document(**{
            "kind": DocumentKind.ID_CARD, "form": DocumentForm.ORIGINAL, "name": "杨明静", "number": RESIDENT_NUMBER,
            **more,
        })

    return make


@pytest.fixture
def proof(card):
    """Step ② of the owner's path; give `path` and its parts for another."""

    def make(**more) -> Proof:
        return Proof(**{"path": ClaimPath.OWNER, "owner": card(), **more})

    return make


@pytest.fixture
def delegated(proof, card, now):
    """Step ② of a delegate with everything in order."""

    def make(**more) -> Proof:
        return proof(**{
            "path": ClaimPath.DELEGATE, "delegate_name": "李四", "delegate_phone": "13700001111",
            "delegate_relation": "丈夫", "delegate": card(name="李四"), "has_authorisation": True,
            "authorisation_name": "杨明静", "owner_called_at": now, "owner_call_result": "本人同意", **more,
        })

    return make


@pytest.fixture
def opened(item, facts, clerk):
    """A claim on the umbrella with nothing checked yet."""
    return open_claim(item, facts(), by=clerk)


@pytest.fixture
def to_approved(proof, clerk):
    """Bring a claim through steps ① to ③."""

    def bring(claim, the_proof=None, *, by=clerk):
        for text in ("伞柄内侧刻着 M", "有一根伞骨弯了"):
            add_statement(claim, text, by=by)
        record_document(claim, the_proof or proof(), by=by)
        open_for_view(claim, by=by)
        for statement in claim.statements.all():
            judge_statement(statement, Verdict.AGREES, by=by)
        return approve_claim(claim, by=by, means=("features", "name"))

    return bring


@pytest.fixture(scope="session")
def strokes() -> str:
    """A signature as the pad sends it."""
    picture = Image.new("RGB", (300, 100), "white")
    ImageDraw.Draw(picture).line([(20, 80), (120, 20), (260, 70)], fill="black", width=4)
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return PNG_HEAD + base64.b64encode(stream.getvalue()).decode()


@pytest.fixture
def make_find(point, zone, clerk):
    """A find in custody, straight into the tables: `make_find("手机", days=40, seal_number="F-1")`.

    `days` is how long ago it was handed in; Further columns are set as given.
    """

    @transaction.atomic
    def make(category: str = "雨具", *, days: int = 0, by=clerk, at=point, **columns) -> FoundItem:
        kind = ItemCategory.objects.get(name=category)
        handed_in = timezone.now() - dt.timedelta(days=days)
        facts = {
            "intake_kind": IntakeKind.VISITOR, "state": ItemState.IN_CUSTODY, "category": kind, "thing": category,
            "public_text": f"{category}一件", "is_valuable": kind.is_valuable, "found_at": handed_in, "zone": zone,
            "handed_in_at": handed_in, "created_at": handed_in, "finder_name": "张三丰", "holder": by,
            "desk_due_on": desk_due_on(kind, handed_in), **columns,
        }
        item = FoundItem(
            number=take_serial(PREFIX[facts["intake_kind"]], at), service_point=at, created_by=by, **facts
        )
        item._history_user = by
        item.save()
        CustodyMove.objects.create(
            item=item, kind=MoveKind.INTAKE, at=handed_in, from_text="张三丰", to_person=by, by=by
        )
        return item

    return make


@pytest.fixture
def find(zone, now):
    """What the clerk typed about a find, ready for the service: `find(thing="手机", category="手机")`."""

    def make(category: str = "雨具", **more) -> FoundItemFacts:
        return FoundItemFacts(**{
            "intake_kind": IntakeKind.VISITOR, "category": ItemCategory.objects.get(name=category), "thing": "雨伞",
            "found_at": now - dt.timedelta(minutes=30), "zone": zone, "finder_name": "张三", **more,
        })

    return make


@pytest.fixture
def register(find, clerk, point):
    """Register a find by the service: `register(by=second_clerk, thing="手机")`."""

    def make(category: str = "雨具", *, by=clerk, at=point, **more) -> FoundItem:
        return register_found_item(find(category, **more), by=by, point=at)

    return make


@pytest.fixture
def phone(register, second_clerk) -> FoundItem:
    """A found phone: counted by two, sealed, held by the clerk who took it in."""
    return register("手机", thing="手机", brand="华为", second_person=second_clerk, seal_number="F-100")


@pytest.fixture
def on_spot(register, guard) -> FoundItem:
    """An umbrella that the guard who found it still holds in the field."""
    return register(intake_kind=IntakeKind.ON_SPOT, finder=guard, is_field_held=True)


# ---- papers --------------------------------------------------------------------------------


@pytest.fixture
def purse(register, second_clerk, safe) -> FoundItem:
    """A visitor's purse with things and cash in it, counted by two, sealed."""
    return register(
        "包袋", thing="手提包", brand="蔻驰", colour="咖啡色", spec="小号", features="拉链头换成了红绳",
        name_on_item="杨明静", number_on_item=RESIDENT_NUMBER, secret_marks="夹层缝着 M", is_valuable=True,
        estimated_value=Decimal(765), finder_name="张三", finder_phone="13900005678", finder_origin="江苏苏州",
        place_detail="石阶旁", second_person=second_clerk, seal_number="F-777", storage=safe,
        contents=(ContentFacts(thing="口红", features="刻有 YMJ"),),
        cash=(CashFacts(denomination=Decimal(100), pieces=12), CashFacts(denomination=Decimal(50), pieces=1)),
    )


@pytest.fixture
def staff_find(register, guard) -> FoundItem:
    """An umbrella that the guard brought to the desk; its slip and draft of a good deed are made."""
    return register(
        intake_kind=IntakeKind.STAFF, finder=guard, colour="黑色", brand="天堂", features="第三根伞骨弯",
        estimated_value=Decimal(120),
    )


@pytest.fixture
def lost_report(clerk, point, zone, near_zone, now) -> LostReport:
    """A visitor's report of a lost bag, with two things in it."""
    return register_lost_report(
        LostReportFacts(
            owner_name="杨明静", phone="13800001234", category=ItemCategory.objects.get(name="包袋"), thing="手提包",
            colour="咖啡色", features="拉链头换成了红绳", lost_from=now - dt.timedelta(hours=3),
            lost_to=now - dt.timedelta(hours=1), zones=(near_zone, zone), channel="desk", origin="浙江杭州",
            number_on_item=RESIDENT_NUMBER, blind_answers="夹层缝着 M", signature_means="paper",
        ),
        by=clerk, point=point,
    )


@pytest.fixture
def make_batch(make_find, custodian, supervisor, manager, point):
    """An approved list of two things: `make_batch(BatchKind.FINANCE)`."""

    def make(kind: str, *items: FoundItem):
        over = {
            "announced_at": timezone.now() - dt.timedelta(days=400),
            "legal_due_on": timezone.localdate() - dt.timedelta(days=30),
        }
        category = {BatchKind.POLICE: "身份证护照", BatchKind.DISPOSAL: "水杯"}.get(kind, "雨具")
        taken = items or [make_find(category, days=500, seal_number=f"F-9{n}", **over) for n in (1, 2)]
        batch = prepare_batch(kind, taken, by=custodian, point=point)
        review_batch(batch, by=supervisor)
        return approve_batch(batch, by=manager)

    return make
