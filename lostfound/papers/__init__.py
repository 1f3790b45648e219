"""The printed forms of lost and found; reading this package makes them known."""

from lostfound.papers import items

__all__ = ["items"]
