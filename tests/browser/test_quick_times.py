"""What the browser understands of a quickly typed time is what the server would."""

import datetime as dt
from pathlib import Path

import pytest
from django.utils import timezone

from servicedesk.forms.fields import read_when

SOURCE = Path(__file__).parents[2] / "static" / "js" / "when.js"
NOW = dt.datetime(2026, 11, 22, 11, 0)
LOAD = """async (source) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  window.when = await import(url);
}"""
READ = """([typed, now]) => {
  const at = window.when.readWhen(typed, new Date(now));
  if (!at) return null;
  const two = (n) => String(n).padStart(2, "0");
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(chromium):
    page = chromium.new_page()
    page.evaluate(LOAD, SOURCE.read_text(encoding="utf-8"))
    yield page
    page.context.close()


def in_browser(page, typed: str) -> str | None:
    return page.evaluate(READ, [typed, NOW.isoformat()])


@pytest.mark.parametrize("typed", [
    "1020", "10:20", "9:05", "905", "0000", "昨1530", "昨天 15:30", "前0800", "-20", "-180", "11-20 9:30",
    "11月20日 0930", "2025-12-31 23:59", "2026-11-20T09:30", "2560", "明天", "十点", "13-45 1020",
])
def test_browser_and_server_read_the_same_time(page, typed):
    at = read_when(typed, timezone.make_aware(NOW))
    assert in_browser(page, typed) == (timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else None)


@pytest.mark.parametrize(("typed", "said"), [
    ("1020", "今天 10:20"), ("昨1530", "昨天 15:30"), ("11-18 0930", "11月18日 周三 09:30"),
])
def test_the_time_is_said_in_full_before_saving(page, typed, said):
    now = NOW.isoformat()
    told = page.evaluate("([t, n]) => when.sayWhen(when.readWhen(t, new Date(n)), new Date(n))", [typed, now])
    assert told == said


@pytest.mark.parametrize(("typed", "day"), [
    ("1120", "2026-11-20"), ("20", "2026-11-20"), ("昨", "2026-11-21"), ("-3", "2026-11-19"), ("0231", None),
])
def test_a_day_is_read_in_few_keys(page, typed, day):
    told = page.evaluate("([t, n]) => when.readDay(t, new Date(n))?.toDateString() ?? null", [typed, NOW.isoformat()])
    assert told == (dt.date.fromisoformat(day).strftime("%a %b %d %Y") if day else None)
