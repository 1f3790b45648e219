"""How large an old ledger may be."""

from servicedesk.services.preferences import Preference, declare

declare([
    Preference(key="reports.oldbook_rows", label="旧账一次最多导入", group="旧账导入", kind="integer", default=50000,
               unit="行", minimum=100, maximum=200000),
    Preference(key="reports.oldbook_megabytes", label="旧账文件上限", group="旧账导入", kind="integer", default=10,
               unit="MB", minimum=1, maximum=50),
    Preference(key="reports.oldbook_days", label="没有确认的旧账,上传后保留", group="旧账导入", kind="integer",
               default=7, unit="天", minimum=1, maximum=90, help="过后自动放弃,上传的文件随之删除"),
])
