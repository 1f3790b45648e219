"""Room for the frames of many calls.

Python keeps the frames of its calls in chunks of 16 kB, each asked of the system when a call steps over the end of
one and given back when it returns: a loop on such an edge spends a third of a request on that. Below a frame that
says that it needs much there is room for all that is called from it.
"""

from collections.abc import Callable
from typing import Any

SLOTS = 70_000  # just over half a chunk of 1 MB: what is left of it is the room


def roomy(call: Callable[..., Any], *given: Any) -> Any:
    """What `call` answers."""
    return call(*given)


roomy.__code__ = roomy.__code__.replace(co_stacksize=SLOTS)
