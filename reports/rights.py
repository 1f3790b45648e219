"""Who archives a month, who reads what was archived, and who looks at the figures."""

from servicedesk.choices import Role

_READS = ["reports.view_montharchive", "reports.view_statistics"]

GRANTS = {
    Role.MANAGER: [
        *_READS, "reports.add_montharchive", "reports.download_montharchive", "reports.print_montharchive",
        "reports.export_statistics",
    ],
    Role.DUTY_MANAGER: _READS,
}
