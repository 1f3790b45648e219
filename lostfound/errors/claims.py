"""Refusals about claims."""

from servicedesk.errors import Refusal  # noqa: F401
