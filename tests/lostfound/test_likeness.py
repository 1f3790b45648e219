"""Believable pairs of loss and find: which comes first, and the words that say why."""

import datetime as dt

import pytest

from lostfound.services.likeness import Found, Lost, Thing, likeness, said

PHONE, WALLET, UMBRELLA, ID_CARD, BAG = 1, 2, 12, 7, 9
GATE, TERRACE, CABLE, CAR_PARK = 10, 11, 12, 13
NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


def hours(number: float) -> dt.timedelta:
    return dt.timedelta(hours=number)


def lost(kind=PHONE, thing="手机", colour="", brand="", features="", **more) -> Lost:
    chief = Thing(kind=kind, thing=thing, colour=colour, brand=brand, features=features)
    return Lost(**{
        "things": (chief,), "lost_from": NOON - hours(1), "lost_to": NOON, "zones": (GATE, TERRACE),
        "names": ("杨明静",), **more,
    })


def found(kind=PHONE, thing="手机", colour="", brand="", features="", **more) -> Found:
    return Found(**{
        "thing": Thing(kind=kind, thing=thing, colour=colour, brand=brand, features=features),
        "found_at": NOON + dt.timedelta(minutes=40), "zone": CABLE, "near": frozenset({TERRACE}), **more,
    })


def test_the_sentence_of_the_rules_comes_out_word_for_word():
    alike = likeness(
        found(thing="移动电话", colour="黑色", name="杨明静"), lost(thing="手机", colour="黑色")
    )
    assert " · ".join(alike.reasons) == "同类 · 同色 · 地点相邻 · 时间差 40 分 · 姓名一致"
    assert alike.score == 92


CASES = {
    "a black Huawei phone at the next place": (
        lost(colour="黑色", brand="华为 Mate 60", features="屏幕右上角有裂纹,龙猫手机壳"),
        [
            ("同类 · 名称一致 · 同品牌 · 同色 · 特征相近 · 地点相邻 · 时间差 40 分",
             found(colour="黑", brand="HUAWEI", features="龙猫手机壳,屏幕有裂纹")),
            ("同类 · 名称一致 · 同品牌 · 同色 · 地点不在路线上 · 时间差 2 天",
             found(thing="黑色手机", brand="华为", zone=CAR_PARK, near=frozenset(), found_at=NOON + hours(50))),
            ("同类 · 名称一致 · 品牌不同 · 颜色不同 · 地点相邻 · 时间差 40 分",
             found(colour="白色", brand="iPhone 15")),
        ],
    ),
    "an ID card: the name decides, whatever else agrees": (
        lost(ID_CARD, "身份证", names=("杨明静", "")),
        [
            ("同类 · 名称一致 · 地点不在路线上 · 时间差 5 天 · 姓名一致",
             found(ID_CARD, "身份证", name="杨明静", is_identity=True, zone=CAR_PARK, near=frozenset(),
                   found_at=NOON + hours(120))),
            ("同类 · 名称一致 · 地点相同 · 时间吻合 · 姓名同音不同字",
             found(ID_CARD, "身份证", name="杨民敬", is_identity=True, zone=TERRACE, found_at=NOON)),
            ("同类 · 名称一致 · 地点相同 · 时间吻合 · 姓名不同",
             found(ID_CARD, "身份证", name="李四", is_identity=True, zone=TERRACE, found_at=NOON)),
        ],
    ),
    "umbrellas on a rainy day: place and hour order them": (
        lost(UMBRELLA, "雨伞", "蓝色"),
        [
            ("同类 · 名称一致 · 同色 · 地点相同 · 时间差 40 分", found(UMBRELLA, "折叠雨伞", "深蓝", zone=TERRACE)),
            ("同类 · 名称一致 · 同色 · 在游览路线上 · 时间差 40 分", found(UMBRELLA, "雨伞", "蓝色", zone=GATE)),
            ("同类 · 名称相近 · 颜色相近 · 地点相邻 · 时间差 3 小时",
             found(UMBRELLA, "伞", "黑色", found_at=NOON + hours(3))),
            ("同类 · 名称一致 · 颜色不同 · 地点不在路线上 · 时间差 20 天",
             found(UMBRELLA, "雨伞", "红色", zone=CAR_PARK, near=frozenset(), found_at=NOON + hours(480))),
        ],
    ),
    "a bag with its contents, and a purse that was in it": (
        lost(BAG, "双肩包", "黑色", features="内有保温杯、充电宝、儿童外套", things=(
            Thing(kind=BAG, thing="双肩包", colour="黑色", features="内有保温杯、充电宝、儿童外套"),
            Thing(kind=WALLET, thing="钱包", brand="棕色", colour="棕色"),
        )),
        [
            ("同类 · 名称一致 · 同色 · 特征相近 · 地点相邻 · 时间差 40 分",
             found(BAG, "黑色双肩包", features="保温杯 儿童外套 纸巾")),
            ("同类 · 名称一致 · 同色 · 地点相邻 · 时间差 40 分", found(WALLET, "钱包", "咖啡色")),
            ("同类 · 地点相邻 · 时间差 40 分", found(BAG, "拉杆箱")),
        ],
    ),
    "the number on the thing": (
        lost(number_digest="d1", number_tail="5678", names=("",)),
        [
            ("同类 · 名称一致 · 地点相邻 · 时间差 40 分 · 号码一致", found(number_digest="d1", number_tail="5678")),
            ("同类 · 名称一致 · 地点相邻 · 时间差 40 分 · 号码尾号相同", found(number_digest="d2", number_tail="5678")),
            ("同类 · 名称一致 · 地点相邻 · 时间差 40 分", found()),
            ("同类 · 名称一致 · 地点相邻 · 时间差 40 分 · 号码不同", found(number_digest="d3", number_tail="0001")),
        ],
    ),
    "found before it was lost cannot be it, but for a clock that is a little off": (
        lost(),
        [
            ("同类 · 名称一致 · 地点相邻 · 时间差 20 分", found(found_at=NOON - hours(1) - dt.timedelta(minutes=20))),
            ("同类 · 名称一致 · 地点相邻 · 拾获早于遗失 3 小时", found(found_at=NOON - hours(4))),
            ("同类 · 名称一致 · 地点相邻 · 拾获早于遗失 2 天", found(found_at=NOON - hours(49))),
        ],
    ),
    "one wrote 其他, the other the kind: words and name carry it": (
        lost(None, "平安符", names=("杨明静",)),
        [
            ("名称一致 · 地点相邻 · 时间差 40 分 · 姓名一致", found(None, "红色平安符", name="杨明静")),
            ("名称一致 · 地点相邻 · 时间差 40 分", found(PHONE, "平安符")),
            ("地点相邻 · 时间差 40 分", found(None, "钥匙扣")),
        ],
    ),
    "a phone called another name is still a phone; a charger is not": (
        lost(PHONE, "苹果手机"),
        [
            ("同类 · 名称一致 · 同品牌 · 地点相邻 · 时间差 40 分", found(PHONE, "iPhone手机")),
            ("类别不同 · 名称相近 · 同品牌 · 地点相邻 · 时间差 40 分", found(6, "苹果手机充电器")),
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_finds_come_in_the_order_a_clerk_would_put_them(case):
    report, finds = CASES[case]
    scored = [likeness(find, report) for _, find in finds]
    assert [" · ".join(alike.reasons) for alike in scored] == [words for words, _ in finds]
    scores = [alike.score for alike in scored]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


@pytest.mark.parametrize(("case", "suggested"), [
    ("a black Huawei phone at the next place", 2),
    ("an ID card: the name decides, whatever else agrees", 2),
    ("umbrellas on a rainy day: place and hour order them", 3),
    ("found before it was lost cannot be it, but for a clock that is a little off", 1),
])
def test_what_is_unlikely_stays_below_the_default_score(case, suggested):
    report, finds = CASES[case]
    assert sum(likeness(find, report).score >= 45 for _, find in finds) == suggested


def test_no_single_sign_weighs_more_than_the_name_on_the_thing():
    signs = [
        {"name": "杨明静"}, {"number_digest": "d", "number_tail": "5678"}, {"colour": "黑色"}, {"brand": "华为"},
        {"features": "龙猫手机壳屏幕裂纹"}, {"zone": TERRACE}, {"found_at": NOON},
    ]
    report = lost(PHONE, "电话", "黑色", "华为", "龙猫手机壳屏幕裂纹", number_digest="d", number_tail="5678")
    plain = {"zone": CAR_PARK, "near": frozenset(), "found_at": NOON + hours(480)}
    nothing = likeness(found(**plain), report).score
    gains = [likeness(found(**{**plain, **sign}), report).score - nothing for sign in signs]
    assert gains[0] == max(gains)
    assert gains.count(gains[0]) == 1


def test_names_written_in_full_width_or_with_another_dot_are_one():
    assert "姓名一致" in likeness(found(name="欧阳•买买提"), lost(names=("欧阳·买买提",))).reasons


def test_a_score_never_leaves_0_to_100():
    everything = likeness(
        found(colour="黑色", brand="华为", features="龙猫手机壳屏幕裂纹", zone=TERRACE, name="杨明静", found_at=NOON,
              number_digest="d", number_tail="5678"),
        lost(colour="黑色", brand="华为", features="龙猫手机壳屏幕裂纹", number_digest="d", number_tail="5678"),
    )
    nothing = likeness(
        found(ID_CARD, "证", "红", name="李四", is_identity=True, found_at=NOON - hours(90), zone=99),
        lost(UMBRELLA, "伞", "绿色"),
    )
    assert (everything.score, nothing.score) == (100, 0)


def test_empty_rare_and_huge_texts_are_reckoned_without_a_fault():
    assert likeness(found(None, ""), lost(None, "", zones=(), names=())).reasons == ["时间差 40 分"]
    rare = likeness(found(thing="𬭎", name="㛃䶮𬭎"), lost(thing="𬭎", names=("㛃䶮𬭎",)))
    assert "姓名一致" in rare.reasons
    assert likeness(found(features="长" * 10_000), lost(features="🙂" * 10_000)).score > 0


@pytest.mark.parametrize(("span", "words"), [
    (dt.timedelta(0), "0 分"), (dt.timedelta(minutes=59), "59 分"), (hours(1), "1 小时"),
    (hours(23.4), "23 小时"), (hours(24), "1 天"), (dt.timedelta(days=31), "31 天"),
])
def test_time_differences_are_said_as_people_say_them(span, words):
    assert said(span) == words
