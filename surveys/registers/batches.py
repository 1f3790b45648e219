"""The book of empty sheets that went out."""

from django.db.models import Q

from servicedesk.register import Column, Register, add_register
from servicedesk.services.search import Words
from surveys.filters.sheets import SurveyBatchFilter
from surveys.models import SurveyBatch


def title(batch: SurveyBatch) -> str:
    return f"{batch.span} · {batch.zone or batch.service_point}"


def words(batch: SurveyBatch) -> Words:
    place = batch.zone.name if batch.zone else ""
    return Words(texts=[batch.first_number, place, batch.note], names=[batch.handed_out_by.name])


BATCHES = add_register(Register(
    key="surveybatch", app="surveys", model=SurveyBatch, label="发放问卷", icon="stack", prefixes=("FJ",),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="on", label="发放日期", kind="date", order_by=("on",), width=12),
        Column(key="span", label="问卷编号", kind="link", width=26),
        Column(key="count", label="张数", kind="number", order_by=("count",), width=6),
        Column(key="zone", label="发放地点", value="zone.name", width=16),
        Column(key="handed_out_by", label="发放人", value="handed_out_by.name", width=10),
        Column(key="survey_version", label="版本", kind="number", value="survey_version.number", width=6),
        Column(key="note", label="备注", width=24, shown=False),
        Column(key="created_by", label="登记人", value="created_by.name", width=10, shown=False),
    ),
    filterset=SurveyBatchFilter, title=title, words=words,
    related=("service_point", "zone", "survey_version", "handed_out_by", "created_by"),
    papers=("3.11-batch",), create_name="surveys:surveybatch_create",
    empty_text="要发纸质问卷时在这里取号、打印;收回后按编号录入,发放和回收自动对上。",
    month_by="on", final=Q(pk__isnull=False),
))
