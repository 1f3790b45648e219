"""Papers of the surveys; reading this package makes them known."""

from surveys.papers import posters, sheets, summary  # noqa: F401
