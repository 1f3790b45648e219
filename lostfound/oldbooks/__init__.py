"""Old ledgers of lost and found that can be taken over."""

from lostfound.oldbooks import (
    items,  # noqa: F401
    reports,  # noqa: F401
)
