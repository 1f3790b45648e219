"""How alike a found thing and a lost thing are: points for each sign, and the words that say why.

Pure reckoning, no database: `Found` and `Lost` are read from records or from a half-filled form alike.
The points are a first, explainable guess. Ranking only suggests; people decide.
"""

import datetime as dt
import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from lostfound.services.names import normal_name, same_name
from servicedesk.pinyin import normal_text, same_sound

MOST = 100
# What each sign is worth. The name on the thing is the strongest.
NAME_SAME, NAME_SOUNDS, NAME_OTHER_ON_ID, NAME_OTHER = 50, 12, -45, -10
NUMBER_SAME, NUMBER_TAIL, NUMBER_OTHER = 45, 20, -25
KIND_SAME, KIND_OTHER = 20, -10
THING_SAME, THING_CLOSE = 15, 9
BRAND_SAME, BRAND_OTHER = 10, -10
COLOUR_SAME, COLOUR_CLOSE, COLOUR_OTHER = 10, 5, -12
FEATURES_MOST = 12
PLACE_ONLY, PLACE_ON_ROUTE, PLACE_NEAR, PLACE_FAR = 15, 12, 8, -5
TIME_STEPS = (
    (dt.timedelta(hours=1), 10), (dt.timedelta(hours=4), 8), (dt.timedelta(hours=24), 6),
    (dt.timedelta(days=3), 4), (dt.timedelta(days=7), 2),
)
TIME_BEFORE_SLACK, TIME_BEFORE, TIME_LONG_BEFORE = dt.timedelta(minutes=30), -10, -30
TIME_LATE = 0

COLOUR_FAMILIES = {
    "黑": "黑", "玄": "黑", "墨": "黑", "白": "白", "米": "白", "乳": "白", "灰": "灰", "银": "灰", "红": "红",
    "酒": "红", "粉": "粉", "玫": "粉", "蓝": "蓝", "青": "蓝", "靛": "蓝", "绿": "绿", "黄": "黄", "金": "黄",
    "紫": "紫", "棕": "棕", "褐": "棕", "咖": "棕", "驼": "棕", "卡": "棕", "橙": "橙", "橘": "橙", "透": "透明",
    "花": "花", "彩": "花",
}
# Colours that two honest people call by either name.
COLOUR_NEIGHBOURS = {
    frozenset(pair) for pair in (
        "黑灰", "白灰", "红粉", "红橙", "黄橙", "黄棕", "蓝绿", "蓝紫", "粉紫", "棕黑", "白黄", "蓝黑", "红棕",
    )
}
BRANDS = (
    ("苹果", "apple", "iphone", "ipad", "airpods", "macbook"), ("华为", "huawei", "mate", "pura"),
    ("小米", "xiaomi", "红米", "redmi"), ("荣耀", "honor"), ("oppo", "欧珀"), ("vivo", "iqoo"),
    ("三星", "samsung"), ("一加", "oneplus"), ("魅族", "meizu"), ("索尼", "sony"), ("佳能", "canon"),
    ("尼康", "nikon"), ("大疆", "dji"), ("富士", "fujifilm"), ("联想", "lenovo", "thinkpad"), ("戴尔", "dell"),
    ("耐克", "nike"), ("阿迪达斯", "adidas", "阿迪"), ("李宁", "li-ning"), ("安踏", "anta"),
    ("天堂", "天堂伞"), ("膳魔师", "thermos"), ("象印", "zojirushi"), ("富光",), ("雷朋", "ray-ban", "rayban"),
    ("新秀丽", "samsonite"), ("小天才", "imoo"), ("倍思", "baseus"), ("安克", "anker"), ("罗马仕", "romoss"),
)
_COLOUR_OR_BRAND = re.compile(
    "|".join([r"\w色", *sorted((re.escape(name) for names in BRANDS for name in names), key=len, reverse=True)])
)


@dataclass(frozen=True, kw_only=True)
class Thing:
    """What a thing is, as one side describes it. `kind` is the id of its category."""

    kind: int | None = None
    thing: str = ""
    brand: str = ""
    colour: str = ""
    features: str = ""


@dataclass(frozen=True, kw_only=True)
class Found:
    """The signs of a found item. `near` holds the ids of the zones next to `zone`."""

    thing: Thing
    found_at: dt.datetime
    zone: int | None = None
    near: frozenset[int] = frozenset()
    is_identity: bool = False
    name: str = ""
    number_digest: str = ""
    number_tail: str = ""


@dataclass(frozen=True, kw_only=True)
class Lost:
    """The signs of a lost report; `things` begins with the chief one."""

    things: tuple[Thing, ...]
    lost_from: dt.datetime
    lost_to: dt.datetime
    zones: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    number_digest: str = ""
    number_tail: str = ""


@dataclass(frozen=True)
class Sign:
    points: int
    words: str = ""


@dataclass(frozen=True)
class Likeness:
    """0–100 and the words, in the order in which a clerk reads them."""

    score: int
    reasons: list[str] = field(default_factory=list)


NOTHING = Sign(0)


def likeness(found: Found, lost: Lost) -> Likeness:
    """How likely it is that what was found is what was lost, and why."""
    about_thing = max((thing_signs(found.thing, thing) for thing in lost.things), key=_sum, default=[])
    signs = [
        *about_thing, place_sign(found, lost), time_sign(found.found_at, lost.lost_from, lost.lost_to),
        number_sign(found, lost), name_sign(found, lost),
    ]
    return Likeness(max(0, min(MOST, _sum(signs))), [sign.words for sign in signs if sign.words])


def _sum(signs: list[Sign]) -> int:
    return sum(sign.points for sign in signs)


def thing_signs(found: Thing, lost: Thing) -> list[Sign]:
    """Kind, name, brand, colour and features of two things."""
    return [
        kind_sign(found, lost), word_sign(found.thing, lost.thing), brand_sign(found, lost),
        colour_sign(found, lost), features_sign(found.features, lost.features),
    ]


def kind_sign(found: Thing, lost: Thing) -> Sign:
    if found.kind is None or lost.kind is None:
        return NOTHING
    return Sign(KIND_SAME, "同类") if found.kind == lost.kind else Sign(KIND_OTHER, "类别不同")


def word_sign(found: str, lost: str) -> Sign:
    """The name of the thing: 黑色双肩包 holds 双肩包; 双肩背包 is close to it."""
    left, right = _bare(found), _bare(lost)
    if not left or not right:
        return NOTHING
    if left == right or (min(len(left), len(right)) >= 2 and (left.endswith(right) or right.endswith(left))):
        return Sign(THING_SAME, "名称一致")
    if left in right or right in left or max(fuzz.ratio(left, right) / 100, pairs_shared(left, right)) >= 0.5:
        return Sign(THING_CLOSE, "名称相近")
    return NOTHING


def _bare(text: str) -> str:
    """The thing without signs, colour and brand, which count for themselves: 黑色苹果手机 → 手机."""
    plain = re.sub(r"[\W_]+", "", normal_text(text))
    return _COLOUR_OR_BRAND.sub("", plain) or plain


def pairs_of(text: str) -> set[str]:
    """Neighbouring characters of each run of letters: 龙猫挂件 → 龙猫, 猫挂, 挂件."""
    runs = re.findall(r"[^\W_]+", normal_text(text))
    return {run[i:i + 2] for run in runs for i in range(len(run) - 1)}


def pairs_shared(left: str, right: str) -> float:
    """Share of the pairs of the shorter text that stand in the longer one too, 0–1."""
    ours, theirs = pairs_of(left), pairs_of(right)
    fewer = min(len(ours), len(theirs))
    return len(ours & theirs) / fewer if fewer else 0.0


def features_sign(found: str, lost: str) -> Sign:
    """Words of the features and contents that both sides use. At least two pairs must agree."""
    common = len(pairs_of(found[:2000]) & pairs_of(lost[:2000]))
    if common < 2:
        return NOTHING
    points = min(FEATURES_MOST, 4 + 2 * (common - 2) + round(4 * pairs_shared(found[:2000], lost[:2000])))
    return Sign(points, "特征相近")


def brand_sign(found: Thing, lost: Thing) -> Sign:
    left, right = brands_of(found), brands_of(lost)
    if left & right:
        return Sign(BRAND_SAME, "同品牌")
    if left and right:
        return Sign(BRAND_OTHER, "品牌不同")
    plain = normal_text(found.brand).strip(), normal_text(lost.brand).strip()
    if not all(plain):
        return NOTHING
    alike = plain[0] in plain[1] or plain[1] in plain[0] or fuzz.ratio(*plain) >= 80
    return Sign(BRAND_SAME, "同品牌") if alike else Sign(BRAND_OTHER // 2, "品牌不同")


def brands_of(thing: Thing) -> set[str]:
    """Known brands named by a thing, whichever way they are written."""
    text = normal_text(f"{thing.brand} {thing.thing}")
    return {names[0] for names in BRANDS if any(_names(text, name) for name in names)}


def _names(text: str, name: str) -> bool:
    if not name.isascii():
        return name in text
    return re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", text) is not None


def colour_sign(found: Thing, lost: Thing) -> Sign:
    left, right = colours_of(found), colours_of(lost)
    if not left or not right:
        return NOTHING
    if left == right:
        return Sign(COLOUR_SAME, "同色")
    if left & right or any(frozenset((a, b)) in COLOUR_NEIGHBOURS for a in left for b in right):
        return Sign(COLOUR_CLOSE, "颜色相近")
    return Sign(COLOUR_OTHER, "颜色不同")


def colours_of(thing: Thing) -> set[str]:
    """Colour families named in the colour, else by a “…色” in the name of the thing."""
    words = thing.colour or "".join(re.findall(r"(\w)色", thing.thing))
    return {family for character, family in COLOUR_FAMILIES.items() if character in words}


def place_sign(found: Found, lost: Lost) -> Sign:
    if found.zone is None or not lost.zones:
        return NOTHING
    if found.zone in lost.zones:
        last = lost.zones[-1]
        return Sign(PLACE_ONLY, "地点相同") if found.zone == last else Sign(PLACE_ON_ROUTE, "在游览路线上")
    if found.near & set(lost.zones):
        return Sign(PLACE_NEAR, "地点相邻")
    return Sign(PLACE_FAR, "地点不在路线上")


def time_sign(found_at: dt.datetime, lost_from: dt.datetime, lost_to: dt.datetime) -> Sign:
    """Found while it may have been lost, soon or long after; before it was lost speaks against."""
    if found_at < lost_from:
        early = lost_from - found_at
        if early <= TIME_BEFORE_SLACK:
            return Sign(TIME_STEPS[0][1], f"时间差 {said(early)}")
        return Sign(TIME_BEFORE if early <= dt.timedelta(hours=12) else TIME_LONG_BEFORE, f"拾获早于遗失 {said(early)}")
    if found_at <= lost_to:
        return Sign(TIME_STEPS[0][1], "时间吻合")
    late = found_at - lost_to
    points = next((points for limit, points in TIME_STEPS if late <= limit), TIME_LATE)
    return Sign(points, f"时间差 {said(late)}")


def said(span: dt.timedelta) -> str:
    """`40 分`, `3 小时`, `2 天`: rounded as people say it."""
    minutes = round(span.total_seconds() / 60)
    if minutes < 60:
        return f"{minutes} 分"
    if minutes < 24 * 60:
        return f"{round(minutes / 60)} 小时"
    return f"{round(minutes / 60 / 24)} 天"


def number_sign(found: Found, lost: Lost) -> Sign:
    """The number on the thing: whole by its digest, or the last four that a visitor remembers."""
    if not found.number_digest or not lost.number_digest:
        return NOTHING
    if found.number_digest == lost.number_digest:
        return Sign(NUMBER_SAME, "号码一致")
    if found.number_tail and found.number_tail == lost.number_tail:
        return Sign(NUMBER_TAIL, "号码尾号相同")
    return Sign(NUMBER_OTHER, "号码不同")


def name_sign(found: Found, lost: Lost) -> Sign:
    """The name on the thing against the owner's and the one they say stands on it."""
    names = [name for name in lost.names if name]
    if not normal_name(found.name) or not names:
        return NOTHING
    if any(same_name(found.name, name) for name in names):
        return Sign(NAME_SAME, "姓名一致")
    if any(same_sound(normal_name(found.name), normal_name(name)) for name in names):
        return Sign(NAME_SOUNDS, "姓名同音不同字")
    return Sign(NAME_OTHER_ON_ID if found.is_identity else NAME_OTHER, "姓名不同")


def agreements(found: Found, lost: Lost) -> dict[str, bool | None]:
    """What agrees and what does not, sign by sign, for two columns side by side; None says nothing.

    Of several lost things the likest one is compared.
    """
    thing = max(lost.things, key=lambda each: _sum(thing_signs(found.thing, each)))
    names = ("kind", "thing", "brand", "colour", "features")
    signs = dict(zip(names, thing_signs(found.thing, thing), strict=True))
    signs |= {
        "place": place_sign(found, lost), "time": time_sign(found.found_at, lost.lost_from, lost.lost_to),
        "number": number_sign(found, lost), "name": name_sign(found, lost),
    }
    return {key: sign.points > 0 if sign.points else None for key, sign in signs.items()}
