"""The printed forms of lost and found; reading this package makes them known, in the order of their numbers."""

from lostfound.papers import claims, custody, deeds, exits, items, labels, posters, reports

__all__ = ["claims", "custody", "deeds", "exits", "items", "labels", "posters", "reports"]
