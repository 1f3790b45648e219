"""Refusals about deeds."""

from servicedesk.errors import Refusal  # noqa: F401
