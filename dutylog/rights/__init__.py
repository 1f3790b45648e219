"""Who may do what on the duty day: each noun says its part, a role holds them all."""

from dutylog.rights import briefings, calendar, days, enquiries, entries, followups, openitems

PARTS = (
    days.GRANTS, entries.GRANTS, calendar.GRANTS, briefings.GRANTS, openitems.GRANTS, followups.GRANTS,
    enquiries.GRANTS,
)

GRANTS: dict[str, list[str]] = {}
for part in PARTS:
    for role, names in part.items():
        GRANTS.setdefault(role, []).extend(names)
