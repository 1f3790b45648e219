"""Gates before a day may close. Each app declares its own; a miss is explained on the sheet or mended.

Those of the duty day itself are declared here, one module per noun.
"""

from dutylog.gates.registry import ClosingGate, Miss, add_gate, gate_questions, gates

# isort: off
from dutylog.gates import briefings  # noqa: F401
from dutylog.gates import notices  # noqa: F401
from dutylog.gates import openitems  # noqa: F401
from dutylog.gates import headcounts  # noqa: F401
from dutylog.gates import handovers  # noqa: F401

__all__ = ["ClosingGate", "Miss", "add_gate", "gate_questions", "gates"]
