"""A line of the old diary: looked at, never changed."""

from urllib.parse import urlencode

from dutylog.models import OldLogLine
from dutylog.services.oldlines import without_numbers
from servicedesk.views.registers import RegisterDetailView


class OldLogLineDetailView(RegisterDetailView):
    """One line in the order of the old paper, and the way to the others of its day."""

    def fact_groups(self, record: OldLogLine) -> list[dict]:
        rows = [
            ("日期", record.on, ""), ("时间", f"{record.clock:%H:%M}" if record.clock else "", ""),
            ("班次", record.shift, ""), ("类别", record.get_category_display(), ""), ("地点", record.place, ""),
            ("记录人", record.recorder, ""), ("旧编号", record.old_number, "number"),
            ("服务点", record.service_point.name, ""), ("内容", without_numbers(record.text), "long"),
            ("处理", without_numbers(record.handling), "long"), ("结果", without_numbers(record.result), "wide"),
        ]
        shown = [{"label": label, "value": value, "kind": kind} for label, value, kind in rows]
        return [{"title": self.register.label, "rows": shown}]

    def steps(self, record: OldLogLine) -> list[dict]:
        days = urlencode({"since": record.on, "until": record.on})
        return [{"label": "当天的旧日志", "icon": "calendar-day", "url": f"{self.register.list_url()}?{days}"}]
