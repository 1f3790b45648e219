"""Who works in the demo park: desks, departments, two dozen people who sign in, thirty who only find things."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from servicedesk.choices import Role, StorageKind
from servicedesk.demo import words
from servicedesk.models import Department, ServicePoint, StoragePlace, User, Zone
from servicedesk.pinyin import initials, readings
from servicedesk.services.demo import DEMO_PASSWORD, Demo

DEPARTMENTS = ["游客服务部", "安保部", "环卫部", "票务部", "交通部", "演艺部", "餐饮部", "工程部", "财务部", "综合办公室"]
POINTS = [
    ("游客服务中心", "", "0571-88880001", "景区正门左侧"),
    ("东门服务点", "B", "0571-88880002", "东门检票口旁"),
    ("山顶服务点", "C", "0571-88880003", "缆车上站二楼"),
]
# number, name, numbers of the neighbours
ZONES = [
    ("01", "正门广场", "02 03 04"), ("02", "检票口", "01 05"), ("03", "游客中心", "01 04"), ("04", "停车场A区", "01 03"),
    ("05", "迎宾大道", "02 06 07"), ("06", "荷花池", "05 07 08"), ("07", "九曲桥", "05 06 09"),
    ("08", "儿童乐园", "06 10"), ("09", "古戏台", "07 10 11"), ("10", "美食街", "08 09 12"),
    ("11", "大剧院", "09 12"), ("12", "演艺广场", "10 11 13"), ("13", "缆车下站", "12 14"),
    ("14", "缆车上站", "13 15 16"), ("15", "观景台", "14 16 17"), ("16", "玻璃栈道", "14 15"),
    ("17", "听松亭", "15 18"), ("18", "瀑布谷", "17 19"), ("19", "竹林步道", "18 20"),
    ("20", "东门", "19 21 22"), ("21", "东门停车场", "20"), ("22", "观光车东站", "20 23"),
    ("23", "观光车西站", "22 05"), ("24", "植物园", "06 19"), ("25", "茶园", "24 18"), ("26", "文创商店", "10 03"),
]
# 工号, name, role, department, position, desks (by index)
PEOPLE = [
    ("1001", "王芳", Role.CLERK, "游客服务部", "客服员", [0]), ("1002", "李娜", Role.CLERK, "游客服务部", "客服员", [0]),
    ("1003", "张晓东", Role.CLERK, "游客服务部", "客服员", [0]), ("1004", "刘婷婷", Role.CLERK, "游客服务部", "客服员", [0]),
    ("1005", "赵强", Role.CLERK, "游客服务部", "客服员", [1]), ("1006", "孙玥", Role.CLERK, "游客服务部", "客服员", [1]),
    ("1007", "马超", Role.CLERK, "游客服务部", "客服员", [2]), ("1008", "胡䶮", Role.CLERK, "游客服务部", "客服员", [2]),
    ("1101", "陈静", Role.CUSTODIAN, "游客服务部", "失物招领负责人", [0, 1, 2]),
    ("1102", "林慧", Role.CUSTODIAN, "游客服务部", "失物招领负责人(替班)", [0, 1, 2]),
    ("1201", "刘洋", Role.FOREMAN, "安保部", "巡逻领班", [0]), ("1202", "郭磊", Role.FOREMAN, "演艺部", "剧场领班", [0]),
    ("1203", "何勇", Role.FOREMAN, "交通部", "观光车领班", [1]), ("1301", "周敏", Role.SUPERVISOR, "游客服务部", "督导", [0, 1, 2]),
    ("1302", "徐岩", Role.SUPERVISOR, "游客服务部", "督导", [0, 1, 2]),
    ("1401", "吴刚", Role.MANAGER, "游客服务部", "部门经理", [0, 1, 2]),
    ("1501", "郑伟", Role.DUTY_MANAGER, "综合办公室", "值班经理", [0]), ("1601", "孙丽", Role.FINANCE, "财务部", "出纳", [0]),
    ("1701", "冯涛", Role.SAFETY, "安保部", "安全管理员", [0]), ("1801", "曹霞", Role.ASSETS, "综合办公室", "资产管理员", [0]),
    ("9001", "宋航", Role.ADMIN, "综合办公室", "系统管理员", []),
]
POSTS = [
    ("安保部", "巡逻岗"), ("安保部", "门岗"), ("环卫部", "保洁员"), ("票务部", "检票员"), ("交通部", "观光车司机"),
    ("交通部", "缆车操作员"), ("演艺部", "剧场引导"), ("餐饮部", "服务员"), ("工程部", "维修工"),
]
FINDERS = 32
STORAGE = [
    ("A-{:02d}", "前台柜", StorageKind.COUNTER, 6), ("B-{:02d}", "库房货架", StorageKind.STORE, 12),
    ("S-{:02d}", "贵重保险柜", StorageKind.SAFE, 4), ("F-{:02d}", "防火箱", StorageKind.FIRE_SAFE, 2),
]


def make_house(demo: Demo) -> None:
    """Desks, storage, departments and the zones with their neighbours."""
    demo.points = [
        ServicePoint.objects.create(
            name=name, serial_mark=mark, phone=phone, address=address, opened_on=demo.dates()[0]
        )
        for name, mark, phone, address in POINTS
    ]
    for point in demo.points:
        for pattern, label, kind, count in STORAGE:
            for number in range(1, count + 1):
                StoragePlace.objects.create(service_point=point, code=pattern.format(number), name=label, kind=kind)
    for name in DEPARTMENTS:
        Department.objects.create(name=name)
    _make_zones(demo)


def _make_zones(demo: Demo) -> None:
    made = {
        number: Zone.objects.create(
            number=number, name=name, pinyin=" ".join(sorted(readings(name)))[:200],
            initials=" ".join(sorted(initials(name)))[:60],
        )
        for number, name, _ in ZONES
    }
    for number, _, near in ZONES:
        made[number].neighbours.add(*[made[other] for other in near.split()])
    demo.zones = list(made.values())


def make_people(demo: Demo) -> None:
    """The people who sign in, and those who only find things."""
    departments = {d.name: d for d in Department.objects.all()}
    hashed = make_password(DEMO_PASSWORD)  # once: a slow hash for each of them would be half of this step
    for staff_no, name, role, department, position, desks in PEOPLE:
        person = User.objects.create(
            staff_no=staff_no, name=name, password=hashed, department=departments[department], position=position,
            phone=words.phone(demo.rng),
        )
        person.groups.add(Group.objects.get(name=str(role)))
        person.service_points.set([demo.points[i] for i in desks])
        demo.desks_of[person.pk] = {demo.points[i].pk for i in desks}
        demo.people.setdefault(str(role), []).append(person)
    for number in range(FINDERS):
        department, position = POSTS[number % len(POSTS)]
        finder = User.objects.create_user(
            f"{2001 + number}", words.SURNAMES[number * 3] + words.GIVEN[number * 2], None,
            department=departments[department], position=position, phone=words.phone(demo.rng),
        )
        demo.people.setdefault("finder", []).append(finder)
