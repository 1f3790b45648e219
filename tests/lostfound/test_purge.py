"""清除过期个人信息 in lost and found: nothing of an old visitor is left anywhere, and the counts stay."""

import datetime as dt
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.utils import timezone

from lostfound import personal
from lostfound.choices import (
    ClaimState,
    MatchState,
    MeasureKind,
    ReportChannel,
    ReportState,
    Verdict,
)
from lostfound.errors.reports import PersonForgotten
from lostfound.models import Claim, FoundItem, LostReport, Match, NameCorrection
from lostfound.services.claim_documents import correct_name, record_document
from lostfound.services.claim_statements import add_statement, judge_statement, open_for_view
from lostfound.services.claims import approve_claim, open_claim, reject_claim
from lostfound.services.contacts import record_contact
from lostfound.services.items import hold_item
from lostfound.services.police import hand_to_police
from lostfound.services.release import HandOver, release_found_item
from lostfound.services.report_facts import LineFacts, LostReportFacts, MeasureFacts
from lostfound.services.reports import close_lost_report, register_lost_report, reopen_lost_report
from servicedesk.choices import SignatureMeans
from servicedesk.errors import CountChanged, NotAllowed, NothingToPurge, ReasonNeeded
from servicedesk.models import Draft, ExportLog, ListView, Message, Photo, PurgePermit, PurgeRun, Signature
from servicedesk.sealing import CLEARED, seal
from servicedesk.services import preferences, purging
from servicedesk.services.disclosing import disclose
from servicedesk.services.photos import photo_path
from servicedesk.services.printing.pieces import Piece, keep
from servicedesk.services.purging import count_due, earlier_runs, preview_purge, purge, remind_of_purge
from servicedesk.services.search import search

OWNER, WRONG, FINDER, FRIEND = "欧阳雪莲", "欧阳雪连", "司马青山", "慕容秋水"
PHONE, FINDER_PHONE, CARD = "13911112222", "13733334444", "11010519491231002X"
TRACES = (OWNER, WRONG, FINDER, FRIEND, PHONE, FINDER_PHONE, CARD)
MONTH = dt.timedelta(days=31)


def traces() -> list[str]:
    """Every place of the database where a trace of one of these people can still be read."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in ("servicedesk", "lostfound"):
            continue
        names = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.values(*names):
            found += [
                f"{model._meta.label}.{name}: {value}" for name, value in row.items()
                if any(word in str(value) for word in TRACES)
            ]
    return found


def later(days: float):
    """The program's clock, so many days on."""
    return patch.object(timezone, "now", return_value=timezone.now() + dt.timedelta(days=days))


@pytest.fixture
def report(point, zone, clerk, find, strokes):
    """A lost report with the owner's name in every place that takes words."""
    category = find().category
    now = timezone.now()
    return register_lost_report(LostReportFacts(
        channel=ReportChannel.DESK, owner_name=OWNER, phone=PHONE, reporter_name=FRIEND, origin=f"{OWNER}家",
        other_contact=PHONE, group_info=FRIEND, call_when=f"找{FRIEND}", lost_from=now - dt.timedelta(hours=5),
        lost_to=now - dt.timedelta(hours=4), zones=[zone], last_seen=f"{OWNER}在观景台", category=category,
        thing="雨伞", colour="黑色", features=f"贴着{OWNER}", name_on_item=OWNER, number_on_item=CARD,
        blind_answers=f"{OWNER}写的", mail_address=OWNER, note=OWNER,
        lines=(LineFacts(thing=f"{OWNER}的帽子", features=OWNER),),
        measures=(MeasureFacts(kind=MeasureKind.BROADCAST, detail=f"找{OWNER}"),),
        signature_means=SignatureMeans.SCREEN, signature_image=strokes,
    ), by=clerk, point=point)


@pytest.fixture
def given_back(register, facts, proof, card, clerk, second_clerk, strokes):
    """A find given back to its owner after a name was put right, with contacts, statements and a signature."""
    item = register(finder_name=FINDER, finder_phone=FINDER_PHONE, finder_origin=f"{FINDER}家", colour="黑色",
                    features=f"写着{OWNER}", secret_marks=OWNER, name_on_item=OWNER)
    record_contact(by=clerk, item=item, outcome="reached", note=f"{OWNER}下午来")
    claim = open_claim(item, facts(claimant_name=WRONG, phone=PHONE), by=clerk)
    for text in (f"伞面写着{OWNER}", "黑色"):
        add_statement(claim, text, by=clerk)
    record_document(claim, proof(owner=card(name=OWNER, number=CARD)), by=clerk)
    correct_name(claim, "claimant_name", OWNER, by=clerk, reread_by=second_clerk, reason=f"应是{OWNER}")
    open_for_view(claim, by=clerk)
    for statement in claim.statements.all():
        judge_statement(statement, Verdict.AGREES, by=clerk)
    approve_claim(claim, by=clerk)
    release_found_item(
        claim, HandOver(pieces=1, means=SignatureMeans.SCREEN, image=strokes, message=f"谢谢!{OWNER}"), by=clerk
    )
    return claim


def test_nothing_of_an_unmatched_report_is_left_after_its_term(report, clerk, manager, supervisor):
    record_contact(by=clerk, report=report, outcome="no_answer", note=f"{FRIEND}说再等等")
    with transaction.atomic():
        disclose(report, "联系电话", supervisor, f"{OWNER}来问")
    asked = urlencode({"q": OWNER, "state": "open"})
    ExportLog.objects.create(register="lostreport", query=asked, rows=1, reason=f"给{OWNER}", by=clerk)
    ListView.objects.create(user=clerk, register="lostreport", name="这位", query=f"q={PHONE}")
    Message.objects.create(person=clerk, sentence=f"{OWNER}今天离开", record=report)
    close_lost_report(report, by=clerk, reason=f"{OWNER}不找了")
    assert len(traces()) > 20
    with later(370):
        done = purge(by=manager, reason="年度清理")
    assert done.counts == {"失物登记": 1}
    assert traces() == []
    assert [(log.query, log.rows) for log in ExportLog.objects.all()] == [("state=open", 1)]
    assert search(OWNER, manager) == []
    assert search(PHONE, manager) == []


def test_what_the_figures_count_stays(report, clerk, manager):
    close_lost_report(report, by=clerk, reason="不找了")
    kept = ("number", "state", "category_id", "thing", "colour", "created_at", "lost_from", "closed_at", "channel")
    before = {name: getattr(report, name) for name in kept}
    with later(370):
        purge(by=manager, reason="年度清理")
    report.refresh_from_db()
    assert {name: getattr(report, name) for name in kept} == before
    assert (report.owner_name, report.owner_masked, report.phone) == (CLEARED, CLEARED, "")
    assert (report.phone_tail, report.phone_digest, report.number_on_item_tail) == ("", "", "")
    assert report.anonymised_at is not None
    assert report.history.first().history_change_reason == "个人信息到期清除"
    assert report.history.first().history_user == manager
    assert [entry.number for entry in search(report.number, manager)] == [report.number]


def test_nothing_of_a_claim_its_owner_and_the_finder_is_left_after_theirs(given_back, manager):
    with later(37 * 31):
        done = purge(by=manager, reason="到期")
    assert done.counts == {"认领": 1, "拾物": 1}
    assert traces() == []
    claim = Claim.objects.get()
    assert (claim.state, claim.pieces, claim.document_tail) == (ClaimState.HANDED_OVER, 1, "")
    assert [s.text for s in claim.statements.all()] == [CLEARED, CLEARED]
    assert [c.old for c in NameCorrection.objects.all()] == [CLEARED]


def test_staff_who_signed_stay_and_the_visitors_strokes_go(given_back, clerk, manager):
    with later(37 * 31):
        purge(by=manager, reason="到期")
    rows = [(s.role, s.signer_name, s.image, s.text) for s in Signature.objects.of(given_back)]
    assert rows == [("认领人", CLEARED, "", CLEARED), ("发还经办", clerk.name, "", CLEARED)]
    assert FoundItem.objects.get().moves.last().to_text == f"认领人({given_back.number})"


@pytest.mark.parametrize(("days", "count"), [(364, 0), (368, 1)])
def test_a_report_is_kept_to_the_last_day_of_its_term(report, clerk, manager, days, count):
    close_lost_report(report, by=clerk, reason="不找了")
    with later(days):
        assert count_due() == count


def test_the_terms_are_the_managers(report, clerk, manager):
    close_lost_report(report, by=clerk, reason="不找了")
    preferences.choose("lostfound.purge_report_months", 24, manager)
    with later(400):
        assert count_due() == 0
    with later(800):
        assert count_due() == 1


def test_an_open_report_is_never_purged(report, manager):
    with later(4000), pytest.raises(NothingToPurge):
        purge(by=manager, reason="到期")


def test_a_report_that_was_fetched_here_is_kept_as_long_as_its_claim(make_report, item, manager):
    make_report(state=ReportState.FOUND, found_item=item, closed_at=timezone.now())
    with later(800):
        assert count_due() == 0
    with later(37 * 31):
        assert [f.data.key for f in preview_purge() if f.count] == ["lostreport"]


def test_what_is_on_hold_or_disputed_or_at_the_police_is_kept_and_shown_as_kept(
    make_item, make_report, facts, clerk, supervisor, manager
):
    ended = {"state": ReportState.WITHDRAWN, "closed_at": timezone.now()}
    held, claimed, gone = make_item(), make_item(), make_item()
    for one in (held, gone):
        reject_claim(open_claim(one, facts(), by=clerk), by=clerk, reason="说不清")
    for one in (held, gone):
        one.refresh_from_db()
    hold_item(held, by=supervisor, reason="公安来函")
    hand_to_police(gone, by=supervisor, officer="李警官", unit="景区派出所", receipt_number="1")
    reject_claim(open_claim(claimed, facts(), by=clerk), by=clerk, reason="说不清")
    open_claim(claimed, facts(claimant_name="李四"), by=clerk)
    matched = make_report(**ended)
    Match.objects.create(item=held, report=matched, score=80, state=MatchState.CONFIRMED)
    with later(37 * 31):
        found = {one.data.key: one for one in preview_purge()}
        assert {"draft", "lostreport", "claim", "founditem"} <= set(found)
        assert not any(one.count for one in found.values())
        assert [len(found[key].kept_back) for key in ("lostreport", "claim", "founditem")] == [1, 3, 1]
        with pytest.raises(NothingToPurge):
            purge(by=manager, reason="到期")
    assert Claim.objects.exclude(claimant_name=CLEARED).count() == 4


def test_a_report_with_the_police_is_kept(report, clerk, manager):
    report.measures.create(kind=MeasureKind.POLICE, at=timezone.now(), detail="接警单 1", by=clerk)
    close_lost_report(report, by=clerk, reason="不找了")
    with later(400):
        assert count_due() == 0


def test_photos_of_an_old_find_go_with_their_files(register, given_back, clerk, manager):
    for name in ("2026/11/a.jpg", "2026/11/a.thumb.jpg"):
        photo_path(name).parent.mkdir(parents=True, exist_ok=True)
        photo_path(name).write_bytes(b"x")
    Photo.objects.create(record=given_back.item, file="2026/11/a.jpg", thumb="2026/11/a.thumb.jpg", width=1, height=1,
                         sha256="0" * 64, caption=OWNER, by=clerk)
    with later(37 * 31):
        purge(by=manager, reason="到期")
    assert not photo_path("2026/11/a.jpg").exists()
    assert not photo_path("2026/11/a.thumb.jpg").exists()
    assert Photo.objects.get().removed_by == manager


def test_kept_papers_are_thrown_away(given_back, manager, settings):
    keep(Piece("f" * 64, b"%PDF"))
    with later(37 * 31):
        purge(by=manager, reason="到期")
    assert list((settings.DESK_DATA / "papers").iterdir()) == []


def test_old_drafts_go_and_fresh_ones_stay(clerk, manager):
    old = Draft.objects.create(user=clerk, key="old", sealed_fields=seal(OWNER))
    Draft.objects.filter(pk=old.pk).update(saved_at=timezone.now() - MONTH)
    Draft.objects.create(user=clerk, key="fresh", sealed_fields=seal(OWNER))
    assert purge(by=manager, reason="到期").counts == {"没有保存的草稿": 1}
    assert [draft.key for draft in Draft.objects.all()] == ["fresh"]


def test_a_run_says_who_why_and_which_records_and_a_second_finds_nothing(report, clerk, manager):
    close_lost_report(report, by=clerk, reason="不找了")
    with later(370):
        purge(by=manager, reason="年度清理")
        with pytest.raises(NothingToPurge):
            purge(by=manager, reason="年度清理")
    [run] = earlier_runs()
    assert (run["by"], run["reason"], run["counts"]) == (manager, "年度清理", {"失物登记": 1})
    assert run["numbers"] == [report.number]


@pytest.mark.parametrize(("who", "reason", "refusal"), [
    ("supervisor", "到期", NotAllowed), ("manager", " ", ReasonNeeded),
])
def test_a_purge_needs_the_right_and_a_reason(request, report, clerk, who, reason, refusal):
    close_lost_report(report, by=clerk, reason="不找了")
    with later(370), pytest.raises(refusal):
        purge(by=request.getfixturevalue(who), reason=reason)
    report.refresh_from_db()
    assert report.owner_name == OWNER


def test_a_count_that_changed_since_it_was_shown_stops_the_run(report, clerk, manager):
    close_lost_report(report, by=clerk, reason="不找了")
    with later(370), pytest.raises(CountChanged, match="您填的是 2 条,现在到期的是 1 条"):
        purge(by=manager, reason="到期", expected=2)
    report.refresh_from_db()
    assert report.owner_name == OWNER


def test_a_run_cut_off_in_the_middle_leaves_whole_records_and_the_next_goes_on(make_report, manager):
    for _ in range(3):
        make_report(state=ReportState.EXPIRED, closed_at=timezone.now())
    plain, calls = purging.forget_record, []

    def dies_at_the_third(data, record, **more):
        calls.append(record)
        plain(data, record, **more)
        if len(calls) == 3:
            raise KeyboardInterrupt

    with later(400), patch.object(purging, "AT_ONCE", 2), patch.object(purging, "forget_record", dies_at_the_third):
        with pytest.raises(KeyboardInterrupt):
            purge(by=manager, reason="到期")
        assert LostReport.objects.filter(owner_name=CLEARED).count() == 2
        assert PurgeRun.objects.get().counts == {"失物登记": 2}
        assert PurgePermit.objects.count() == 0
    with later(400):
        assert purge(by=manager, reason="到期").counts == {"失物登记": 1}
    assert LostReport.objects.filter(owner_name=CLEARED).count() == 3


def test_who_may_purge_is_reminded_once_until_it_is_read(make_report, manager, supervisor):
    assert remind_of_purge() == ""
    make_report(state=ReportState.EXPIRED, closed_at=timezone.now())
    with later(400):
        assert remind_of_purge() == "1 份到期,提醒 1 人"
        assert remind_of_purge() == "1 份到期,提醒 0 人"
    [message] = Message.objects.all()
    assert (message.person, message.sentence) == (manager, "1 份记录的个人信息已到期,请核对后清除")


def test_a_run_takes_no_more_than_its_share_and_says_what_is_left(make_report, manager):
    for _ in range(3):
        make_report(state=ReportState.EXPIRED, closed_at=timezone.now())
    with later(400):
        done = purge(by=manager, reason="到期", most=2)
        assert (done.counts, done.waiting) == ({"失物登记": 2}, 1)
        assert purge(by=manager, reason="到期", most=2).waiting == 0


def test_a_forgotten_report_is_not_searched_for_again(report, clerk, supervisor, manager):
    close_lost_report(report, by=clerk, reason="不找了")
    with later(370):
        purge(by=manager, reason="到期")
        with pytest.raises(PersonForgotten):
            reopen_lost_report(report, by=supervisor, reason="又来了")


@pytest.mark.parametrize(("model", "column"), [(Signature, "text"), (NameCorrection, "old")])
def test_signatures_and_corrections_stay_closed_to_everything_but_the_purge(given_back, model, column):
    for change in (lambda: model.objects.update(**{column: "改"}), lambda: model.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


@pytest.mark.parametrize(("data", "free"), [
    (personal.REPORTS, {
        "state", "channel", "sex", "relation", "unit", "colour", "pickup_way",
    }),
    (personal.CLAIMS, {
        "state", "path", "sex", "document_kind", "document_form", "delegate_document_kind", "delegate_document_form",
        "guardian_document_kind", "guardian_document_form", "condition",
    }),
    (personal.ITEMS, {
        "state", "intake_kind", "unit", "colour", "spec", "place_detail", "finder_post", "seal_number",
        "desk_absent_reason",
    }),
], ids=lambda part: getattr(part, "key", ""))
def test_a_new_column_of_words_is_either_purged_or_named_here_as_harmless(data, free):
    own = data.tables[0]
    words = {
        field.name for field in own.model._meta.concrete_fields
        if field.get_internal_type() in ("CharField", "TextField") and field.editable
    }
    assert words - {*own.marked, *own.emptied, *own.scrubbed} == free
