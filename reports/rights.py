"""Who archives a month and reads what was archived; who takes over old ledgers."""

from servicedesk.choices import Role

_READS = ["reports.view_montharchive"]

GRANTS = {
    Role.MANAGER: [
        *_READS, "reports.add_montharchive", "reports.download_montharchive", "reports.print_montharchive",
        "reports.view_oldbookimport", "reports.add_oldbookimport", "reports.undo_oldbookimport",
    ],
    Role.DUTY_MANAGER: _READS,
}
