"""Refusals about exits."""

from servicedesk.errors import Refusal  # noqa: F401
