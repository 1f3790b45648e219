"""The books of lost and found; reading this package makes them known, in the order of the rail."""

from lostfound.registers import items, exits, stocktakes  # noqa: F401, I001
