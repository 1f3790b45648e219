"""What lost and found tells the start page: what waits for this person, today's numbers, the four starts."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from lostfound.choices import (
    BatchState,
    ClaimState,
    GoodDeedState,
    ItemState,
    MatchState,
    NoticeState,
    OfferState,
    ReportState,
    StockTakeState,
)
from lostfound.models import Batch, Claim, CustodyOffer, FoundItem, GoodDeed, LostReport, Match, Notice, StockTake
from lostfound.services.batch_steps import NEXT_STEPS, awaiting
from lostfound.services.clocks import midnight, notice_overdue_at
from lostfound.services.stocktakes import uncounted
from servicedesk.services import preferences
from servicedesk.services.lists import MOST_COUNTED
from servicedesk.services.today import Number, Start, Waiting, sources
from servicedesk.templatetags.said import when

ITEMS = "lostfound:founditem_list"
URGENT, SOON = "cinnabar", "ochre"
MOST_DESKS = 5


def count_of(rows: QuerySet) -> int:
    """How many rows, at most a thousand: a start page never reads a whole table."""
    return rows.order_by().values("pk")[:MOST_COUNTED].count()


def said(rows: QuerySet) -> str:
    """`128`, or `1000+`."""
    count = count_of(rows)
    return f"{MOST_COUNTED}+" if count == MOST_COUNTED else str(count)


def shift_is_over() -> bool:
    """Whether the desk's working day has ended, by the setting."""
    return timezone.localtime().time() >= preferences.value("lostfound.shift_ends")


def waiting(user) -> list[Waiting]:
    """Every alarm of the rules that the person can do something about."""
    return [line for source in (_items, _claims, _matches, _deeds, _batches) for line in source(user)]


def _items(user) -> list[Waiting]:
    if not user.has_perm("lostfound.accept_founditem"):
        return _field_items_of(user)
    rows = FoundItem.objects.visible_to(user)
    return [*_valuables(rows), *_offers(user), *_field(rows), *_clocks(rows, user), *_counts(rows, user)]


def _tone(rows: QuerySet) -> str:
    """Soon while the day runs; urgent after the shift, and for what another day has left behind."""
    return URGENT if shift_is_over() or rows.filter(created_at__lt=midnight()).exists() else SOON


def _age(rows: QuerySet, column: str = "created_at") -> str:
    """`最早 昨天 10:20`."""
    first = rows.order_by(column).values_list(column, flat=True).first()
    return f"最早 {when(first)}" if first else ""


def _valuables(rows: QuerySet) -> list[Waiting]:
    loose = rows.outside_the_safe_hands()
    count = count_of(loose)
    if not count:
        return []
    tone = _tone(loose)
    by = "已过交接时限,请马上交接" if tone == URGENT else "今晚下班前须交接"
    return [Waiting(
        sentence=f"{count} 件贵重物品还没有交给失物招领负责人,{by}", tone=tone, age=_age(loose),
        url=f"{reverse(ITEMS)}?waiting=loose", button="去交接", weight=count,
    )]


def _offers(user) -> list[Waiting]:
    offers = CustodyOffer.objects.filter(to_person=user, state=OfferState.WAITING)
    count = count_of(offers)
    if not count:
        return []
    return [Waiting(
        sentence=f"{count} 件物品已交给您,等您接收", url=reverse("lostfound:custody_inbox"), button="去接收",
        age=_age(offers, "at"), weight=count,
    )]


def _field(rows: QuerySet) -> list[Waiting]:
    held, unfiled = rows.filter(state=ItemState.FIELD_HELD), rows.unfiled().filter(state=ItemState.RETURNED)
    lines = []
    if count := count_of(held):
        lines.append(Waiting(
            sentence=f"{count} 件现场拾物还在拾物员工手里,下班前须交服务台或失主", tone=_tone(held),
            url=f"{reverse(ITEMS)}?waiting=field", button="去催收", age=_age(held), weight=count,
        ))
    if count := count_of(unfiled):
        lines.append(Waiting(
            sentence=f"{count} 张现场发还单还没有交服务台备案", tone=_tone(unfiled),
            url=f"{reverse(ITEMS)}?waiting=unfiled&state=returned", button="去备案", age=_age(unfiled), weight=count,
        ))
    return lines


def _clocks(rows: QuerySet, user) -> list[Waiting]:
    lines = []
    silent, due = rows.silent_since(notice_overdue_at()), rows.past_desk_term(timezone.localdate())
    if count := count_of(silent):
        days = preferences.value("lostfound.notice_days")
        lines.append(Waiting(
            sentence=f"{count} 件物品入库满 {days} 天还没有公告,法定期限还没有开始计算",
            age=_age(silent, "handed_in_at"),
            url=f"{reverse(ITEMS)}?waiting=silent", weight=count,
            button="去公告" if user.has_perm("lostfound.add_notice") else "查看",
        ))
    if count := count_of(due):
        lines.append(Waiting(
            sentence=f"{count} 件物品的本处保管期已满,须移交或处置", url=f"{reverse(ITEMS)}?waiting=due",
            button="去处理", weight=count,
        ))
    return [*lines, *_drafts(user)]


def _drafts(user) -> list[Waiting]:
    if not user.has_perm("lostfound.publish_notice"):
        return []
    drafts = Notice.objects.visible_to(user).filter(state=NoticeState.DRAFT)
    count = count_of(drafts)
    if not count:
        return []
    return [Waiting(
        sentence=f"{count} 份招领公告还是草稿,发布以后法定期才起算", button="去发布", age=_age(drafts), weight=count,
        url=f"{reverse('lostfound:notice_list')}?state={NoticeState.DRAFT}",
    )]


def _counts(rows: QuerySet, user) -> list[Waiting]:
    """The count of sealed valuables that a shift change owes, and one that was begun and not signed."""
    if not user.has_perm("lostfound.change_stocktake"):
        return []
    running = StockTake.objects.visible_to(user).filter(state=StockTakeState.COUNTING).order_by("created_at")
    lines = [
        Waiting(
            sentence=f"贵重物品盘点 {take} 还没有双方签字", button="去签字", age=f"始于 {when(take.created_at)}",
            url=reverse("lostfound:stocktake_detail", args=[take.pk]), weight=1,
        )
        for take in running[:MOST_DESKS]
    ]
    owed = uncounted(rows, midnight()) if shift_is_over() else rows.none()
    if count := count_of(owed):
        lines.append(Waiting(
            sentence=f"在库 {count} 件贵重物品,今天交接班还没有盘点", button="去盘点", weight=count,
            url=_to_count(user),
        ))
    return lines


def _to_count(user) -> str:
    """Who works at one desk goes to its sheet; who sees several, to the things that are owed."""
    sees_one = not user.has_perm("servicedesk.see_all_points") and user.service_points.count() == 1
    return reverse("lostfound:stocktake_create") if sees_one else f"{reverse(ITEMS)}?waiting=uncounted"


def _field_items_of(user) -> list[Waiting]:
    """A foreman sees the sheets that are theirs to bring."""
    if not user.has_perm("lostfound.return_on_spot"):
        return []
    mine = FoundItem.objects.visible_to(user).unfiled_by(user)
    count = count_of(mine)
    if not count:
        return []
    return [Waiting(
        sentence=f"您有 {count} 张现场拾物单今天要交服务台备案", tone=_tone(mine), age=_age(mine),
        url=f"{reverse(ITEMS)}?waiting=mine", button="查看", weight=count,
    )]


def _claims(user) -> list[Waiting]:
    if not user.has_perm("lostfound.decide_claim"):
        return []
    disputed = Claim.objects.visible_to(user).filter(state=ClaimState.ESCALATED)
    count = count_of(disputed)
    if not count:
        return []
    return [Waiting(
        sentence=f"{count} 份认领有争议,等您裁定", tone=URGENT, button="去裁定", age=_age(disputed), weight=count,
        url=f"{reverse('lostfound:claim_list')}?state={ClaimState.ESCALATED}",
    )]


def _matches(user) -> list[Waiting]:
    if not user.has_perm("lostfound.change_match"):
        return []
    count = count_of(Match.objects.visible_to(user).waiting())
    if not count:
        return []
    return [Waiting(
        sentence=f"{count} 对拾物和失物可能对得上,等待核对", tone=SOON, button="去核对", weight=count,
        url=f"{reverse('lostfound:match_list')}?state={MatchState.SUGGESTED}",
    )]


def _deeds(user) -> list[Waiting]:
    if not user.has_perm("lostfound.verify_gooddeed"):
        return []
    drafts = count_of(GoodDeed.objects.visible_to(user).filter(state=GoodDeedState.DRAFT))
    if not drafts:
        return []
    return [Waiting(
        sentence=f"{drafts} 条好人好事等您核实", tone="jade", button="去核实", weight=drafts,
        url=f"{reverse('lostfound:gooddeed_list')}?state={GoodDeedState.DRAFT}",
    )]


def _batches(user) -> list[Waiting]:
    """Lists that wait for a step this person may take; never the second look at one's own list."""
    if not user.has_perm("lostfound.view_batch"):
        return []
    rows = Batch.objects.visible_to(user)
    counts = {state: count_of(awaiting(rows, user, state)) for state in NEXT_STEPS}
    return [_batch_line(state, count) for state, count in counts.items() if count]


def _batch_line(state: str, count: int) -> Waiting:
    word = NEXT_STEPS[BatchState(state)].word
    return Waiting(
        sentence=f"{count} 份移交、处置清单等您{word}", button=f"去{word}", weight=count,
        url=f"{reverse('lostfound:batch_list')}?state={state}&running=mine",
    )


def numbers(user) -> list[Number]:
    """Today in six numbers, each leading to its rows."""
    if not user.has_perm("lostfound.view_founditem"):
        return []
    items, listed = FoundItem.objects.visible_to(user), f"{reverse(ITEMS)}?waiting="
    found = [
        Number(label="今日拾物", value=said(items.since(midnight())), url=f"{listed}today"),
        Number(label="今日认领", value=said(items.returned_since(midnight())), url=f"{listed}returned"),
        Number(label="在库", value=said(items.at_desk()), url=f"{listed}desk"),
        Number(label="贵重未交负责人", value=said(items.outside_the_safe_hands()), url=f"{listed}loose"),
    ]
    if user.has_perm("lostfound.view_lostreport"):
        searching = LostReport.objects.visible_to(user).filter(state=ReportState.OPEN)
        url = f"{reverse('lostfound:lostreport_list')}?state={ReportState.OPEN}"
        found.append(Number(label="寻找中", value=said(searching), url=url))
    if user.has_perm("lostfound.view_match"):
        url = f"{reverse('lostfound:match_list')}?state={MatchState.SUGGESTED}"
        found.append(Number(label="待核对匹配", value=said(Match.objects.visible_to(user).waiting()), url=url))
    return found


def starts(user) -> list[Start]:  # noqa: ARG001
    """The things a clerk starts most, with their keys."""
    return [
        Start(label="拾物登记", key="Alt+1", icon="box-seam", url=reverse("lostfound:founditem_create"),
              permission="lostfound.add_founditem", order=1),
        Start(label="失物登记", key="Alt+2", icon="search", url=reverse("lostfound:lostreport_create"),
              permission="lostfound.add_lostreport", order=2),
        Start(label="员工拾物", key="Alt+5", icon="person-badge", url=reverse("lostfound:founditem_create_staff"),
              permission="lostfound.add_founditem", order=5),
        Start(label="找物认领", key="Alt+4", icon="person-check", url=f"{reverse(ITEMS)}?state=in_custody",
              permission="lostfound.release_founditem", order=4),
    ]


sources.waiting.append(waiting)
sources.numbers.append(numbers)
sources.starts.append(starts)
