"""The books of lost and found; reading this package makes them known, in the order of the rail."""

# isort: off
from lostfound.registers import items  # noqa: F401
from lostfound.registers import reports  # noqa: F401
from lostfound.registers import visitors  # noqa: F401
from lostfound.registers import matches  # noqa: F401
from lostfound.registers import claims  # noqa: F401
from lostfound.registers import custody  # noqa: F401
from lostfound.registers import exits  # noqa: F401
from lostfound.registers import deeds  # noqa: F401
from lostfound.registers import stocktakes  # noqa: F401
from lostfound.registers import booklets  # noqa: F401
from lostfound.registers import categories  # noqa: F401
