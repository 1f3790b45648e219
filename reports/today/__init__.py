"""What the top floor tells the start page."""

from reports.today import (
    archives,  # noqa: F401
)
