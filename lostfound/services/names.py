"""Names that must agree to the character, and how plainly two that do not are shown.

Compared after Unicode NFKC, trimmed, with one form of the middle dot; nothing else is forgiven.
"""

import itertools
import re
import unicodedata
from dataclasses import dataclass

from servicedesk.pinyin import is_han, same_sound

# · • ‧ ∙ ⋅ ・ . and what NFKC leaves of their wide and narrow forms: all stand for the one dot of a name.
_DOTS = re.compile("[\u00b7\u2022\u2027\u2219\u22c5\u30fb.]")
DOT = "\u00b7"


def normal_name(name: str) -> str:
    """The form in which two names are compared."""
    return _DOTS.sub(DOT, unicodedata.normalize("NFKC", name or "")).strip()


def same_name(left: str, right: str) -> bool:
    """Whether two names agree to the character; an empty name agrees with nothing."""
    return bool(normal_name(left)) and normal_name(left) == normal_name(right)


@dataclass(frozen=True)
class Letter:
    """One column of two names above each other; the shorter name leaves blanks."""

    above: str
    below: str

    @property
    def agrees(self) -> bool:
        return self.above == self.below


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two names that a claim needs to agree, with the words that say where each was read."""

    above_label: str
    above: str
    below_label: str
    below: str

    @property
    def agrees(self) -> bool:
        return same_name(self.above, self.below)

    @property
    def letters(self) -> list[Letter]:
        pairs = itertools.zip_longest(normal_name(self.above), normal_name(self.below), fillvalue="")
        return [Letter(above, below) for above, below in pairs]

    @property
    def difference(self) -> str:
        """How two names differ, in the desk's words; empty when they agree."""
        return "" if self.agrees else difference(self.above, self.below)

    @property
    def sentence(self) -> str:
        """`‘杨明静’与证件‘杨民敬’同音不同字`."""
        above, below = normal_name(self.above), normal_name(self.below)
        return f"‘{above}’与{self.below_label}‘{below}’{self.difference or '逐字一致'}"


def difference(left: str, right: str) -> str:
    """What kind of difference it is, so that the clerk looks at the right thing."""
    above, below = normal_name(left), normal_name(right)
    if above.casefold() == below.casefold():
        return "大小写不同"
    if "".join(above.split()) == "".join(below.split()):
        return "空格不同"
    if above.replace(DOT, "") == below.replace(DOT, ""):
        return "间隔点不同"
    if any(is_han(c) for c in above + below) and same_sound(above, below):
        return "同音不同字"
    if sorted(above) == sorted(below):
        return "字的次序不同"
    return "字数不同" if len(above) != len(below) else "不一致"
