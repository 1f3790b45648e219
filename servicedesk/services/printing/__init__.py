"""The print engine: declared papers become PDFs, kept pieces are reused, each press is recorded."""

from servicedesk.services.printing.parts import (
    Part,
    blank_part,
    earlier_prints,
    ledger_part,
    missing_characters,
    record_parts,
)
from servicedesk.services.printing.pieces import forget_pieces
from servicedesk.services.printing.prints import MOST_BLANKS, MOST_COPIES, Press, preview, print_parts
from servicedesk.services.printing.sheets import wording_of

__all__ = [
    "MOST_BLANKS", "MOST_COPIES", "Part", "Press", "blank_part", "earlier_prints", "forget_pieces", "ledger_part",
    "missing_characters", "preview", "print_parts", "record_parts", "wording_of",
]
