"""Who may do what on the duty day: each noun says its part, a role holds them all."""

from dutylog.rights import (
    accidents,
    briefings,
    calendar,
    days,
    enquiries,
    entries,
    followups,
    handovers,
    headcounts,
    oldlines,
    openitems,
)

PARTS = (
    accidents.GRANTS, briefings.GRANTS, calendar.GRANTS, days.GRANTS, enquiries.GRANTS, entries.GRANTS,
    followups.GRANTS, handovers.GRANTS, headcounts.GRANTS, oldlines.GRANTS, openitems.GRANTS,
)

GRANTS: dict[str, list[str]] = {}
for part in PARTS:
    for role, names in part.items():
        GRANTS.setdefault(role, []).extend(names)
