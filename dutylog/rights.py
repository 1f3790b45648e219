"""Who may do what on the duty day: one table per noun, joined below."""

from collections.abc import Mapping, Sequence

from servicedesk.choices import Role

Grants = Mapping[str, Sequence[str]]

_SEES = ["dutylog.view_followup"]
_MENDS = [*_SEES, "dutylog.add_followup", "dutylog.change_followup", "dutylog.print_followup"]
_CHECKS = [
    *_MENDS, "dutylog.export_followup", "dutylog.verify_followup", "dutylog.assign_followup", "dutylog.void_followup",
]
FOLLOW_UPS: Grants = {
    Role.CLERK: _MENDS, Role.CUSTODIAN: _MENDS, Role.FOREMAN: _MENDS,
    Role.SAFETY: [*_MENDS, "dutylog.export_followup"], Role.ASSETS: [*_MENDS, "dutylog.export_followup"],
    Role.SUPERVISOR: _CHECKS, Role.MANAGER: _CHECKS, Role.DUTY_MANAGER: _SEES,
}


def joined(*tables: Grants) -> dict[str, list[str]]:
    """The tables of the nouns as one: role → rights."""
    roles = dict.fromkeys(role for table in tables for role in table)
    return {role: [right for table in tables for right in table.get(role, [])] for role in roles}


GRANTS = joined(FOLLOW_UPS)
