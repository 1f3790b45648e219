"""The papers of the top floor."""

from reports.papers import (
    archives,  # noqa: F401
)
