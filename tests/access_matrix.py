"""The access matrix: who may open which address, by which method. `tests/servicedesk/test_access.py` walks it.

The list of addresses comes from the URL configuration. An address without a row here fails the suite, a row
without an address too; nothing is exempt. Each noun keeps its rows in `tests/access/<noun>.py`:

    from tests.access.row import Row, everyone, only
    from tests.access.world import thing

    @thing                                  # made by ORM or service, once
    def found_item(world):                  # world.point, .other_point, .zone, .storage, .department,
        return FoundItem.objects.create(    # world.person(Role.CLERK) are there; other things by name
            service_point=world.point, created_by=world.clerk, ...)

    DESK = (Role.CLERK, Role.CUSTODIAN, Role.SUPERVISOR, Role.MANAGER)

    ROWS = [
        Row("lostfound:founditem_list", get=only(200, *DESK)),
        Row("lostfound:founditem_detail", ("@found_item",), of_desk=True, get=only(200, *DESK)),
        Row("lostfound:founditem_void", ("@found_item",), of_desk=True, data={"reason": "误登"},
            post=only(302, Role.SUPERVISOR, Role.MANAGER)),
    ]

    name       name of the address, with its namespace
    args       parts of the address in order; "@found_item" is world.found_item.pk,
               "@found_item.number" its number, anything else is taken as it stands
    get, post  only(status, *roles): exactly this status for these roles, 403 for all others;
               everyone(status): for every role. Left out: the method is not offered (403, 404 or 405).
               Write the roles down: a matrix that reads rights.py could never disagree with it.
    of_desk    the object belongs to world.point: the same role at the other desk gets 404
               (unless the role sees all desks; "strictly": whatever it sees), and so does an
               object that does not exist
    denied     what a role without the right gets, where it is not 403
    is_open    a page without sign-in: anonymous gets what everyone gets. Left out: 302 to the sign-in page
    query      the query string; data: the posted fields ("@…" is read in both)
    also       further methods that may answer 2xx, like PUT
    get_writes tables that a GET may write to, with the reason in a comment; the session always may

Identities: anonymous, disabled (a manager who left), each role of servicedesk.choices.Role here, and each
again at the other desk. Every request starts from the same world: what a POST did is rolled back.

Adding a noun: write its file, import it below and add its ROWS.
"""

from tests.access import (
    accidents,
    archives,
    briefings,
    callbacks,
    claims,
    compensations,
    complaints,
    duty,
    enquiries,
    exits,
    figures,
    followups,
    grievances,
    handovers,
    headcounts,
    house,
    incidents,
    items,
    ledgers,
    notices,
    oldbooks,
    papers,
    people,
    rectifications,
    reports,
    rounds,
    surveys,
    visitors,
)

ROWS = [
    *house.ROWS,
    *followups.ROWS,
    *headcounts.ROWS,
    *accidents.ROWS,
    *people.ROWS,
    *notices.ROWS,
    *briefings.ROWS,
    *items.ROWS,
    *claims.ROWS,
    *duty.ROWS,
    *enquiries.ROWS,
    *handovers.ROWS,
    *exits.ROWS,
    *papers.ROWS,
    *reports.ROWS,
    *rounds.ROWS,
    *complaints.ROWS,
    *figures.ROWS,
    *callbacks.ROWS,
    *grievances.ROWS,
    *incidents.ROWS,
    *compensations.ROWS,
    *rectifications.ROWS,
    *surveys.ROWS,
    *ledgers.ROWS,
    *visitors.ROWS,
    *archives.ROWS,
    *oldbooks.ROWS,
]
