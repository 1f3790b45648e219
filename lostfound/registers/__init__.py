"""The books of lost and found; reading this package makes them known, in the order of the rail."""

from lostfound.registers import items  # noqa: F401, I001
from lostfound.registers import claims  # noqa: F401
