"""What lost and found keeps of visitors, how long, and what is never purged.

On hold, at the police or under an open claim: then the record is evidence and stays as it is. Custody moves are
not named here: by design no visitor's name ever stands in them.
"""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from lostfound.choices import (
    OPEN_CLAIM_STATES,
    ClaimState,
    ItemState,
    MatchState,
    MeasureKind,
    ReportState,
    VisitorReportState,
)
from lostfound.models import (
    Claim,
    ClaimStatement,
    ContactAttempt,
    ContentLine,
    FoundItem,
    GoodDeed,
    LostReport,
    Match,
    Measure,
    NameCorrection,
    ReportLine,
    VisitorReport,
)
from servicedesk.personal_data import PersonalData, Table, add_personal_data, term_began
from servicedesk.services import preferences

REPORT_MONTHS = "lostfound.purge_report_months"
CLAIM_MONTHS = "lostfound.purge_claim_months"
FINDER_MONTHS = "lostfound.purge_finder_months"
GONE = (ItemState.RETURNED, ItemState.DISPOSED, ItemState.VOID, ItemState.POLICE)
EVIDENCE = Q(is_on_hold=True) | Q(state=ItemState.POLICE)


def months(key: str) -> int:
    return preferences.value(key)


def old_reports(moment: dt.datetime) -> QuerySet:
    """Ended unfound, past the report's term; found and fetched here, past the claim's."""
    rows = LostReport.objects.filter(anonymised_at=None)
    unfound = Q(state__in=[ReportState.WITHDRAWN, ReportState.EXPIRED]) | Q(
        state=ReportState.FOUND, found_item=None
    )
    fetched = Q(state=ReportState.FOUND, found_item__isnull=False)
    return rows.filter(
        unfound & Q(closed_at__lt=term_began(moment, months(REPORT_MONTHS)))
        | fetched & Q(closed_at__lt=term_began(moment, months(CLAIM_MONTHS)))
    )


def old_claims(moment: dt.datetime) -> QuerySet:
    ended = Claim.objects.filter(anonymised_at=None, state__in=[ClaimState.HANDED_OVER, ClaimState.REJECTED])
    return ended.filter(ended_at__lt=term_began(moment, months(CLAIM_MONTHS)))


def old_items(moment: dt.datetime) -> QuerySet:
    gone = FoundItem.objects.filter(anonymised_at=None, state__in=GONE)
    return gone.filter(ended_at__lt=term_began(moment, months(FINDER_MONTHS)))


def _lock_items(items: QuerySet) -> None:
    # A hold or a claim begins with a lock of the item: it comes before the purge, or after it.
    list(FoundItem.objects.select_for_update().filter(pk__in=items).order_by("pk").values_list("pk"))


def lock_items_of_reports(keys: Sequence[int]) -> None:
    _lock_items(Match.objects.filter(report__in=keys).values("item"))


def lock_items_of_claims(keys: Sequence[int]) -> None:
    _lock_items(Claim.objects.filter(pk__in=keys).values("item"))


REPORTS = PersonalData(
    key="lostreport", label="失物登记", model=LostReport, old=old_reports, lock=lock_items_of_reports,
    rule=lambda: f"没有找回的,结案满 {months(REPORT_MONTHS)} 个月;找回的,结案满 {months(CLAIM_MONTHS)} 个月",
    spared=Q(Exists(Claim.objects.filter(report=OuterRef("pk"), state__in=OPEN_CLAIM_STATES)))
    | Q(Exists(FoundItem.objects.filter(EVIDENCE, found_for=OuterRef("pk"))))
    | Q(Exists(Match.objects.filter(
        Q(item__is_on_hold=True) | Q(item__state=ItemState.POLICE), report=OuterRef("pk"), state=MatchState.CONFIRMED
    )))
    | Q(Exists(Measure.objects.filter(report=OuterRef("pk"), kind=MeasureKind.POLICE))),
    known_by=("owner_name", "reporter_name", "phone", "other_contact", "name_on_item", "number_on_item", "fetched_by"),
    tables=(
        Table(
            model=LostReport, scrubbed=("thing", "brand"),
            marked=(
                "owner_name", "other_contact", "reporter_name", "origin", "group_info", "call_when", "last_seen",
                "features", "name_on_item", "mail_address", "fetched_by", "close_reason", "note",
            ),
            emptied=("phone", "number_on_item", "blind_answers"),
        ),
        Table(model=ReportLine, of="report", marked=("features",), scrubbed=("thing", "look")),
        Table(model=Measure, of="report", marked=("detail",)),
        Table(model=ContactAttempt, of="report", marked=("note",)),
        Table(model=Match, of="report", marked=("decision_reason",)),
    ),
)
CLAIMS = PersonalData(
    key="claim", label="认领", model=Claim, old=old_claims, lock=lock_items_of_claims,
    rule=lambda: f"办结满 {months(CLAIM_MONTHS)} 个月",
    spared=Q(item__is_on_hold=True) | Q(item__state=ItemState.POLICE)
    | Q(Exists(Claim.objects.filter(item=OuterRef("item"), state__in=OPEN_CLAIM_STATES))),
    known_by=(
        "claimant_name", "phone", "document_name", "document_number", "delegate_name", "delegate_phone",
        "delegate_document_name", "delegate_document_number", "authorisation_name", "guardian_name",
        "guardian_document_name", "guardian_document_number",
    ),
    tables=(
        Table(
            model=Claim, scrubbed=("lost_place",),
            marked=(
                "claimant_name", "origin", "document_name", "delegate_name", "delegate_relation",
                "delegate_document_name", "authorisation_name", "owner_call_result", "second_sign", "guardian_name",
                "guardian_document_name", "guardian_statement", "blocked_reason", "certificate_number", "difference",
                "message", "reject_reason",
            ),
            emptied=(
                "phone", "document_number", "delegate_phone", "delegate_document_number", "guardian_document_number",
                "document_expires_on", "delegate_document_expires_on", "guardian_document_expires_on",
            ),
        ),
        Table(model=ClaimStatement, of="claim", marked=("text", "of_earlier")),
        Table(model=NameCorrection, of="claim", marked=("old", "new", "reason")),
    ),
)
ITEMS = PersonalData(
    key="founditem", label="拾物", model=FoundItem, old=old_items, has_photos=True,
    rule=lambda: f"发还、处置或作废满 {months(FINDER_MONTHS)} 个月",
    spared=EVIDENCE | Q(Exists(Claim.objects.filter(item=OuterRef("pk"), state__in=OPEN_CLAIM_STATES))),
    known_by=("finder_name", "finder_phone", "name_on_item", "number_on_item"),
    tables=(
        Table(
            model=FoundItem, scrubbed=("thing", "brand", "public_text", "end_note"),
            marked=("features", "name_on_item", "finder_name", "finder_origin", "hold_reason"),
            emptied=("secret_marks", "number_on_item", "finder_phone"),
        ),
        Table(model=ContentLine, of="item", marked=("features",), scrubbed=("thing", "look")),
        Table(model=ContactAttempt, of="item", marked=("note",)),
        Table(model=Match, of="item", marked=("decision_reason",)),
        Table(model=GoodDeed, of="item", scrubbed=("summary", "feedback")),
    ),
)
def old_visitor_reports(moment: dt.datetime) -> QuerySet:
    return VisitorReport.objects.filter(
        anonymised_at=None, created_at__lt=term_began(moment, months(REPORT_MONTHS))
    )


VISITOR_REPORTS = PersonalData(
    key="visitorreport", label="游客扫码报失", model=VisitorReport, old=old_visitor_reports,
    rule=lambda: f"提交满 {months(REPORT_MONTHS)} 个月,仍待核实的除外",
    spared=Q(state=VisitorReportState.WAITING), known_by=("owner_name", "phone"),
    tables=(
        Table(
            model=VisitorReport, scrubbed=("thing", "drop_reason"), marked=("owner_name", "features", "last_seen"),
            emptied=("phone",),
        ),
    ),
)
add_personal_data(REPORTS, CLAIMS, ITEMS, VISITOR_REPORTS)
