"""The top floor's numbers."""

from reports.preferences import (
    archives,  # noqa: F401
    oldbooks,  # noqa: F401
)
