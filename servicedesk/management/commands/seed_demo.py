"""`manage.py seed_demo --days 60 --seed 1`: a believable park in an empty database."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import autodiscover_modules

from servicedesk.models import User
from servicedesk.services.demo import DEMO_PASSWORD, seed


class Command(BaseCommand):
    help = "Fill an empty desk with a believable park."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=60, help="how many days back the records reach")
        parser.add_argument("--seed", type=int, default=1, help="another number, another park")

    def handle(self, *args, **options) -> None:
        if settings.DESK_PRODUCTION:
            raise CommandError("Not in production: the demo people share a known password.")
        if User.objects.exists():
            raise CommandError("There are people already; the demo fills an empty desk only.")
        if not 1 <= options["days"] <= 3660:
            raise CommandError("--days must lie between 1 and 3660.")
        autodiscover_modules("demo")
        demo = seed(options["days"], options["seed"])
        self.stdout.write(f"{', '.join(demo.notes)}. Password of all demo people: {DEMO_PASSWORD}")
