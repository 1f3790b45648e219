"""What complaints keep of visitors, and how long."""

import datetime as dt

from django.db.models import Q, QuerySet

from complaints.choices import (
    COMPENSATION_ENDS,
    CompensationState,
    ComplaintState,
    GrievanceState,
)
from complaints.models import (
    CallbackAttempt,
    CallbackCheck,
    CallbackPlan,
    CallbackStrike,
    CaseAction,
    CaseOffer,
    CasePause,
    Compensation,
    CompensationApproval,
    CompensationRecovery,
    Complaint,
    Grievance,
)
from servicedesk.personal_data import PersonalData, Table, add_personal_data, term_began
from servicedesk.services import preferences

MONTHS = "complaints.purge_months"
GRIEVANCE_MONTHS = "complaints.purge_grievance_months"
CALLBACK_MONTHS = "complaints.purge_callback_months"
# A merged one is kept as long as the case it went into.
ENDED = (ComplaintState.REFUSED, ComplaintState.PASSED_ON, ComplaintState.WITHDRAWN, ComplaintState.VOID)


def old_complaints(moment: dt.datetime) -> QuerySet:
    """Archived or ended past the term; one still handled, or not called back, is kept."""
    before = term_began(moment, preferences.value(MONTHS))
    return Complaint.objects.filter(anonymised_at=None).filter(
        Q(state=ComplaintState.ARCHIVED, archived_at__lt=before) | Q(state__in=ENDED, ended_at__lt=before)
        | Q(state=ComplaintState.MERGED, merged_into__archived_at__lt=before)
        | Q(state=ComplaintState.MERGED, merged_into__ended_at__lt=before)
    )


def old_grievances(moment: dt.datetime) -> QuerySet:
    """Past the term; one that became a complaint is kept as long as that, one not soothed until it is."""
    before = term_began(moment, preferences.value(GRIEVANCE_MONTHS))
    old = Grievance.objects.filter(anonymised_at=None, received_at__lt=before)
    return old.exclude(state=GrievanceState.REGISTERED).exclude(complaint__anonymised_at=None, complaint__isnull=False)


def old_compensations(moment: dt.datetime) -> QuerySet:
    """Ended past the term; a draft whose case is forgotten goes with it, money that is on its way is kept."""
    before = term_began(moment, preferences.value(MONTHS))
    drafted = (CompensationState.DRAFT, CompensationState.RETURNED)
    return Compensation.objects.filter(anonymised_at=None).filter(
        Q(state__in=COMPENSATION_ENDS, ended_at__lt=before)
        | Q(state__in=drafted, complaint__anonymised_at__isnull=False)
    )


def old_callbacks(moment: dt.datetime) -> QuerySet:
    """With the complaint or grievance that they belong to; others past their own term, once finished."""
    before = term_began(moment, preferences.value(CALLBACK_MONTHS))
    cases, rows = old_complaints(moment), old_grievances(moment)
    return CallbackPlan.objects.filter(anonymised_at=None).filter(
        Q(complaint__anonymised_at__isnull=False) | Q(complaint__in=cases.values("pk"))
        | Q(grievance__anonymised_at__isnull=False) | Q(grievance__in=rows.values("pk"))
        | Q(complaint=None, grievance=None, done_at__lt=before)
    )


COMPLAINTS = PersonalData(
    key="complaint", label="投诉", model=Complaint, old=old_complaints, has_photos=True,
    rule=lambda: f"归档或终止满 {preferences.value(MONTHS)} 个月",
    known_by=("visitor_name", "phone", "document_number", "contact_address"),
    tables=(
        Table(
            model=Complaint,
            marked=(
                "visitor_name", "contact_address", "origin", "group_info", "ticket_number", "words", "evidence_note",
                "visitor_opinion",
            ),
            emptied=("phone", "document_number"),
            scrubbed=("soothing", "first_reply", "solution", "result", "root_cause", "correction", "end_reason"),
        ),
        Table(model=CaseAction, of="complaint", marked=("text",)),
        Table(model=CasePause, of="complaint", scrubbed=("reason",)),
        Table(model=CaseOffer, of="complaint", scrubbed=("note", "answer")),
    ),
)
GRIEVANCES = PersonalData(
    key="grievance", label="抱怨", model=Grievance, old=old_grievances, has_photos=True,
    rule=lambda: f"登记满 {preferences.value(GRIEVANCE_MONTHS)} 个月;升级为投诉的,与投诉同时",
    known_by=("visitor_name", "phone"),
    tables=(
        Table(
            model=Grievance, marked=("visitor_name", "words"), emptied=("phone",),
            scrubbed=("soothing", "void_reason"),
        ),
    ),
)
COMPENSATIONS = PersonalData(
    key="compensation", label="先行赔偿", model=Compensation, old=old_compensations, has_photos=True,
    rule=lambda: f"完结、否决或撤销满 {preferences.value(MONTHS)} 个月", known_by=("payee_name", "payee_account"),
    tables=(
        Table(
            model=Compensation, marked=("payee_name",), emptied=("payee_account",),
            scrubbed=("grounds", "decision", "pay_note", "recover_reason", "write_off_reason"),
        ),
        Table(model=CompensationApproval, of="compensation", scrubbed=("opinion",)),
        Table(model=CompensationRecovery, of="compensation", scrubbed=("note",)),
    ),
)
CALLBACKS = PersonalData(
    key="callback", label="回访", model=CallbackPlan, old=old_callbacks,
    rule=lambda: f"与投诉、抱怨同时;其他来源完成满 {preferences.value(CALLBACK_MONTHS)} 个月",
    known_by=("visitor_name", "phone", "address"),
    tables=(
        Table(
            model=CallbackPlan, marked=("visitor_name", "address", "words", "asked_reason", "sign_reason"),
            emptied=("phone",),
        ),
        Table(model=CallbackAttempt, of="plan", marked=("comment",)),
        Table(model=CallbackStrike, of="attempt__plan", marked=("reason",)),
        Table(model=CallbackCheck, of="plan", marked=("finding",)),
    ),
)
add_personal_data(COMPLAINTS, GRIEVANCES, COMPENSATIONS, CALLBACKS)
