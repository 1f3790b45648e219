"""The book of sheets (3.11)."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words
from surveys.choices import Care
from surveys.filters.sheets import SurveySheetFilter
from surveys.models import SurveySheet

LONGEST_INDEXED = 500


def title(sheet: SurveySheet) -> str:
    return " · ".join(part for part in (sheet.get_channel_display(), sheet.place, sheet.origin) if part)


def words(sheet: SurveySheet) -> Words:
    """What a sheet is found by; not by its comment, which may speak of whoever searches."""
    return Words(texts=[sheet.place, sheet.origin, sheet.number.replace("-", "")], names=[sheet.visitor_name],
                 numbers=[sheet.phone])


def closed_to_own(name: str) -> Callable[[SurveySheet], Any]:
    """The value of a column for who may read it: nobody reads the scores of what they handed out or entered."""
    def read(sheet: SurveySheet) -> Any:
        if not getattr(sheet, "shows_scores", False):
            return None
        value = getattr(sheet, name)
        return value() if callable(value) else value

    return read


def care_of(sheet: SurveySheet) -> str | None:
    shown = getattr(sheet, "shows_scores", False) and sheet.care != Care.NONE
    return f"{sheet.get_care_display()} {sheet.passed_number}".strip() if shown else None


def badge(user) -> QuerySet[SurveySheet]:
    """Low answers that nobody passed on, for those who do."""
    rows = SurveySheet.objects.visible_to(user).waiting().filter(shows_scores=True)
    return rows if user.has_perm("surveys.pass_on_surveysheet") else rows.none()


SHEETS = add_register(Register(
    key="surveysheet", app="surveys", model=SurveySheet, label="问卷", icon="ui-radios", prefixes=("WJ",),
    happened_at="answered_at",
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="answered_at", label="填表时间", kind="datetime", order_by=("answered_at",), width=17),
        Column(key="place", label="地点", kind="link", width=16),
        Column(key="channel", label="方式", value="get_channel_display", width=8),
        Column(key="origin", label="来自", width=14),
        Column(key="party", label="出游方式", value="get_party_display", width=8, shown=False),
        Column(key="overall", label="总体印象", value=closed_to_own("get_overall_display"), width=9),
        Column(key="lowest", label="最低分", kind="number", value=closed_to_own("lowest"), width=7),
        Column(key="nps", label="推荐", kind="number", value=closed_to_own("nps"), width=6),
        Column(key="comment", label="意见建议", value=closed_to_own("comment"), width=40, shown=False),
        Column(key="visitor_name", label="姓名", kind="name", value="name_masked", full=lambda s: s.visitor_name,
               width=10, shown=False),
        Column(key="phone", label="电话", kind="phone", value="phone_masked", full=lambda s: s.phone, width=15,
               shown=False),
        Column(key="care", label="低分处理", value=care_of, width=20),
        Column(key="language", label="语言", value="get_language_display", width=6, shown=False),
        Column(key="survey_version", label="版本", kind="number", value="survey_version.number", width=6, shown=False),
        Column(key="batch", label="发放批次", value="batch.number", width=20, shown=False),
        Column(key="handed_out_by", label="发放人", value="handed_out_by.name", width=10, shown=False),
        Column(key="created_by", label="录入人", value="created_by.name", width=10, shown=False),
        Column(key="void_reason", label="作废原因", width=24, shown=False),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
    ),
    filterset=SurveySheetFilter, title=title, words=words, order=("-answered_at", "-pk"),
    related=("service_point", "zone", "code", "survey_version", "batch", "handed_out_by", "created_by"),
    views=(
        SavedView(label="全部", query="all=1"),
        SavedView(label="待转抱怨", query="care=waiting"),
        SavedView(label="有低分", query="found=low"),
        SavedView(label="纸质", query="channel=paper"),
        SavedView(label="二维码", query="channel=qr"),
        SavedView(label="作废", query="state=void"),
    ),
    papers=("3.11",), ledgers=("3.11-summary",), create_name="surveys:surveysheet_create",
    empty_text="游客的问卷在这里:扫码的自己进来,纸质的按编号录入,电话问的也在这里录。",
    badge=badge,
    final=~Q(care=Care.WAITING), parts=("answers",),
))
