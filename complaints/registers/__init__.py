"""The books of complaints; the order is that of the rail."""

# isort: off
from complaints.registers import complaints  # noqa: F401
from complaints.registers import callbacks  # noqa: F401
from complaints.registers import grievances  # noqa: F401
from complaints.registers import incidents  # noqa: F401
from complaints.registers import compensations  # noqa: F401
from complaints.registers import rectifications  # noqa: F401
from complaints.registers import pages  # noqa: F401
