"""3.11 顾客满意度调研问卷: front Chinese, back English; filled, blank, and as a numbered pile."""

from typing import Any

from django.db.models import QuerySet

from servicedesk.choices import Sex
from servicedesk.paper import Paper, add_paper
from surveys.choices import (
    ENGLISH,
    SCORED,
    AgeBand,
    HeardFrom,
    Party,
    Score,
    SheetState,
    Transport,
    Visits,
)
from surveys.models import SurveyBatch, SurveySheet, SurveyVersion

TEMPLATE = "surveys/print/survey.html"


def _options(choices: Any, chosen: Any) -> list[dict[str, Any]]:
    """Each choice in both languages, and whether it is ticked."""
    picked = chosen if isinstance(chosen, list) else [chosen]
    return [
        {"zh": each.label, "en": ENGLISH.get(each, each.label), "chosen": each.value in picked} for each in choices
    ]


def _context(version: SurveyVersion | None, sheet: SurveySheet | None) -> dict[str, Any]:
    scores = {answer.item_id: answer.score for answer in sheet.answers.all()} if sheet else {}
    items = list(version.items.order_by("order")) if version else []
    return {
        "survey": version, "answered": sheet, "is_filled": sheet is not None,
        "heads": _options(Score, None), "overall": _options(SCORED, sheet.overall if sheet else None),
        "items": [(item, [scores.get(item.pk) == score for score in Score]) for item in items],
        "party": _options(Party, sheet.party if sheet else ""), "sex": _options(Sex, sheet.sex if sheet else ""),
        "ages": _options(AgeBand, sheet.age_band if sheet else ""),
        "visits": _options(Visits, sheet.visits if sheet else ""),
        "heard": _options(HeardFrom, sheet.heard_from if sheet else []),
        "transport": _options(Transport, sheet.transport if sheet else ""),
        "is_valid": sheet is not None and sheet.state == SheetState.VALID,
        "is_invalid": sheet is not None and sheet.state != SheetState.VALID,
    }


def sheet_context(sheet: SurveySheet | None) -> dict[str, Any]:
    """Facts of 3.11; the blank form bears the version in use."""
    return _context(sheet.survey_version if sheet else SurveyVersion.current(), sheet)


def pile_context(batches: list[SurveyBatch]) -> dict[str, Any]:
    """The empty sheet of a pile: the version that went out, its place and who hands it out."""
    return {**_context(batches[0].survey_version, None), "batch": batches[0]}


def readable(user: Any) -> QuerySet:
    """Sheets whose scores this person may read."""
    return SurveySheet.objects.visible_to(user).filter(shows_scores=True)


SURVEY = add_paper(Paper(
    key="3.11", form_code="KF-3.11", title="顾客(游客)满意度调研问卷", template=TEMPLATE, size="a4",
    model=SurveySheet, context=sheet_context, visible=readable,
    title_of=lambda sheet: sheet.survey_version.title,
))
PILE = add_paper(Paper(
    key="3.11-batch", form_code="KF-3.11", title="满意度问卷(编号空白)", template=TEMPLATE, size="a4",
    model=SurveyBatch, context=pile_context, has_own_sheets=True, has_blank=False,
    title_of=lambda batches: batches[0].survey_version.title,
    sheet_notes=lambda batch: [f"问卷编号: {number}" for number in batch.numbers],
))
