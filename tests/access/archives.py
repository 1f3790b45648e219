"""Rows of the month archive and of the figures."""

import datetime as dt
import json

from django.utils import timezone

from reports.choices import FileKind
from reports.models import MonthArchive, MonthArchiveFile
from servicedesk.choices import Role
from tests.access.row import Row, only
from tests.access.world import thing

SEES = (Role.MANAGER, Role.DUTY_MANAGER)
MONTH = dt.date(2020, 1, 1)
FACTS = {
    "month": "2020-01", "version": 1, "made_at": "2020-02-01T03:30:00+08:00", "made_by": "部门经理甲", "reason": "",
    "points": ["主服务中心"], "previous": None, "registers": [{"key": "founditem", "label": "拾物", "rows": 1,
                                                        "digest": "0" * 64}],
    "gaps": [{"key": "dutylog.missing_days", "label": "缺的值班日", "lines": ["1月1日 周三 主服务中心 没有值班表"]}],
    "corrections": [], "chain": [], "forms": {}, "pages": 4,
}


@thing
def month_archive(world) -> MonthArchive:
    """Its files are not there: what holds people was thrown away."""
    archive = MonthArchive.objects.create(
        month=MONTH, version=1, made_at=timezone.now(), made_by=world.person(Role.MANAGER), seal="0" * 64,
        manifest=json.dumps(FACTS),
    )
    for kind in (FileKind.WORKBOOK, FileKind.FULL_WORKBOOK):
        MonthArchiveFile.objects.create(
            archive=archive, kind=kind, name=f"{kind}.xlsx", size=1, sha256="0" * 64, stored=f"gone-{kind}"
        )
    return archive


ROWS = [
    Row("reports:archive_list", get=only(200, *SEES)),
    # Nothing happened in that month.
    Row("reports:archive_create", ("2020-01",), get=only(200, Role.MANAGER), post=only(422, Role.MANAGER)),
    Row("reports:archive_detail", ("@month_archive",), get=only(200, *SEES)),
    Row("reports:archive_file", ("@month_archive", "workbook"), get=only(410, Role.MANAGER),
        post=only(410, Role.MANAGER)),
    Row("reports:statistics", get=only(200, *SEES)),
    # An export is itself an act that must be on record.
    Row("reports:statistics_export", get=only(200, Role.MANAGER), get_writes=("servicedesk_exportlog",)),
]
