"""The books of the surveys; reading this package makes them known, in the order of the rail."""

# isort: off
from surveys.registers import sheets  # noqa: F401
from surveys.registers import batches  # noqa: F401
from surveys.registers import pages  # noqa: F401
