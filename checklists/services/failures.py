"""A failure of a round becomes a follow-up for the right person, who is told at once."""

from checklists.choices import FAILURE_KINDS, Fault, RoundKind
from checklists.models import RoundLine
from dutylog.models import FollowUp
from dutylog.services.followups import FollowUpFacts, make_follow_up
from servicedesk.models import User
from servicedesk.services.photos import PreparedPhoto, keep_photo

BEFORE = "整改前"


def people_told(line: RoundLine) -> list[User]:
    """The item's own person or role, else the version's; of a role those of the desk, else all."""
    version = line.round.template_version
    for source in (line.item, version):
        if source is None:
            continue
        if source.told_person:
            return [source.told_person]
        if source.told_role:
            return holders(source.told_role, line.round.service_point)
    return []


def holders(role: str, point) -> list[User]:
    """People of a role at a desk; where there is none, all of the role."""
    everyone = User.objects.active().holding(role).order_by("staff_no")
    return list(everyone.at(point)) or list(everyone)


def problem_of(line: RoundLine) -> str:
    """`轮椅(KF-BM-0002)缺失 1:……`."""
    remark = line.remark
    if line.person:
        return f"{line.person.name} {line.text}:{remark}"
    if line.asset is None:
        return f"{line.text}:{remark}"
    fault = Fault(line.fault).label if line.fault else ""
    if line.quantity is None:
        return f"{line.text}({line.asset.number}){fault}:{remark}"
    return f"{line.text}({line.asset.number}){fault} {line.difference}:{remark}"


def subject_of(line: RoundLine) -> str:
    """What the same failure is known by when it is found again."""
    if line.asset:
        return f"asset:{line.asset.pk}:{line.fault}"
    if line.item is None:
        return ""
    who = f":{line.person.pk}" if line.person else ""
    return f"item:{line.round.template_id}:{line.item.line}{who}"


def report_failure(line: RoundLine, photo: PreparedPhoto | None, *, by) -> FollowUp:
    """Make the follow-up, or note the finding under the one that runs; with the photo, as it was found."""
    round_ = line.round
    people = people_told(line)
    follow_up = make_follow_up(FollowUpFacts(
        kind=FAILURE_KINDS[RoundKind(round_.kind)], problem=problem_of(line), source=round_,
        source_text=f"{round_.get_kind_display()} {round_.number}",
        place_detail="" if line.person else line.area,
        owner=people[0] if people else None, told=people[1:], subject_key=subject_of(line),
    ), by=by, point=round_.service_point)
    if photo:
        keep_photo(photo, follow_up, by, BEFORE)
    return follow_up
