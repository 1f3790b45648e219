"""Who may do what with the morning briefing. Signing needs no right: whoever is asked signs."""

from servicedesk.choices import Role

_READ = ["dutylog.view_briefing"]
_DESK = [*_READ, *(f"dutylog.{verb}_briefing" for verb in ("add", "change", "print", "export"))]
_HEAD = [*_DESK, "dutylog.publish_briefing", "dutylog.close_briefing"]

GRANTS = {
    Role.CLERK: _DESK,
    Role.CUSTODIAN: _DESK,
    Role.SUPERVISOR: _HEAD,
    Role.MANAGER: _HEAD,
    Role.FOREMAN: _READ,
    Role.DUTY_MANAGER: _READ,
    Role.SAFETY: _READ,
    Role.ASSETS: _READ,
}
