"""The books of the duty day; reading this package makes them known, in the order of the rail."""

# isort: off
from dutylog.registers import days  # noqa: F401
from dutylog.registers import entries  # noqa: F401
from dutylog.registers import oldlines  # noqa: F401
from dutylog.registers import enquiries  # noqa: F401
from dutylog.registers import accidents  # noqa: F401
from dutylog.registers import headcounts  # noqa: F401
from dutylog.registers import openitems  # noqa: F401
from dutylog.registers import handovers  # noqa: F401
from dutylog.registers import briefings  # noqa: F401
from dutylog.registers import followups  # noqa: F401
