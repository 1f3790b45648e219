"""Names, phones and origins as visitors of a Chinese park have them."""

import random

SURNAMES = (
    "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董 潘 袁 蔡 蒋 余 于 杜 叶 程 "
    "魏 苏 吕 丁 任 卢 姚 沈 钟 姜 崔 谭 陆 范 汪 廖 石 金 韦 贾 夏 付 方 邹 熊 白 孟 秦 邱 侯 江 尹 薛 闫 雷 龙 黎 史 陶 贺 毛 郝 顾 龚 邵 "
    "万 覃 武 钱 戴 严 莫 孔 向 汤 单 仇 区 查 解 尉迟 欧阳 司马 上官 诸葛 慕容"
).split()
GIVEN = (
    "伟 芳 娜 秀英 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀兰 霞 平 刚 桂英 玉兰 建国 建华 志强 海燕 晓东 婷婷 雪梅 文博 子涵 梓萱 雨桐 "
    "浩然 思远 嘉怡 诗涵 宇轩 欣怡 俊杰 一诺 梦琪 晨曦 佳慧 志远 春梅 国栋 丽华 永强 美玲 天佑 若曦 子墨 语嫣 皓轩 可馨 睿 彤 琳 鑫 倩 "
    "慧 岩 航 璐 薇 喆 堃 玥 昕 翊 骁 瑾 霖 烨 妍"
).split()
RARE = ["㛃䶮", "杨𬭎", "欧阳·买买提", "阿依古丽·吐尔逊", "次仁卓玛", "Nguyễn Thị Ánh", "Emma Thompson", "田中美咲", "박지훈",
        "Mohammed Al-Farsi", "郝䶮", "单于㛃"]
ORIGINS = (
    "杭州市西湖区 上海市浦东新区 苏州市姑苏区 南京市鼓楼区 宁波市鄞州区 合肥市蜀山区 武汉市洪山区 北京市海淀区 广州市天河区 深圳市南山区 "
    "成都市锦江区 重庆市渝中区 西安市雁塔区 长沙市岳麓区 郑州市金水区 济南市历下区 青岛市市南区 厦门市思明区 福州市台江区 南昌市红谷滩区 "
    "天津市和平区 沈阳市和平区 大连市中山区 哈尔滨市道里区 昆明市五华区 贵阳市云岩区 乌鲁木齐市天山区 温州市鹿城区 绍兴市越城区 无锡市滨湖区"
).split()
MOBILE_HEADS = "134 135 136 137 138 139 150 151 152 157 158 159 177 178 180 182 183 187 188 189 191 198".split()


def name(rng: random.Random) -> str:
    """A visitor's name; one in thirty is rare, of a minority or foreign."""
    if rng.random() < 1 / 30:
        return rng.choice(RARE)
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def phone(rng: random.Random) -> str:
    """A mobile number of eleven digits."""
    return rng.choice(MOBILE_HEADS) + f"{rng.randrange(10**8):08d}"


def origin(rng: random.Random) -> str:
    return rng.choice(ORIGINS)


def resident_number(rng: random.Random) -> str:
    """An 18-digit number with a right check digit, of a county code that was never given out."""
    body = f"990101{rng.randint(1955, 2003)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{rng.randrange(1000):03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
    return body + "10X98765432"[rest]
