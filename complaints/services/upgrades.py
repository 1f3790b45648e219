"""升级 and 降级: a grievance becomes a complaint by one press, a complaint a grievance by the supervisor's word."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from complaints.choices import GRIEVANCE_PREFIX, ActionKind, Demand, GrievanceState, UpgradeSignal
from complaints.errors.grievances import PlaceNeeded
from complaints.models import Complaint, Grievance
from complaints.services.actions import needed, note
from complaints.services.callback_plans import supersede_grievance
from complaints.services.complaint_facts import ComplaintFacts, listed
from complaints.services.complaints import register_complaint
from complaints.services.endings import void_complaint
from complaints.services.grievances import write_line
from complaints.services.signals import signals_in
from dutylog.services.registerlines import strike_lines_about
from servicedesk.models import Photo
from servicedesk.services.photos import photos_of
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial
from servicedesk.services.transitions import move


@transaction.atomic
def upgrade_grievance(grievance: Grievance, *, by: Any) -> Complaint:
    """升级为投诉: text and photos go along, the clock starts at the grievance's time, both numbers stay linked.

    It counts once: the grievance leaves the figures, its line of the day is struck.

    Raises:
        PlaceNeeded: the complaint needs a place.
        BackDated: older than the setting, and not by the supervisor.
        NotPossibleNow, SomeoneWasFaster: it was upgraded before, or has ended.
    """
    if grievance.zone is None:
        raise PlaceNeeded(number=grievance.number)
    complaint = register_complaint(
        _facts(grievance), by=by, point=grievance.service_point, known=(grievance.category, grievance.subcategory)
    )
    # Of two who press at once the second finds it moved, and the complaint just made is gone with the transaction.
    move(grievance, GrievanceState.UPGRADED, by=by, complaint=complaint)
    _copy_photos(grievance, complaint)
    note(complaint, ActionKind.SYSTEM, f"由抱怨 {grievance.number} 升级", by=by)
    strike_lines_about(grievance, f"升级为投诉 {complaint.number}", by=by)
    supersede_grievance(grievance, f"升级为投诉 {complaint.number},由投诉回访", by=by)
    index_record(grievance)
    return complaint


def _facts(grievance: Grievance) -> ComplaintFacts:
    signals = {*listed(grievance.signals), *signals_in(grievance.words)}
    return ComplaintFacts(
        occurred_at=grievance.received_at, received_at=grievance.received_at, zone=grievance.zone,
        category=grievance.category, subcategory=grievance.subcategory, words=grievance.words,
        is_reachable=bool(grievance.phone), place_detail=grievance.place_detail, channel=grievance.channel,
        visitor_name=grievance.visitor_name, phone=grievance.phone, respondent_department=grievance.department,
        soothing=grievance.soothing, demands=(Demand.REFUND,) if UpgradeSignal.MONEY in signals else (),
    )


def _copy_photos(one: Grievance | Complaint, other: Grievance | Complaint) -> None:
    """The same files under the other record too; the first keeps its own."""
    for photo in photos_of(one):
        Photo.objects.create(
            record=other, file=photo.file, thumb=photo.thumb, width=photo.width, height=photo.height,
            sha256=photo.sha256, caption=photo.caption, by=photo.by,
        )


@transaction.atomic
def downgrade_complaint(complaint: Complaint, reason: str, *, by: Any) -> Grievance:
    """降为抱怨: the grievance that it was, or a new one; the complaint is void and leaves the figures.

    Raises:
        TextNeeded, NumberInText: no reason.
        NotPossibleNow, SomeoneWasFaster: it is solved or has ended.
    """
    reason = needed(reason, "为什么降为抱怨", "reason")
    grievance = Grievance.objects.filter(complaint=complaint).first()
    if grievance is None:
        grievance = _made_from(complaint, by=by)
    else:
        move(grievance, GrievanceState.REGISTERED, by=by, reason=f"{complaint.number} 降为抱怨")
    void_complaint(complaint, f"降为抱怨 {grievance.number}:{reason}", by=by)
    write_line(grievance, by=by, more=f"由投诉 {complaint.number} 降级")
    index_record(grievance)
    return grievance


def _made_from(complaint: Complaint, *, by: Any) -> Grievance:
    grievance = Grievance(
        number=take_serial(GRIEVANCE_PREFIX, complaint.service_point), service_point=complaint.service_point,
        created_at=timezone.now(), created_by=by, received_at=complaint.received_at, channel=complaint.channel,
        visitor_name=complaint.visitor_name, phone=complaint.phone, category=complaint.category,
        subcategory=complaint.subcategory, words=complaint.words[:2000], zone=complaint.zone,
        place_detail=complaint.place_detail, department=complaint.respondent_department,
        soothing=complaint.soothing, complaint=complaint,
    )
    grievance._history_user = by
    grievance.save()
    _copy_photos(complaint, grievance)
    return grievance
