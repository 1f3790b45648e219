"""Who archives a month, and who reads what was archived."""

from servicedesk.choices import Role

_READS = ["reports.view_montharchive"]

GRANTS = {
    Role.MANAGER: [
        *_READS, "reports.add_montharchive", "reports.download_montharchive", "reports.print_montharchive",
    ],
    Role.DUTY_MANAGER: _READS,
}
