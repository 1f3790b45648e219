"""The book of calls and questions."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from dutylog.choices import ENQUIRY_PREFIX, EnquiryState
from dutylog.filters.enquiries import EnquiryFilter
from dutylog.models import Enquiry
from dutylog.services import enquiry_figures
from dutylog.services.figures import add_counter
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(enquiry: Enquiry) -> str:
    """`来电 询价:团队票价格 · 张*`."""
    return " · ".join(part for part in (enquiry.described, enquiry.caller_masked) if part)


def words(enquiry: Enquiry) -> Words:
    return Words(
        texts=[enquiry.summary, enquiry.answer, enquiry.get_kind_display(), enquiry.get_direction_display(),
               enquiry.became_number],
        names=[enquiry.caller_name, enquiry.relay_to.name if enquiry.relay_to else ""], numbers=[enquiry.phone],
    )


def term(enquiry: Enquiry) -> str:
    """`逾期`, `超时` of what was answered too late, else empty."""
    return "逾期" if enquiry.is_overdue else "超时" if enquiry.was_late else ""


def badge(user) -> QuerySet[Enquiry]:
    """What waits beyond its moment."""
    return Enquiry.objects.visible_to(user).overdue(timezone.now())


ENQUIRIES = add_register(Register(
    key="enquiry", app="dutylog", model=Enquiry, label="来电咨询", icon="telephone", prefixes=(ENQUIRY_PREFIX,),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="received_at", label="时间", kind="datetime", order_by=("received_at",), width=17),
        Column(key="direction", label="方式", value="get_direction_display", width=8),
        Column(key="is_missed", label="未接", kind="yesno", width=6, shown=False),
        Column(key="kind", label="类别", value="get_kind_display", order_by=("kind",), width=8),
        Column(key="caller", label="姓名", kind="name", value="caller_masked", full=lambda e: e.caller_name, width=10),
        Column(key="phone", label="电话", kind="phone", value="phone_masked", full=lambda e: e.phone, width=15),
        Column(key="summary", label="内容", kind="link", value=lambda e: e.summary or "(未接来电)", width=40),
        Column(key="answer", label="答复", width=40, shown=False),
        Column(key="due_at", label="答复期限", kind="datetime", order_by=("due_at",), width=17),
        Column(key="answered_at", label="答复时间", kind="datetime", order_by=("answered_at",), width=17, shown=False),
        Column(key="term", label="时限", value=term, width=8),
        Column(key="relay_to", label="转告", value="relay_to.name", width=10, shown=False),
        Column(key="became_number", label="已转", width=20, shown=False),
        Column(key="created_by", label="登记人", value="created_by.name", width=10),
        Column(key="answered_by", label="答复人", value="answered_by.name", width=10, shown=False),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
    ),
    filterset=EnquiryFilter, title=title, words=words, happened_at="received_at", order=("-received_at", "-pk"),
    related=("service_point", "created_by", "answered_by", "relay_to"),
    ledgers=("call-ledger",),
    views=(
        SavedView(label="全部", query="all=1"), SavedView(label="待答复", query="wait=open"),
        SavedView(label="已逾期", query="wait=overdue"), SavedView(label="未接未回", query="wait=missed"),
        SavedView(label="今天", query="recent=today"), SavedView(label="有转告", query="wait=relayed"),
    ),
    create_name="dutylog:enquiry_create", badge=badge,
    empty_text="来电和咨询在这里:一问一答的按数字键计数,要答复、要转告的写成一行。",
    final=Q(state__in=[EnquiryState.ANSWERED, EnquiryState.VOID]),
    ledger_columns=(
        "number", "received_at", "direction", "kind", "caller", "phone", "summary", "answer", "answered_at", "term",
        "created_by",
    ),
))

add_counter(enquiry_figures.of_calls)
