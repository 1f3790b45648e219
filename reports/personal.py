"""Archives name people too: when a record forgets its people, the archives of its month go, but for the manifest."""

from collections.abc import Sequence
from typing import Any

from reports.services.store import forget_people
from servicedesk.personal_data import add_copies
from servicedesk.register import register_of


def forget_archives(records: Sequence[Any]) -> None:
    """Throw away the files of every month that one of the records stands in."""
    months = {register.month_of(record) for record in records if (register := register_of(record))}
    forget_people({month for month in months if month})


add_copies(forget_archives)
