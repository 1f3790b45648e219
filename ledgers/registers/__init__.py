"""The books of the small ledgers; reading this package makes them known, in the order of the rail."""

# isort: off
from ledgers.registers import books  # noqa: F401
from ledgers.registers import pages  # noqa: F401
