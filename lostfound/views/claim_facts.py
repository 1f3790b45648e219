"""What a claim's page tells: the claimant masked, the names above each other, the thing once it is open."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from lostfound.choices import ClaimPath
from lostfound.models import Claim, ClaimStatement, NameCorrection
from lostfound.services.claim_documents import CORRECTABLE
from lostfound.services.claim_paths import comparisons, is_document_read
from lostfound.services.claim_statements import looks_at_marks
from lostfound.services.documents import doubts
from lostfound.services.names import Comparison
from servicedesk.register import register_of
from servicedesk.sealing import masked
from servicedesk.services.photos import photos_of

REVEAL = "servicedesk.reveal_personal"


def fact_groups(claim: Claim, user: Any) -> list[dict]:
    """The claim half in the order of the paper."""
    groups = [
        {"title": "认领人", "rows": _claimant(claim, user)},
        {"title": "证件", "rows": _document(claim, user) if is_document_read(claim) else []},
        {"title": str(ClaimPath(claim.path).label), "rows": _path(claim, user)},
        {"title": "核验与发还", "rows": _end(claim)},
    ]
    return [group for group in groups if group["rows"]]


def _row(label: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"label": label, "value": value, "kind": "text", **more}


def _sealed(claim: Claim, label: str, column: str, user: Any) -> dict[str, Any]:
    """A masked number with its way to the whole, for who has the right."""
    value = getattr(claim, column)
    url = reverse("lostfound:claim_reveal", args=[claim.pk, column]) if value and user.has_perm(REVEAL) else ""
    return _row(label, masked(value), kind="number", reveal_url=url)


def _claimant(claim: Claim, user: Any) -> list[dict]:
    return [
        _row("认领人姓名", claim.claimant_name), _sealed(claim, "联系电话", "phone", user),
        _row("性别", claim.get_sex_display() if claim.sex else ""), _row("来源地/住址", claim.origin),
        _row("遗失时间", claim.lost_from), _row("遗失地点", claim.lost_place),
        _row("认领方式", claim.get_path_display()),
        _row("失物登记", claim.report.number if claim.report else "", url=_report_url(claim)),
    ]


def _report_url(claim: Claim) -> str:
    register = register_of(claim.report) if claim.report else None
    return register.detail_url(claim.report_id) if register else ""


def _document(claim: Claim, user: Any) -> list[dict]:
    if not claim.document_kind:
        return []
    return _document_rows(claim, user, "", "")


def _document_rows(claim: Claim, user: Any, prefix: str, whose: str) -> list[dict]:
    kind = getattr(claim, f"get_{prefix}document_kind_display")()
    form = getattr(claim, f"get_{prefix}document_form_display")()
    number = getattr(claim, f"{prefix}document_number")
    said = doubts(getattr(claim, f"{prefix}document_kind"), number, on=claim.created_at.date())
    return [
        _row(f"{whose}证件类型", f"{kind}({form})" if kind else ""),
        _row(f"{whose}证件上的姓名", getattr(claim, f"{prefix}document_name")),
        {**_sealed(claim, f"{whose}证件号码", f"{prefix}document_number", user), "help": "已复读:" if said else ""},
        _row(f"{whose}证件有效期至", getattr(claim, f"{prefix}document_expires_on") or ""),
    ]


def _path(claim: Claim, user: Any) -> list[dict]:
    match claim.path:
        case ClaimPath.DELEGATE if claim.delegate_name:
            return [
                _row("代领人", claim.delegate_name), _sealed(claim, "代领人电话", "delegate_phone", user),
                _row("与失主关系", claim.delegate_relation), *_document_rows(claim, user, "delegate_", "代领人"),
                _row("委托书", f"委托人 {claim.authorisation_name}" if claim.has_authorisation else "无"),
                _row("致电失主", claim.owner_called_at), _row("致电结果", claim.owner_call_result),
            ]
        case ClaimPath.OWN_ID if claim.is_face_compared:
            return [
                _row("本人与照片", "已比对"), _row("背出号码", "无误" if claim.is_number_dictated else "未背"),
                _row("第二凭据", claim.second_sign),
                _row("第二名工作人员", claim.second_person.name if claim.second_person else ""),
            ]
        case ClaimPath.MINOR if claim.guardian_name:
            proof = "户口簿" if claim.has_household_register else claim.guardian_statement
            return [
                _row("监护人", claim.guardian_name), *_document_rows(claim, user, "guardian_", "监护人"),
                _row("监护关系", proof),
            ]
    return []


def _end(claim: Claim) -> list[dict]:
    if claim.ended_at is None:
        return []
    if claim.handed_over_at is None:
        return [_row("未通过原因", claim.reject_reason, kind="long"), _row("办结时间", claim.ended_at)]
    second = claim.second_person.name if claim.second_person else ""
    return [
        _row("发还时间", claim.handed_over_at), _row("发还经办", claim.handed_over_by.name),
        _row("领取件数", claim.pieces), _row("状况", claim.get_condition_display()),
        _row("差异说明", claim.difference), _row("复核人", second), _row("游客留言", claim.message, kind="long"),
        _row("公安证明", claim.certificate_number),
    ]


def compared(claim: Claim) -> list[Comparison]:
    """The names above each other, once the document has been read."""
    return comparisons(claim) if is_document_read(claim) else []


def side_questions(claim: Claim, user: Any) -> dict[str, QuerySet]:
    """The lists that `checked_side` shows."""
    if claim.opened_for_view_at is None:
        return {}
    return {
        "photos": photos_of(claim.item), "contents": claim.item.contents.all(), "cash": claim.item.cash_lines.all(),
        "looks": looks_at_marks(claim, user),
    }


def checked_side(claim: Claim, found: dict[str, list]) -> dict[str, Any]:
    """The thing as the desk knows it: nothing at all before the opening, marks only for who is in the log."""
    if claim.opened_for_view_at is None:
        return {}
    item, report = claim.item, claim.report
    may_see = bool(found["looks"])
    return {
        "photos": [_photo(photo) for photo in found["photos"]], "contents": found["contents"],
        "cash": found["cash"], "features": item.features, "place": item.place,
        "found_at": item.found_at, "look": " ".join(p for p in (item.brand, item.spec, item.colour) if p),
        "has_marks": bool(item.secret_marks), "may_see_marks": may_see,
        "marks": item.secret_marks if may_see else "", "report": report,
        "answers": report.blind_answers if report and may_see else "",
    }


def _photo(photo: Any) -> dict[str, str]:
    return {
        "caption": photo.caption, "full_url": reverse("photo", args=[photo.pk, "full"]),
        "thumb_url": reverse("photo", args=[photo.pk, "thumb"]),
    }


def claim_events(statements: list[ClaimStatement], corrections: list[NameCorrection]) -> list[dict]:
    """What the claim's own row does not know: what was said and judged, and names put right."""
    return [*_said(statements), *_corrected(corrections)]


def _said(statements: list[ClaimStatement]) -> list[dict]:
    lines = []
    for one in statements:
        lines.append(_event(one.said_at, one.typed_by.name, f"{_who_said(one)}说:{one.text}"))
        if one.judged_at and one.judged_by:
            lines.append(_event(one.judged_at, one.judged_by.name, f"{one.get_verdict_display()}:{one.text}"))
    return lines


def _who_said(one: ClaimStatement) -> str:
    return f"先前的{one.of_earlier}" if one.of_earlier else "认领人"


def _corrected(corrections: list[NameCorrection]) -> list[dict]:
    return [
        {**_event(row.at, row.by.name, f"更正{CORRECTABLE[row.field]},{row.reread_by.name}复读"), "reason": row.reason,
         "changes": [{"label": CORRECTABLE[row.field], "old": row.old, "new": row.new}]}
        for row in corrections
    ]


def _event(at: Any, who: str, title: str) -> dict[str, Any]:
    return {"at": at, "who": who, "title": title, "changes": [], "reason": ""}
