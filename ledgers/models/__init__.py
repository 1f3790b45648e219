"""Tables of the small ledgers."""

from ledgers.models.entries import LedgerEntry, Reading
from ledgers.models.kinds import LedgerKind, LedgerVersion
from ledgers.models.stock import StockMove, StockThing

__all__ = ["LedgerEntry", "LedgerKind", "LedgerVersion", "Reading", "StockMove", "StockThing"]
