"""A small October: a day with a line, a find, a complaint; and the 2nd of November, when it is archived."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from complaints.models import Complaint
from complaints.services.complaint_facts import ComplaintFacts
from complaints.services.complaints import register_complaint
from dutylog.choices import EntryCategory
from dutylog.models import DutyDay, LogEntry
from dutylog.services.days import duty_day
from dutylog.services.entries import EntryFacts, write_entry
from lostfound.choices import IntakeKind
from lostfound.models import FoundItem, ItemCategory
from lostfound.services.item_facts import FoundItemFacts
from lostfound.services.items import register_found_item
from reports.models import MonthArchive, OldBookImport
from reports.services.archiving import archive_month, next_order
from reports.services.oldbooks import batches
from servicedesk.oldbooks import old_book_by_key
from servicedesk.periods import Period, month_of
from tests.reports.oldbooks import HEADS, workbook

DAY = dt.date(2026, 10, 20)
OCTOBER = month_of(dt.date(2026, 10, 1))


def local(clock: str, on: dt.date = DAY) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(on, dt.time.fromisoformat(clock)))


def left_in(folder: Path) -> set[str]:
    """What lies in the folder of the archives, but for the locks."""
    return {path.name for path in folder.iterdir() if not path.name.endswith(".lock.part")}


@pytest.fixture(scope="session")
def drawn_papers(tmp_path_factory):
    """Sheets that one test drew need no drawing in the next."""
    return tmp_path_factory.mktemp("drawn")


@pytest.fixture(autouse=True)
def _shared_papers(_data_folder, settings, drawn_papers):
    (settings.DESK_DATA / "papers").rmdir()
    (settings.DESK_DATA / "papers").symlink_to(drawn_papers)


@pytest.fixture
def own_papers(_shared_papers, settings):
    """For a test that counts what is drawn: nothing was drawn before it. Ask for it first."""
    (settings.DESK_DATA / "papers").unlink()
    (settings.DESK_DATA / "papers").mkdir()


@pytest.fixture
def clock():
    """The program's clock, at half past ten of a Tuesday in October."""
    with time_machine.travel(local("10:30"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def day(db, clock, point, clerk) -> DutyDay:
    return duty_day(DAY, point, by=clerk)


@pytest.fixture
def line(day, point, clerk) -> LogEntry:
    facts = EntryFacts(happened_at=local("10:10"), category=EntryCategory.ENQUIRY, text="游客询问末班车时间")
    return write_entry(facts, by=clerk, point=point)


@pytest.fixture
def find_facts(zone):
    """A find as typed: `find_facts(colour="蓝色")`."""

    def make(**more) -> FoundItemFacts:
        return FoundItemFacts(**{
            "intake_kind": IntakeKind.VISITOR, "category": ItemCategory.objects.get(name="雨具"), "thing": "雨伞",
            "colour": "黑色", "found_at": local("09:00"), "handed_in_at": local("09:30"), "zone": zone,
            "finder_name": "张三丰", "finder_phone": "13800001234", **more,
        })

    return make


@pytest.fixture
def find(day, find_facts, point, clerk) -> FoundItem:
    return register_found_item(find_facts(), by=clerk, point=point)


@pytest.fixture
def case(day, zone, point, clerk) -> Complaint:
    facts = ComplaintFacts(
        occurred_at=local("10:00"), received_at=local("10:20"), zone=zone, category="服务态度",
        words="检票口没有人理我们", is_reachable=True, visitor_name="杨明静", phone="13812341234",
    )
    return register_complaint(facts, by=clerk, point=point)


@pytest.fixture
def october(line, find, case, clock) -> Period:
    """The month with its records; it is the 2nd of November."""
    clock.move_to(local("09:00", dt.date(2026, 11, 2)))
    return OCTOBER


@pytest.fixture
def archived(october, manager) -> MonthArchive:
    return archive_month(next_order(october, by=manager))


@pytest.fixture
def upload(manager, point):
    """Upload an old ledger: `upload(row, row, heads=…, book="founditem")`."""

    def make(*rows, heads=HEADS, book="founditem", year=2023) -> OldBookImport:
        return batches.upload(
            old_book_by_key(book), workbook(*rows, heads=heads), name="旧账.xlsx", year=year, by=manager, point=point,
        )

    return make
