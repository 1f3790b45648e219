"""What lost and found tells the start page: what waits for this person, today's numbers, the four starts."""

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from lostfound.choices import (
    BatchState,
    ClaimState,
    GoodDeedState,
    ItemState,
    MatchState,
    OfferState,
    ReportState,
)
from lostfound.models import Batch, Claim, CustodyOffer, FoundItem, GoodDeed, LostReport, Match
from servicedesk.services import preferences
from servicedesk.services.lists import MOST_COUNTED
from servicedesk.services.today import Number, Start, Waiting, sources

ITEMS = "lostfound:founditem_list"
URGENT, SOON = "cinnabar", "ochre"


def count_of(rows: QuerySet) -> int:
    """How many rows, at most a thousand: a start page never reads a whole table."""
    return rows.order_by().values("pk")[:MOST_COUNTED].count()


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
    return [*_valuables(rows), *_offers(user), *_field(rows), *_clocks(rows)]


def _valuables(rows: QuerySet) -> list[Waiting]:
    loose = count_of(rows.outside_the_safe_hands())
    if not loose:
        return []
    late = shift_is_over()
    when = "已过下班时间" if late else "今晚下班前"
    return [Waiting(
        sentence=f"{loose} 件贵重物品还没有交给失物招领负责人,{when}须交接", tone=URGENT if late else SOON,
        url=f"{reverse(ITEMS)}?waiting=loose", button="去交接", weight=loose,
    )]


def _offers(user) -> list[Waiting]:
    mine = count_of(CustodyOffer.objects.filter(to_person=user, state=OfferState.WAITING))
    if not mine:
        return []
    inbox = reverse("lostfound:custody_inbox")
    return [Waiting(sentence=f"{mine} 件物品等您接收", url=inbox, button="去接收", weight=mine)]


def _field(rows: QuerySet) -> list[Waiting]:
    lines = []
    held = count_of(rows.filter(state=ItemState.FIELD_HELD))
    unfiled = count_of(rows.unfiled().filter(state=ItemState.RETURNED))
    tone = URGENT if shift_is_over() else SOON
    if held:
        lines.append(Waiting(
            sentence=f"{held} 件现场拾物还在拾物员工手里,下班前须交服务台或失主", tone=tone,
            url=f"{reverse(ITEMS)}?waiting=field", button="去催收", weight=held,
        ))
    if unfiled:
        lines.append(Waiting(
            sentence=f"{unfiled} 张现场发还单还没有交服务台备案", tone=tone,
            url=f"{reverse(ITEMS)}?waiting=unfiled", button="去备案", weight=unfiled,
        ))
    return lines


def _clocks(rows: QuerySet) -> list[Waiting]:
    lines = []
    days = preferences.value("lostfound.notice_days")
    before = timezone.now() - dt.timedelta(days=days)
    silent = count_of(rows.without_notice().filter(handed_in_at__lt=before))
    due = count_of(rows.past_desk_term(timezone.localdate()))
    if silent:
        lines.append(Waiting(
            sentence=f"{silent} 件物品入库超过 {days} 天还没有公告,法定期限还没有开始计算",
            url=f"{reverse(ITEMS)}?waiting=unannounced", button="去公告", weight=silent,
        ))
    if due:
        lines.append(Waiting(
            sentence=f"{due} 件物品本处保管期已满", url=f"{reverse(ITEMS)}?waiting=due", button="去处理", weight=due,
        ))
    return lines


def _field_items_of(user) -> list[Waiting]:
    """A foreman sees the sheets that are theirs to bring."""
    if not user.has_perm("lostfound.return_on_spot"):
        return []
    mine = count_of(FoundItem.objects.visible_to(user).unfiled().filter(foreman=user))
    if not mine:
        return []
    return [Waiting(
        sentence=f"您有 {mine} 张现场拾物单今天要交服务台备案", tone=URGENT if shift_is_over() else SOON,
        url=f"{reverse(ITEMS)}?waiting=unfiled", button="查看", weight=mine,
    )]


def _claims(user) -> list[Waiting]:
    if not user.has_perm("lostfound.decide_claim"):
        return []
    disputed = count_of(Claim.objects.visible_to(user).filter(state=ClaimState.ESCALATED))
    if not disputed:
        return []
    return [Waiting(
        sentence=f"{disputed} 份认领有争议,等您裁定", tone=URGENT, button="去裁定", weight=disputed,
        url=f"{reverse(ITEMS)}?state={ItemState.CLAIMING}",
    )]


def _matches(user) -> list[Waiting]:
    if not user.has_perm("lostfound.change_match"):
        return []
    open_matches = count_of(_live_matches(user))
    if not open_matches:
        return []
    return [Waiting(
        sentence=f"{open_matches} 对拾物和失物可能对得上,等待核对", tone=SOON, button="去核对", weight=open_matches,
        url=reverse("lostfound:match_list"),
    )]


def _live_matches(user) -> QuerySet:
    return Match.objects.filter(state=MatchState.SUGGESTED, item__in=FoundItem.objects.visible_to(user).at_desk())


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


# What a list needs next, and the right of whoever does it.
NEXT = (
    (BatchState.PREPARED, "lostfound.review_batch", "复核"),
    (BatchState.REVIEWED, "lostfound.approve_batch", "批准"),
    (BatchState.APPROVED, "lostfound.execute_batch", "执行"),
    (BatchState.EXECUTED, "lostfound.receive_batch", "接收确认"),
)


def _batches(user) -> list[Waiting]:
    lines = []
    for state, right, word in NEXT:
        if not user.has_perm(right):
            continue
        count = count_of(Batch.objects.visible_to(user).filter(state=state))
        if count:
            lines.append(Waiting(
                sentence=f"{count} 份移交清单等您{word}", button=f"去{word}", weight=count,
                url=f"{reverse('lostfound:batch_list')}?state={state}",
            ))
    return lines


def numbers(user) -> list[Number]:
    """Today in six numbers, each leading to its rows."""
    if not user.has_perm("lostfound.view_founditem"):
        return []
    today = timezone.localdate()
    midnight = timezone.make_aware(dt.datetime.combine(today, dt.time()))
    items, reports = FoundItem.objects.visible_to(user), LostReport.objects.visible_to(user)
    listed, lost = reverse(ITEMS), reverse("lostfound:lostreport_list")
    found = [
        Number(label="今日拾物", value=count_of(items.filter(created_at__gte=midnight)), url=f"{listed}?since={today}"),
        Number(label="今日认领", value=count_of(items.filter(state=ItemState.RETURNED, ended_at__gte=midnight)),
               url=f"{listed}?state=returned"),
        Number(label="在库", value=count_of(items.at_desk()), url=f"{listed}?state=in_custody"),
        Number(label="在库贵重", value=count_of(items.at_desk().valuables()),
               url=f"{listed}?state=in_custody&is_valuable=1"),
    ]
    if user.has_perm("lostfound.view_lostreport"):
        found.append(Number(label="寻找中", value=count_of(reports.filter(state=ReportState.OPEN)),
                            url=f"{lost}?state=open"))
    if user.has_perm("lostfound.view_match"):
        matches = reverse("lostfound:match_list")
        found.append(Number(label="待核对匹配", value=count_of(_live_matches(user)), url=matches))
    return found


def starts(user) -> list[Start]:  # noqa: ARG001
    """The things a clerk starts most, with their keys."""
    return [
        Start(label="拾物登记", key="Alt+1", icon="box-seam", url=reverse("lostfound:founditem_create"),
              permission="lostfound.add_founditem"),
        Start(label="失物登记", key="Alt+2", icon="search", url=reverse("lostfound:lostreport_create"),
              permission="lostfound.add_lostreport"),
        Start(label="员工拾物", key="Alt+3", icon="person-badge", url=reverse("lostfound:founditem_create_staff"),
              permission="lostfound.add_founditem"),
        Start(label="找物认领", key="Alt+4", icon="person-check", url=f"{reverse(ITEMS)}?state=in_custody",
              permission="lostfound.release_founditem"),
    ]


sources.waiting.append(waiting)
sources.numbers.append(numbers)
sources.starts.append(starts)
