"""Tables of lost and found."""

from lostfound.models.claims import Claim, ClaimStatement, NameCorrection
from lostfound.models.custody import CustodyMove, CustodyOffer, StockTake, StockTakeLine
from lostfound.models.deeds import Booklet, BookletSheet, GoodDeed
from lostfound.models.exits import Batch, BatchLine, Notice, NoticeLine
from lostfound.models.items import CashLine, ContentLine, FoundItem, ItemCategory, Slip
from lostfound.models.reports import (
    ContactAttempt,
    LostReport,
    LostReportZone,
    Match,
    Measure,
    ReportLine,
)
from lostfound.models.visitors import VisitorReport

__all__ = [
    "Batch", "BatchLine", "Booklet", "BookletSheet", "CashLine", "Claim", "ClaimStatement", "ContactAttempt",
    "ContentLine", "CustodyMove", "CustodyOffer", "FoundItem", "GoodDeed", "ItemCategory", "LostReport",
    "LostReportZone", "Match", "Measure", "NameCorrection", "Notice", "NoticeLine", "ReportLine", "Slip",
    "StockTake", "StockTakeLine", "VisitorReport",
]
