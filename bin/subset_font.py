"""Cut a Noto font down to what a Chinese service desk writes, and add the check boxes it lacks.

Chinese fonts keep the 8,105 standard characters, GB 2312, the block U+4E00-9FFF (old and rare names) and
the signs of the forms. European fonts keep the letters with which foreign names are written.
"""

import argparse
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

STANDARD_CHARACTERS = Path(__file__).parent.parent / "tests" / "data" / "standard-characters.txt"
CHECK_BOX, CHECKED_BOX, CROSSED_BOX, TICK, HEAVY_TICK, TIMES = "□", "☑", "☒", "✓", "✔", "×"

CHINESE_BLOCKS = [
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x017F),  # Latin with accents, signs
    (0x01C0, 0x024F),  # pinyin with tones
    (0x02C0, 0x02DF),  # tone marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x2010, 0x205F),  # punctuation
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x22FF),  # letter-like signs, numbers, arrows, mathematics
    (0x2460, 0x24FF),  # ① ⑴ Ⓐ
    (0x2500, 0x27BF),  # lines, blocks, □●○★✓
    (0x2E80, 0x2FDF),  # radicals
    (0x3000, 0x312F),  # CJK punctuation, kana, bopomofo
    (0x3200, 0x33FF),  # ㈠ ㊙ ㎡
    (0x4E00, 0x9FFF),  # CJK unified ideographs
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0xFE10, 0xFE6F),  # vertical and small forms
    (0xFF00, 0xFFEF),  # full width
    (0x20000, 0x3FFFF),  # the few rare characters the fonts have beyond the basic plane
]
EUROPEAN_BLOCKS = [
    (0x0020, 0x007E),
    (0x00A0, 0x024F),  # Latin with accents
    (0x0300, 0x036F),  # accents by themselves
    (0x0370, 0x052F),  # Greek, Cyrillic
    (0x1E00, 0x1FFF),  # Vietnamese, old Greek
    (0x2010, 0x205F),
    (0x20A0, 0x20BF),
]
FEATURES = ["ccmp", "liga", "locl", "kern", "mark", "mkmk", "vert"]


def code_points(blocks):
    return {point for first, last in blocks for point in range(first, last + 1)}


def standard_code_points():
    lines = STANDARD_CHARACTERS.read_text(encoding="utf-8").splitlines()
    return {ord(character) for line in lines if not line.startswith("#") for character in line}


def gb2312_code_points():
    pairs = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(character) for pair in pairs for character in pair.decode("gb2312", errors="ignore")}


def compose(font, name, box, mark):
    """Make a glyph of two: a box with a mark in its middle, as wide and as high as the box alone."""
    glyphs, names = font["glyf"], font.getBestCmap()
    outer, inner = glyphs[names[ord(box)]], glyphs[names[ord(mark)]]
    glyph = Glyph()
    glyph.numberOfContours = -1
    glyph.components = [component(names[ord(box)], 0, 0)]
    across = (outer.xMin + outer.xMax - inner.xMin - inner.xMax) // 2
    upward = (outer.yMin + outer.yMax - inner.yMin - inner.yMax) // 2
    glyph.components.append(component(names[ord(mark)], across, upward))
    glyphs[name] = glyph
    glyph.recalcBounds(glyphs)
    font["hmtx"][name] = font["hmtx"][names[ord(box)]]
    font["vmtx"][name] = font["vmtx"][names[ord(box)]]


def component(name, across, upward):
    part = GlyphComponent()
    part.glyphName, part.x, part.y = name, across, upward
    part.flags = 0x0004  # ROUND_XY_TO_GRID
    return part


def map_character(font, character, name):
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(character)] = name


def add_check_boxes(font):
    """The published Chinese fonts have □ and ✓ but neither ☑ nor ☒, which every filled form needs."""
    for character, mark in [(CHECKED_BOX, TICK), (CROSSED_BOX, TIMES)]:
        name = f"uni{ord(character):04X}"
        compose(font, name, CHECK_BOX, mark)
        map_character(font, character, name)
    map_character(font, HEAVY_TICK, font.getBestCmap()[ord(TICK)])


def cut(font, points):
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--script", choices=["chinese", "european"], required=True)
    options = parser.parse_args()
    # The date inside the file stays the publisher's, so that the same input gives the same bytes.
    font = TTFont(options.source, recalcTimestamp=False)
    if options.script == "chinese":
        add_check_boxes(font)
        cut(font, code_points(CHINESE_BLOCKS) | standard_code_points() | gb2312_code_points())
    else:
        cut(font, code_points(EUROPEAN_BLOCKS))
    font.save(options.target)


if __name__ == "__main__":
    main()
