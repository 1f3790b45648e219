"""The books of the rounds; reading this package makes them known, in the order of the rail."""

# isort: off
from checklists.registers import rounds  # noqa: F401
from checklists.registers import assets  # noqa: F401
from checklists.registers import templates  # noqa: F401
