"""Owners of the demo park: they report, are called, claim, are refused, and go home with their things."""

import datetime as dt

from lostfound.choices import (
    ClaimPath,
    ContactChannel,
    ContactOutcome,
    DocumentForm,
    DocumentKind,
    MatchState,
    MeasureKind,
    ReportChannel,
    VerifyMeans,
)
from lostfound.demo.things import REFUSALS, THANKS, Thing, draw
from lostfound.models import FoundItem, ItemCategory, LostReport, Match
from lostfound.services.claim_documents import Proof, record_document
from lostfound.services.claim_statements import add_statement, judge_statement, open_for_view
from lostfound.services.claims import ClaimFacts, approve_claim, open_claim, reject_claim, withdraw_claim
from lostfound.services.contacts import record_contact
from lostfound.services.documents import Document
from lostfound.services.matching import confirm_match, match_by_hand
from lostfound.services.release import HandOver, release_found_item
from lostfound.services.report_facts import LostReportFacts, MeasureFacts
from lostfound.services.reports import register_lost_report
from servicedesk.choices import Role, SignatureMeans
from servicedesk.demo import words
from servicedesk.services.demo import Demo, at

CHANNELS = [ReportChannel.DESK] * 6 + [ReportChannel.PHONE] * 5 + [ReportChannel.ONLINE] * 2 + [ReportChannel.AGENCY]
CALL_TIMES = ["", "", "随时", "19:00 以后", "午休时间", "开车,请发短信"]


def report_loss(demo: Demo, point, moment: dt.datetime, item: FoundItem | None = None) -> LostReport:
    """A visitor reports a loss: of `item`, when it is already here, else of something else."""
    rng, clerk = demo.rng, demo.one_of(Role.CLERK, point)
    thing = draw(rng)
    channel = rng.choice(CHANNELS)
    seen = item.found_at if item else moment
    lost_to = min(seen, moment) - dt.timedelta(minutes=rng.randint(2, 40))
    facts = LostReportFacts(
        owner_name=item.name_on_item if item and item.name_on_item else words.name(rng), phone=words.phone(rng),
        lost_from=lost_to - dt.timedelta(minutes=rng.choice([20, 40, 60, 120])), lost_to=lost_to,
        zones=_walk(demo, item), channel=channel, origin=words.origin(rng), call_when=rng.choice(CALL_TIMES),
        last_seen=rng.choice(["买票时还在", "拍照后放下", "下观光车时", "吃饭时", "记不清了"]), **_lost_thing(demo, thing, item),
        measures=(MeasureFacts(kind=rng.choice([MeasureKind.STORE, MeasureKind.BROADCAST, MeasureKind.POST])),),
        signature_means=SignatureMeans.PAPER if channel == ReportChannel.DESK else "",
    )
    with at(moment):
        return register_lost_report(facts, by=clerk, point=point)


def _lost_thing(demo: Demo, thing: Thing, item: FoundItem | None) -> dict:
    if item is None:
        return {
            "category": ItemCategory.objects.get(code=thing.kind.code), "thing": thing.name, "brand": thing.brand,
            "colour": thing.colour, "features": ";".join(thing.marks), "unit": thing.kind.unit,
            "estimated_value": thing.value,
        }
    return {
        "category": item.category, "thing": item.thing, "brand": item.brand, "colour": item.colour, "unit": item.unit,
        "features": item.features.split(";")[0], "name_on_item": item.name_on_item,
        "estimated_value": item.estimated_value,
    }


def _walk(demo: Demo, item: FoundItem | None) -> list:
    start = item.zone if item else demo.rng.choice(demo.zones)
    near = list(start.neighbours.all())
    return [*demo.rng.sample(near, k=min(len(near), 2)), start]


def confirm_and_call(demo: Demo, item: FoundItem, report: LostReport, moment: dt.datetime) -> None:
    """The desk sees that report and thing belong together and rings the owner."""
    clerk = demo.one_of(Role.CLERK, item.service_point)
    with at(moment):
        match = Match.objects.filter(item=item, report=report).exclude(state=MatchState.CONFIRMED).first()
        if match is not None and match.state == MatchState.SUGGESTED:
            confirm_match(match, by=clerk)
        else:
            match_by_hand(item, report, by=clerk)
        if demo.rng.random() < 0.35:
            record_contact(by=clerk, outcome=ContactOutcome.NO_ANSWER, item=item, report=report, note="稍后再拨")
        record_contact(
            by=clerk, outcome=ContactOutcome.REACHED, channel=ContactChannel.PHONE, item=item, report=report,
            note=demo.rng.choice(["失主今天下午来取", "已告知带身份证原件", "在停车场,马上回来", "委托家人来取"]),
        )


def claim(demo: Demo, item: FoundItem, moment: dt.datetime, report: LostReport | None = None) -> None:
    """Somebody comes for a thing: most go home with it, some are refused, a few give up."""
    item.refresh_from_db()
    clerk, rng = demo.one_of(Role.CLERK, item.service_point), demo.rng
    name = report.owner_name if report else item.name_on_item or words.name(rng)
    facts = ClaimFacts(
        claimant_name=name, phone=report.phone if report else words.phone(rng), origin=words.origin(rng),
        path=ClaimPath.OWN_ID if item.category.code == "07" else ClaimPath.OWNER, lost_place=item.zone.name,
        lost_from=item.found_at - dt.timedelta(minutes=70), lost_to=item.found_at - dt.timedelta(minutes=5),
    )
    with at(moment):
        opened = open_claim(item, facts, by=clerk, report=report)
        said = [add_statement(opened, text, by=clerk) for text in _said(item)]
    outcome = rng.random()
    with at(moment + dt.timedelta(minutes=3)):
        if outcome < 0.08 and report is None:
            reject_claim(opened, by=clerk, reason=rng.choice(REFUSALS))
        elif outcome < 0.11 and report is None:
            withdraw_claim(opened, by=clerk, reason="认领人发现自己的东西在车上")
        else:
            _prove_and_release(demo, item, opened, said, clerk, name, moment + dt.timedelta(minutes=6))


def _said(item: FoundItem) -> list[str]:
    marks = [m for m in item.features.split(";") if m]
    said = [f"{item.colour or ''}{item.brand or ''}{item.thing}", *marks]
    return said if len(said) > 1 else [*said, f"在{item.zone.name}附近丢的"]


def _prove_and_release(demo: Demo, item: FoundItem, opened, said, clerk, name: str, moment: dt.datetime) -> None:
    rng = demo.rng
    second = rng.choice([p for p in demo.people[Role.CLERK] + demo.people[Role.CUSTODIAN] if p != clerk])
    owner = Document(kind=DocumentKind.ID_CARD, form=DocumentForm.ORIGINAL, name=name,
                     number=words.resident_number(rng))
    proof = Proof(
        path=opened.path, owner=owner, is_face_compared=True, is_number_dictated=True,
        dictated_number=item.number_on_item, second_sign="同行人在场证明", second_person=second,
        origin=opened.origin,
    )
    record_document(opened, proof, by=clerk)
    open_for_view(opened, by=clerk)
    for statement in said:
        judge_statement(statement, "agrees", by=clerk)
    opened.refresh_from_db()
    approve_claim(opened, by=clerk, means=(VerifyMeans.FEATURES, VerifyMeans.NAME))
    with at(moment):
        release_found_item(opened, HandOver(
            pieces=1, means=SignatureMeans.PAPER, second_person=second if item.is_valuable else None,
            is_counted_again=item.is_valuable, message=rng.choice(THANKS) if rng.random() < 0.2 else "",
        ), by=clerk)
