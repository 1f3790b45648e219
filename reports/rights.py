"""Who archives a month, who reads what was archived, who looks at the figures, who takes over old ledgers."""

from servicedesk.choices import Role

_READS = ["reports.view_montharchive", "reports.view_statistics"]

GRANTS = {
    Role.MANAGER: [
        *_READS, "reports.add_montharchive", "reports.download_montharchive", "reports.print_montharchive",
        "reports.export_statistics",
        "reports.view_oldbookimport", "reports.add_oldbookimport", "reports.undo_oldbookimport",
    ],
    Role.DUTY_MANAGER: _READS,
}
