"""Refusals about items."""

from servicedesk.errors import Refusal  # noqa: F401
