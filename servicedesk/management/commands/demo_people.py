"""`manage.py demo_people`: one person of each role to try the desk as, while the demo password still stands."""

from django.core.management.base import BaseCommand

from servicedesk.models import User
from servicedesk.services.demo import DEMO_PASSWORD


class Command(BaseCommand):
    help = "Say who can sign in to the demo park. Says nothing on a desk of one's own."

    def handle(self, *args, **options) -> None:
        people = self._one_of_each_role()
        # One is enough to tell a demo from a desk in use; each check of a password costs its time.
        if not people or not people[0].check_password(DEMO_PASSWORD):
            return
        self.stdout.write(f"演示人员(密码都是 {DEMO_PASSWORD}):")
        for person in people:
            self.stdout.write(f"  {person.staff_no}  {person.name}  {person.position}")

    @staticmethod
    def _one_of_each_role() -> list[User]:
        found: dict[str, User] = {}
        signing_in = User.objects.filter(is_active=True, groups__isnull=False).order_by("staff_no")
        for person in signing_in.prefetch_related("groups").distinct():
            found.setdefault(person.groups.all()[0].name, person)
        return list(found.values())
