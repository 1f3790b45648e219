"""What the top floor does again and again, and the long works that people ask for."""

import datetime as dt

from reports.services.archiving import KEY, make_archive
from reports.services.nightly import archive_when_due, draw_at_night
from reports.services.oldbooks.batches import CHECK, WRITE, drop_old, run_check, run_writing
from reports.services.oldbooks.undoing import UNDO, run_undo
from servicedesk.services.jobs import add_job
from servicedesk.services.longtasks import add_work

add_job("reports.archive", "自动归档上个月", every=dt.timedelta(minutes=10), run=archive_when_due)
add_job("reports.draw_ahead", "夜间绘制已办结的表单", every=dt.timedelta(minutes=30), run=draw_at_night)
add_job("reports.drop_old_books", "清除没有确认的旧账", every=dt.timedelta(hours=6), run=drop_old)

add_work(KEY, make_archive)
add_work(CHECK, run_check)
add_work(WRITE, run_writing)
add_work(UNDO, run_undo)
