"""`manage.py make_person`: the first people of a new desk, when nobody can sign in to add them on the screen."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from servicedesk.choices import Role
from servicedesk.errors import Refusal
from servicedesk.models import Department, ServicePoint
from servicedesk.services.passwords import first_password
from servicedesk.services.people import PersonFacts, found_person


class Command(BaseCommand):
    help = "Add a person with roles and print a one-time password, which must be changed at the first sign-in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("staff_no", help="工号")
        parser.add_argument("name", help="姓名")
        parser.add_argument(
            "--role", action="append", default=[], choices=Role.values, dest="roles", help="岗位,可重复"
        )
        parser.add_argument("--point", action="append", default=[], dest="points", help="服务点名称,没有则新建,可重复")
        parser.add_argument("--department", default="", help="部门名称,没有则新建")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        department = Department.objects.get_or_create(name=options["department"])[0] if options["department"] else None
        facts = PersonFacts(
            staff_no=options["staff_no"], name=options["name"], department=department, roles=options["roles"],
            service_points=[self._point(name) for name in options["points"]],
        )
        try:
            person = found_person(facts)
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from None
        self.stdout.write(f"{person.described} 一次性密码:{first_password(person)}")

    @staticmethod
    def _point(name: str) -> ServicePoint:
        """The desk of that name; the first one of all is the main one, without a mark in its numbers."""
        found = ServicePoint.objects.filter(name=name).first()
        if found is None and ServicePoint.objects.filter(serial_mark="").exists():
            raise CommandError(f"没有服务点“{name}”,请先在“地点”中新增并定下编号标记。")
        return found or ServicePoint.objects.create(name=name)
