"""The small tables of the ledgers: which there are, and how their forms look."""

from ledgers.models import LedgerKind, LedgerVersion
from servicedesk.tablemarks import keep

keep(LedgerKind, LedgerVersion)
