"""The worklist of matches: what the reckoning put side by side and a person has to look at."""

from lostfound.filters.matches import MatchFilter
from lostfound.models import Match
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(match: Match) -> str:
    return f"{match.item.described} · {match.report.owner_masked}"


def words(match: Match) -> Words:
    """A match is found by its two sides, which are in the index themselves."""
    return Words()


def waiting_for(user):
    """The pairs that wait, for the badge of the rail."""
    return Match.objects.visible_to(user).waiting()


MATCHES = add_register(Register(
    key="match", app="lostfound", model=Match, label="匹配核对", icon="link-45deg",
    columns=(
        Column(key="score", label="相近", kind="link", value=lambda m: f"{m.score} 分", order_by=("score",), width=8),
        Column(key="item", label="拾物", value="item.number", width=20),
        Column(key="item_thing", label="拾到", value="item.described", width=22),
        Column(key="item_place", label="拾获地点", value="item.zone.name", width=14, shown=False),
        Column(key="report", label="失物登记", value="report.number", width=20),
        Column(key="report_thing", label="遗失", value="report.described", width=22),
        Column(key="owner", label="失主", kind="name", value="report.owner_masked", width=10),
        Column(key="why", label="理由", value="why", width=40),
        Column(key="state", label="状态", kind="state", value="get_state_display", shown=False),
        Column(key="suggested_at", label="提示时间", kind="datetime", order_by=("suggested_at",), width=17,
               shown=False),
        Column(key="decided_by", label="决定人", value="decided_by.name", width=10, shown=False),
        Column(key="decision_reason", label="原因", width=20, shown=False),
    ),
    filterset=MatchFilter, title=title, words=words, happened_at="suggested_at", order=("-score", "pk"),
    related=("item__category", "item__zone", "item__service_point", "report__category", "report__service_point",
             "decided_by"),
    views=(
        SavedView(label="待核对", query="state=suggested"),
        SavedView(label="已确认", query="state=confirmed"),
        SavedView(label="不是", query="state=rejected"),
        SavedView(label="全部", query="state="),
    ),
    empty_text="没有待核对的匹配。新登记拾物或失物时,系统会把相近的列在这里。", badge=waiting_for,
))
