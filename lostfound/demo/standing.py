"""What is still under way when the demo park opens today: one record in each state that a clerk can meet."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from lostfound.choices import (
    BatchKind,
    ClaimPath,
    CountResult,
    DocumentForm,
    DocumentKind,
    ItemState,
    NoticeChannel,
    VerifyMeans,
)
from lostfound.demo.finds import register_find
from lostfound.demo.things import KINDS, Thing
from lostfound.models import Claim, FoundItem
from lostfound.services.batch_rules import preview_batch
from lostfound.services.batches import approve_batch, prepare_batch, review_batch
from lostfound.services.booklets import issue_booklet, report_missing_sheet, return_booklet, void_sheet
from lostfound.services.claim_documents import Proof, record_document
from lostfound.services.claim_statements import add_statement, judge_statement, open_for_view
from lostfound.services.claims import ClaimFacts, approve_claim, open_claim, reject_claim
from lostfound.services.competing import open_competing_claim
from lostfound.services.custody import offer_custody
from lostfound.services.documents import Document
from lostfound.services.items import hold_item, void_found_item
from lostfound.services.notices import draft_notice
from lostfound.services.stocktakes import Count, record_counts, sign_stock_take, start_stock_take
from servicedesk.choices import Role
from servicedesk.demo import words
from servicedesk.errors import Refusal
from servicedesk.services.demo import Demo, at

KIND_OF = {kind.code: kind for kind in KINDS}


def leave_open(demo: Demo) -> None:
    """Each scene by itself: one that the rules refuse at this hour leaves the others alone."""
    for scene in (_claims, _booklets, _stock_takes, _batches, _notice, _odd_finds):
        _play(demo, scene)


def _play(demo: Demo, scene: Callable[[Demo], None]) -> None:
    try:
        with transaction.atomic():
            scene(demo)
    except Refusal as refusal:
        demo.notes.append(refusal.sentence)


def _find(demo: Demo, code: str, name: str, colour: str, brand: str, minutes: int) -> FoundItem:
    kind = KIND_OF[code]
    thing = Thing(kind, name, colour, brand, tuple(kind.marks.split("|")[:2]), None)
    return register_find(demo, demo.points[0], demo.until - dt.timedelta(minutes=minutes), thing)


def _open(demo: Demo, item: FoundItem, name: str, minutes: int, *said: str, path: str = ClaimPath.OWNER) -> Claim:
    clerk = demo.people[Role.CLERK][0]
    facts = ClaimFacts(
        claimant_name=name, phone=words.phone(demo.rng), origin=words.origin(demo.rng), path=path,
        lost_place=item.zone.name, lost_from=item.found_at - dt.timedelta(minutes=40),
        lost_to=item.found_at - dt.timedelta(minutes=5),
    )
    with at(demo.until - dt.timedelta(minutes=minutes)):
        claim = open_claim(item, facts, by=clerk)
        for text in said:
            add_statement(claim, text, by=clerk)
    return claim


def _read(demo: Demo, claim: Claim, name: str) -> None:
    """The clerk reads the card in the claimant's hand; a name written otherwise blocks the claim."""
    card = Document(
        kind=DocumentKind.ID_CARD, form=DocumentForm.ORIGINAL, name=name, number=words.resident_number(demo.rng)
    )
    with at(claim.created_at + dt.timedelta(minutes=2)):
        record_document(claim, Proof(path=ClaimPath.OWNER, owner=card, origin=claim.origin),
                        by=demo.people[Role.CLERK][0])


def _show(demo: Demo, claim: Claim, *, judged: bool) -> None:
    clerk = demo.people[Role.CLERK][0]
    with at(claim.created_at + dt.timedelta(minutes=4)):
        open_for_view(claim, by=clerk)
        for said in claim.statements.all() if judged else ():
            judge_statement(said, "agrees", by=clerk)


def _claims(demo: Demo) -> None:
    """A claim at each step of the check, one turned away, one with a name that sounds alike, two for one thing."""
    bear, umbrella = "拉链上挂着一只毛绒小熊", "伞柄上贴着姓名贴"
    _open(demo, _find(demo, "09", "双肩包", "深蓝", "迪卡侬", 130), "陈思远", 12, "深蓝色双肩包", bear)
    read = _open(demo, _find(demo, "12", "折叠伞", "黑色", "天堂伞", 150), "林嘉怡", 25, "黑色折叠伞", umbrella)
    _read(demo, read, "林嘉怡")
    shown = _open(demo, _find(demo, "15", "保温杯", "银色", "膳魔师", 160), "周一诺", 38, "银色保温杯", "杯底刻着一个林字")
    _read(demo, shown, "周一诺")
    _show(demo, shown, judged=False)
    alike = _open(demo, _find(demo, "10", "羽绒服", "酒红", "波司登", 170), "杨明静", 52, "酒红色羽绒服", "左袖口有一粒备用扣")
    _read(demo, alike, "杨民敬")
    ready = _open(demo, _find(demo, "11", "近视眼镜", "金色", "暴龙", 180), "郑可馨", 66, "金色边框", "左镜腿缠着透明胶")
    _read(demo, ready, "郑可馨")
    _show(demo, ready, judged=True)
    ready.refresh_from_db()
    with at(ready.created_at + dt.timedelta(minutes=6)):
        approve_claim(ready, by=demo.people[Role.CLERK][0], means=(VerifyMeans.FEATURES, VerifyMeans.NAME))
    wrong = _open(demo, _find(demo, "10", "遮阳帽", "米色", "", 200), "孙一凡", 95, "白色遮阳帽")
    with at(wrong.created_at + dt.timedelta(minutes=5)):
        reject_claim(wrong, by=demo.people[Role.CLERK][0], reason="所说颜色与物品不符,帽檐标记也说不出")
    _dispute(demo)


def _dispute(demo: Demo) -> None:
    scarf = _find(demo, "10", "丝巾", "橙色", "", 190)
    _open(demo, scarf, "何丽华", 80, "橙色丝巾", "边上有一处线头")
    scarf.refresh_from_db()
    clerk = demo.people[Role.CLERK][1]
    with at(demo.until - dt.timedelta(minutes=70)):
        second = open_competing_claim(scarf, ClaimFacts(claimant_name="高语嫣", phone=words.phone(demo.rng)), by=clerk)
        add_statement(second, "橙色丝巾,装在纸袋里", by=clerk)


def _booklets(demo: Demo) -> None:
    """One booklet on its round with a spoilt and a missing sheet, one that came back."""
    point, foreman, custodian = demo.points[0], demo.people[Role.FOREMAN][0], demo.people[Role.CUSTODIAN][0]
    with at(demo.until - dt.timedelta(days=20)):
        old = issue_booklet("B001", 10, to=foreman, by=custodian, point=point)
        for sheet in old.sheets.all():
            void_sheet(sheet, by=custodian, reason="雨中受潮,字迹不清")
        return_booklet(old, by=custodian)
    with at(demo.until - dt.timedelta(days=6)):
        new = issue_booklet("B002", 25, to=foreman, by=custodian, point=point, note="观景台一线")
        first, second, *_ = new.sheets.order_by("sheet_number")
        void_sheet(first, by=custodian, reason="写错日期,重开一张")
        report_missing_sheet(second, by=custodian, reason="巡逻中被风吹走,班长已说明")


def _stock_takes(demo: Demo) -> None:
    """Yesterday's count is signed by both; today's is half done."""
    point, (first, second, *_) = demo.points[0], demo.people[Role.CUSTODIAN] + demo.people[Role.CLERK]
    with at(demo.until - dt.timedelta(days=1)):
        signed = start_stock_take(by=first, point=point)
        record_counts(signed, {line.pk: _seen(line) for line in signed.lines.select_related("item")}, by=first)
        signed.refresh_from_db()
        sign_stock_take(signed, by=first, taken_over_by=second)
    with at(demo.until - dt.timedelta(minutes=15)):
        running = start_stock_take(by=second, point=point)
        half = list(running.lines.select_related("item"))[:6]
        record_counts(running, {line.pk: _seen(line) for line in half}, by=second)


def _seen(line) -> Count:
    return Count(result=CountResult.PRESENT, seal_seen=line.seal_expected)


def _batches(demo: Demo) -> None:
    """A list in each state before it leaves, as far as things are due."""
    custodian, supervisor = demo.people[Role.CUSTODIAN][0], demo.people[Role.SUPERVISOR][0]
    manager, moment = demo.people[Role.MANAGER][0], demo.until - dt.timedelta(hours=1)
    for index, kind in enumerate((BatchKind.DISPOSAL, BatchKind.FINANCE, BatchKind.POLICE)):
        for point in demo.points:
            with at(moment):
                takes = preview_batch(kind, point).takes[: 4 + index]
                if not takes:
                    continue
                batch = prepare_batch(kind, takes, by=custodian, point=point)
            with at(moment + dt.timedelta(minutes=10)):
                if index:
                    review_batch(batch, by=supervisor)
            with at(moment + dt.timedelta(minutes=30)):
                if index > 1:
                    approve_batch(batch, by=manager)
            break


def _notice(demo: Demo) -> None:
    point, custodian = demo.points[0], demo.people[Role.CUSTODIAN][0]
    items = FoundItem.objects.without_notice().filter(service_point=point, state=ItemState.IN_CUSTODY)
    chosen = [item for item in items.select_related("category", "service_point")[:5] if item.public_text]
    if chosen:
        draft_notice(chosen, NoticeChannel.BOARD, by=custodian, point=point)


def _odd_finds(demo: Demo) -> None:
    """One on hold, one void, one that waits to be taken over."""
    supervisor, custodian = demo.people[Role.SUPERVISOR][0], demo.people[Role.CUSTODIAN][0]
    hold_item(_find(demo, "05", "平板电脑", "灰色", "华为MatePad", 95), by=supervisor, reason="派出所来电调查")
    void_found_item(_find(demo, "12", "长柄伞", "墨绿", "", 90), by=supervisor, reason="同一件登记了两次")
    waiting = _find(demo, "13", "汽车钥匙", "黑色", "大众", 85)
    offer_custody(waiting, custodian, by=waiting.holder, reason="交班,请负责人接着保管")
