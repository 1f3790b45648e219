"""Refusals about custody."""

from servicedesk.errors import Refusal  # noqa: F401
