"""Lines of an old diary: what screens and papers show of them."""

from servicedesk.sealing import masked
from servicedesk.services.sending import PERSONAL


def without_numbers(text: str) -> str:
    """A text with the phones and document numbers in it masked: who kept the old diary wrote them down freely."""
    return PERSONAL.sub(lambda found: masked(found[0]), text)
