"""Refusals about reports."""

from servicedesk.errors import Refusal  # noqa: F401
