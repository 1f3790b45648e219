"""Departments and people. A person who never signs in (a guard who finds a phone) is a row too."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from simple_history.models import HistoricalRecords

from servicedesk.choices import TextSize, Theme


class Department(models.Model):
    """部门: where a member of staff belongs, as printed beside the name."""

    name = models.CharField("名称", max_length=60, unique=True)
    phone = models.CharField("电话", max_length=30, blank=True)
    is_active = models.BooleanField("在用", default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "部门"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes people; 工号 is what they sign in with."""

    def create_user(self, staff_no: str, name: str, password: str | None = None, **more) -> "User":
        user = self.model(staff_no=staff_no.strip(), name=name.strip(), **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, staff_no: str, name: str, password: str | None = None, **more) -> "User":
        return self.create_user(staff_no, name, password, is_superuser=True, **more)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(staff_no=username)


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def at(self, point) -> "UserQuerySet":
        """People who work at a service point."""
        return self.filter(service_points=point).distinct()

    def holding(self, *roles: str) -> "UserQuerySet":
        """People in at least one of the roles."""
        return self.filter(groups__name__in=roles).distinct()


class User(AbstractBaseUser, PermissionsMixin):
    """员工: signs in with 工号; an unusable password means the person only appears on paper."""

    staff_no = models.CharField("工号", max_length=20, unique=True)
    name = models.CharField("姓名", max_length=60)
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name="部门", null=True, blank=True, related_name="people"
    )
    position = models.CharField("职务", max_length=40, blank=True)
    service_points = models.ManyToManyField(
        "servicedesk.ServicePoint", verbose_name="服务点", blank=True, related_name="people"
    )
    phone = models.CharField("电话", max_length=30, blank=True)
    is_active = models.BooleanField("在职", default=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)
    theme = models.CharField("明暗", max_length=5, choices=Theme.choices, default=Theme.AUTO)
    text_size = models.CharField("字号", max_length=1, choices=TextSize.choices, default=TextSize.MEDIUM)
    joined_at = models.DateTimeField("建档时间", auto_now_add=True)
    history = HistoricalRecords(excluded_fields=["password", "last_login", "theme", "text_size"])

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "staff_no"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "员工"
        ordering = ["staff_no"]
        permissions = [
            ("see_all_points", "查看全部服务点"),
            ("manage_people", "管理人员与岗位"),
            ("manage_places", "管理地点、部门、存放处"),
            ("manage_settings", "修改规则参数"),
            ("reveal_personal", "查看完整电话与证件号"),
            ("export_full", "导出未脱敏资料"),
            ("purge_personal", "清除过期个人信息"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def role_names(self) -> list[str]:
        """Names of the person's roles, for the head of the page."""
        return [group.name for group in self.groups.all()]

    @property
    def can_sign_in(self) -> bool:
        return self.is_active and self.has_usable_password()

    @property
    def described(self) -> str:
        """`王芳(1003 安保部)`, as lists of people show it."""
        return f"{self.name}({self.staff_no}{' ' + self.department.name if self.department else ''})"


class Pin(models.Model):
    """签字 PIN: a short number instead of the password when a person signs. Hashed; its history would be a gift."""

    person = models.OneToOneField(User, models.CASCADE, related_name="pin", verbose_name="员工")
    digits = models.CharField("PIN(已加密)", max_length=128)
    set_at = models.DateTimeField("设置时间")

    class Meta:
        verbose_name = verbose_name_plural = "签字 PIN"

    def __str__(self) -> str:
        return str(self.person)
