"""Chinese text as it is typed on a keyboard: full pinyin and initials, in every reading of a character.

Surnames are read wrong by default (单 is Shàn, 曾 Zēng), so all readings count.
"""

import itertools
import unicodedata
from functools import lru_cache

from pypinyin import Style, lazy_pinyin, pinyin

MOST_READINGS = 24
LONGEST_NAME = 6
LONGEST_COMPOUND = 12


def is_han(character: str) -> bool:
    """Whether the character is a Chinese ideograph, the rare planes included."""
    code = ord(character)
    return (
        0x3400 <= code <= 0x4DBF or 0x4E00 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x323AF or code == 0x3007
    )


def normal_text(text: str) -> str:
    """NFKC, lower case: the form in which words are indexed and asked for."""
    return unicodedata.normalize("NFKC", text or "").lower()


def readings(word: str) -> set[str]:
    """Every full pinyin of a short word without tones; of a long one, the usual reading alone."""
    if not word:
        return set()
    if len(word) > LONGEST_NAME:
        return {"".join(lazy_pinyin(word, errors="ignore"))} - {""}
    per_character = pinyin(word, style=Style.NORMAL, heteronym=True, errors="ignore")
    combinations = itertools.islice(itertools.product(*per_character), MOST_READINGS)
    return {"".join(parts) for parts in combinations} - {""}


def later_readings(word: str) -> set[str]:
    """The usual pinyin from each later character on: 便民雨伞 is also looked for as yusan."""
    sounded = lazy_pinyin(word[:LONGEST_COMPOUND], errors="ignore")
    return {"".join(sounded[start:]) for start in range(1, len(sounded) - 1)}


def initials(word: str) -> set[str]:
    """First letters of every reading: 单田芳 → {dtf, stf, ctf}."""
    if not word:
        return set()
    if len(word) > LONGEST_NAME:
        return {"".join(p[0] for p in lazy_pinyin(word, errors="ignore") if p)} - {""}
    per_character = [
        sorted({r[0] for r in options if r})
        for options in pinyin(word, style=Style.NORMAL, heteronym=True, errors="ignore")
    ]
    combinations = itertools.islice(itertools.product(*per_character), MOST_READINGS)
    return {"".join(parts) for parts in combinations} - {""}


@lru_cache(maxsize=20_000)
def typed_forms(word: str) -> str:
    """Readings and initials of a word separated by blanks, for a `data-pinyin` attribute."""
    return " ".join(sorted(readings(word) | initials(word)))


def _as_heard(reading: str) -> str:
    """A reading as many regions speak it: zh/z, ch/c, sh/s and -ng/-n fall together."""
    for spoken, plain in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if reading.startswith(spoken):
            reading = plain + reading[2:]
    return reading[:-1] if reading.endswith("ng") else reading


def sounds(character: str) -> set[str]:
    """All readings of one character as heard, tones aside; itself when it has none."""
    options = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return {_as_heard(r) for r in options[0]} if options and options[0] else {character}


def same_sound(left: str, right: str) -> bool:
    """Whether two texts of equal length could be heard alike: 杨明静 and 杨民敬 are."""
    return len(left) == len(right) and all(sounds(a) & sounds(b) for a, b in zip(left, right, strict=True))
