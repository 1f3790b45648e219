"""Which worker runs which test: a file that stands on one world goes to one worker, all else is shared out singly."""

from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

STANDING = 'scope="module"'
# Emptying the tables takes away what others on that worker stand on: those come last, one by one.
EMPTIES = "transaction=True"
# Whose world for the whole file stands in the conftest beside them.
STANDING_FOLDERS = ("tests/safety/",)


@cache
def stands_on_one_world(path: str) -> bool:
    """Whether another worker would have to make the world of this file anew."""
    text = Path(path).read_text()
    return EMPTIES not in text and (path.startswith(STANDING_FOLDERS) or STANDING in text)


class OneWorldOneWorker(LoadScopeScheduling):
    """The largest files first, then single tests in the order of the collection: what empties the tables comes last."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return path if stands_on_one_world(path) else nodeid
