"""What lost and found tells the start page: what waits for this person, today's numbers, the four starts."""

from collections.abc import Callable, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from lostfound.choices import (
    ClaimState,
    GoodDeedState,
    ItemState,
    MatchState,
    NoticeState,
    OfferState,
    ReportState,
    StockTakeState,
)
from lostfound.models import (
    Batch,
    Claim,
    CustodyOffer,
    FoundItem,
    GoodDeed,
    LostReport,
    Match,
    Notice,
    StockTake,
    VisitorReport,
)
from lostfound.services.batch_steps import NEXT_STEPS, awaiting
from lostfound.services.clocks import midnight, notice_overdue_at
from lostfound.services.stocktakes import uncounted
from servicedesk.services import kept, preferences
from servicedesk.services.asking import Tally
from servicedesk.services.today import Alarm, Named, Number, Start, Waiting, sources
from servicedesk.templatetags.said import when

ITEMS = "lostfound:founditem_list"
URGENT, SOON = "cinnabar", "ochre"
MOST_DESKS = 5


def shift_is_over() -> bool:
    """Whether the desk's working day has ended, by the setting."""
    return timezone.localtime().time() >= preferences.value("lostfound.shift_ends")


def waiting(user) -> Sequence[Named | Alarm]:
    """Every alarm of the rules that the person can do something about."""
    return [alarm for source in (_items, _claims, _told, _matches, _deeds, _batches) for alarm in source(user)]


def _items(user) -> Sequence[Named | Alarm]:
    if not user.has_perm("lostfound.accept_founditem"):
        return _field_items_of(user)
    rows = FoundItem.objects.visible_to(user)
    return [
        _forbidden(rows, user), _valuables(rows), _offers(user), *_field(rows), *_clocks(rows, user),
        *_counts(rows, user),
    ]


def _tone(tally: Tally) -> str:
    """Soon while the day runs; urgent after the shift, and for what another day has left behind."""
    return URGENT if shift_is_over() or (tally.oldest and tally.oldest < midnight()) else SOON


def _age(tally: Tally) -> str:
    """`最早 昨天 10:20`."""
    return f"最早 {when(tally.oldest)}" if tally.oldest else ""


def _plain(
    rows: QuerySet, sentence: str, button: str, url: str, *, oldest: str = "", tone: str = SOON,
    tone_of: Callable[[Tally], str] | None = None,
) -> Alarm:
    """An alarm whose sentence needs the `{count}` alone."""

    def line(tally: Tally) -> Waiting:
        return Waiting(
            sentence=sentence.format(count=tally.count), button=button, url=url, age=_age(tally),
            tone=tone_of(tally) if tone_of else tone, weight=tally.count,
        )

    return Alarm(rows=rows, line=line, oldest=oldest)


def _forbidden(rows: QuerySet, user) -> Alarm:
    return _plain(
        rows.not_to_be_kept(), "{count} 件违禁、涉密或军用物品还在园内,须立即报公安移交",
        "去移交" if user.has_perm("lostfound.police_founditem") else "查看", f"{reverse(ITEMS)}?waiting=forbidden",
        oldest="created_at", tone=URGENT,
    )


def _valuables(rows: QuerySet) -> Alarm:
    def line(tally: Tally) -> Waiting:
        tone = _tone(tally)
        by = "已过交接时限,请马上交接" if tone == URGENT else "今晚下班前须交接"
        return Waiting(
            sentence=f"{tally.count} 件贵重物品还没有交给失物招领负责人,{by}", tone=tone, age=_age(tally),
            url=f"{reverse(ITEMS)}?waiting=loose", button="去交接", weight=tally.count,
        )

    return Alarm(rows=rows.outside_the_safe_hands(), line=line)


def _offers(user) -> Alarm:
    offers = CustodyOffer.objects.filter(to_person=user, state=OfferState.WAITING)
    return _plain(
        offers, "{count} 件物品已交给您,等您接收", "去接收", reverse("lostfound:custody_inbox"), oldest="at"
    )


def _field(rows: QuerySet) -> list[Alarm]:
    held, unfiled = rows.filter(state=ItemState.FIELD_HELD), rows.unfiled().filter(state=ItemState.RETURNED)
    return [
        _plain(
            held, "{count} 件现场拾物还在拾物员工手里,下班前须交服务台或失主", "去催收",
            f"{reverse(ITEMS)}?waiting=field", oldest="created_at", tone_of=_tone,
        ),
        _plain(
            unfiled, "{count} 张现场发还单还没有交服务台备案", "去备案",
            f"{reverse(ITEMS)}?waiting=unfiled&state=returned", oldest="created_at", tone_of=_tone,
        ),
    ]


def _clocks(rows: QuerySet, user) -> list[Alarm]:
    days = preferences.value("lostfound.notice_days")
    return [
        _plain(
            rows.silent_since(notice_overdue_at()),
            f"{{count}} 件物品入库满 {days} 天还没有公告,法定期限还没有开始计算",
            "去公告" if user.has_perm("lostfound.add_notice") else "查看",
            f"{reverse(ITEMS)}?waiting=silent", oldest="handed_in_at",
        ),
        _plain(
            rows.past_desk_term(timezone.localdate()), "{count} 件物品的本处保管期已满,须移交或处置", "去处理",
            f"{reverse(ITEMS)}?waiting=due",
        ),
        *_drafts(user),
    ]


def _drafts(user) -> list[Alarm]:
    if not user.has_perm("lostfound.publish_notice"):
        return []
    return [_plain(
        Notice.objects.visible_to(user).filter(state=NoticeState.DRAFT),
        "{count} 份招领公告还是草稿,发布以后法定期才起算", "去发布",
        f"{reverse('lostfound:notice_list')}?state={NoticeState.DRAFT}", oldest="created_at",
    )]


def _unsigned(takes: list[StockTake]) -> list[Waiting]:
    return [
        Waiting(
            sentence=f"贵重物品盘点 {take} 还没有双方签字", button="去签字", age=f"始于 {when(take.created_at)}",
            url=reverse("lostfound:stocktake_detail", args=[take.pk]), weight=1,
        )
        for take in takes
    ]


def _counts(rows: QuerySet, user) -> list[Named | Alarm]:
    """The count of sealed valuables that a shift change owes, and one that was begun and not signed."""
    if not user.has_perm("lostfound.change_stocktake"):
        return []
    running = StockTake.objects.visible_to(user).filter(state=StockTakeState.COUNTING).order_by("created_at")
    lines: list[Named | Alarm] = [Named(lists=[running[:MOST_DESKS]], say=_unsigned)]
    if shift_is_over():
        lines.append(_plain(
            uncounted(rows, midnight()), "在库 {count} 件贵重物品,今天交接班还没有盘点", "去盘点", _to_count(user)
        ))
    return lines


def _to_count(user) -> str:
    """Who works at one desk goes to its sheet; who sees several, to the things that are owed."""
    sees_one = not user.has_perm("servicedesk.see_all_points") and len(kept.rows_of(user.service_points.all())) == 1
    return reverse("lostfound:stocktake_create") if sees_one else f"{reverse(ITEMS)}?waiting=uncounted"


def _field_items_of(user) -> list[Alarm]:
    """A foreman sees the sheets that are theirs to bring."""
    if not user.has_perm("lostfound.return_on_spot"):
        return []
    return [_plain(
        FoundItem.objects.visible_to(user).unfiled_by(user), "您有 {count} 张现场拾物单今天要交服务台备案", "查看",
        f"{reverse(ITEMS)}?waiting=mine", oldest="created_at", tone_of=_tone,
    )]


def _claims(user) -> list[Alarm]:
    if not user.has_perm("lostfound.decide_claim"):
        return []
    return [_plain(
        Claim.objects.visible_to(user).filter(state=ClaimState.ESCALATED), "{count} 份认领有争议,等您裁定", "去裁定",
        f"{reverse('lostfound:claim_list')}?state={ClaimState.ESCALATED}", oldest="created_at", tone=URGENT,
    )]


def _told(user) -> list[Alarm]:
    """What visitors reported by themselves and nobody has looked at."""
    if not user.has_perm("lostfound.change_visitorreport"):
        return []
    return [_plain(
        VisitorReport.objects.visible_to(user).waiting(), "游客扫码报失 {count} 份,等待核实", "去核实",
        f"{reverse('lostfound:visitorreport_list')}?state=waiting", oldest="created_at",
    )]


def _matches(user) -> list[Alarm]:
    if not user.has_perm("lostfound.change_match"):
        return []
    return [_plain(
        Match.objects.visible_to(user).waiting(), "{count} 对拾物和失物可能对得上,等待核对", "去核对",
        f"{reverse('lostfound:match_list')}?state={MatchState.SUGGESTED}",
    )]


def _deeds(user) -> list[Alarm]:
    if not user.has_perm("lostfound.verify_gooddeed"):
        return []
    return [_plain(
        GoodDeed.objects.visible_to(user).filter(state=GoodDeedState.DRAFT), "{count} 条好人好事等您核实", "去核实",
        f"{reverse('lostfound:gooddeed_list')}?state={GoodDeedState.DRAFT}", tone="jade",
    )]


def _batches(user) -> list[Alarm]:
    """Lists that wait for a step this person may take; never the second look at one's own list."""
    if not user.has_perm("lostfound.view_batch"):
        return []
    rows = Batch.objects.visible_to(user)
    return [
        _plain(
            awaiting(rows, user, state), f"{{count}} 份移交、处置清单等您{step.word}", f"去{step.word}",
            f"{reverse('lostfound:batch_list')}?state={state}&running=mine",
        )
        for state, step in NEXT_STEPS.items()
    ]


def numbers(user) -> list[Number]:
    """Today in six numbers, each leading to its rows."""
    if not user.has_perm("lostfound.view_founditem"):
        return []
    items, listed = FoundItem.objects.visible_to(user), f"{reverse(ITEMS)}?waiting="
    found = [
        Number(label="今日拾物", rows=items.since(midnight()), url=f"{listed}today"),
        Number(label="今日认领", rows=items.returned_since(midnight()), url=f"{listed}returned"),
        Number(label="在库", rows=items.at_desk(), url=f"{listed}desk"),
        Number(label="贵重未交负责人", rows=items.outside_the_safe_hands(), url=f"{listed}loose"),
    ]
    if user.has_perm("lostfound.view_lostreport"):
        searching = LostReport.objects.visible_to(user).filter(state=ReportState.OPEN)
        url = f"{reverse('lostfound:lostreport_list')}?state={ReportState.OPEN}"
        found.append(Number(label="寻找中", rows=searching, url=url))
    if user.has_perm("lostfound.view_match"):
        url = f"{reverse('lostfound:match_list')}?state={MatchState.SUGGESTED}"
        found.append(Number(label="待核对匹配", rows=Match.objects.visible_to(user).waiting(), url=url))
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
