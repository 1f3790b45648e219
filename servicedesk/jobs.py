"""The ground floor's repeated jobs, and the long works that people ask for."""

import datetime as dt

from servicedesk.services.cleaning import clean_up, mend_tasks
from servicedesk.services.delivering import deliver
from servicedesk.services.inbox import forget_old_messages
from servicedesk.services.jobs import add_job
from servicedesk.services.longexports import KEY as LONG_EXPORT
from servicedesk.services.longexports import make_export
from servicedesk.services.longtasks import add_work
from servicedesk.services.purging import remind_of_purge

add_job("servicedesk.deliver", "发送对外通知", every=dt.timedelta(seconds=5), run=deliver)
add_job("servicedesk.mend_tasks", "放回中断的任务", every=dt.timedelta(minutes=1), run=mend_tasks)
add_job("servicedesk.clean_up", "清理旧草稿和过期登录", every=dt.timedelta(hours=6), run=clean_up)
add_job("servicedesk.forget_messages", "清理已读通知", every=dt.timedelta(hours=12), run=forget_old_messages)
add_job("servicedesk.remind_purge", "提醒清除过期个人信息", every=dt.timedelta(days=1), run=remind_of_purge)

add_work(LONG_EXPORT, make_export)
