"""Who changed a preference, when, from what to what and why."""

from typing import Any

from servicedesk.models import Setting
from servicedesk.services.preferences import Preference


def said(declaration: Preference, value: Any) -> str:
    """A value as the settings screen says it, with its unit."""
    labels = dict(declaration.choices)
    if declaration.kind == "boolean":
        return "是" if value else "否"
    if declaration.kind == "choice":
        return str(labels.get(value, value))
    if declaration.kind in {"choices", "lines"}:
        return "、".join(str(labels.get(one, one)) for one in value) or "(空)"
    if declaration.kind == "time":
        return value if isinstance(value, str) else f"{value:%H:%M}"
    return f"{value} {declaration.unit}".strip()


def setting_timeline(declaration: Preference) -> list[dict]:
    """Its changes, newest first, as lines of a time line. Default and chosen values alike are told as old."""
    rows = Setting.history.filter(key=declaration.key).select_related("history_user")
    lines, before = [], said(declaration, declaration.default)
    for row in rows.order_by("history_id"):
        after = said(declaration, declaration.default if row.history_type == "-" else row.value)
        lines.append({
            "at": row.history_date, "who": row.history_user.name if row.history_user else "系统",
            "title": "恢复默认" if row.history_type == "-" else "修改",
            "changes": [{"label": declaration.label, "old": before, "new": after}],
            "reason": row.history_change_reason or "",
        })
        before = after
    return lines[::-1]


def last_changes() -> dict[str, Any]:
    """The newest history line per key, for those that are not at their default."""
    rows = Setting.history.filter(key__in=Setting.objects.values("key")).select_related("history_user")
    return {row.key: row for row in rows.order_by("history_id")}
