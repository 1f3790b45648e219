"""One code flooded from two processes: exactly as many answers as the setting allows, and no number lost."""

import json
import os
import subprocess
import sys
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from servicedesk.models import VisitorCode, VisitorCount
from servicedesk.services.preferences import choose
from surveys.models import SurveySheet, SurveyVersion

pytestmark = pytest.mark.django_db(transaction=True)
LIMIT, POSTS, PROCESSES = 40, 500, 2
FLOOD = """
import json, os, sys, uuid
sys.path.insert(0, os.getcwd())
os.environ["DJANGO_SETTINGS_MODULE"] = "servicedesk.settings"
import django
django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
from django.test import Client
sys.stdin.readline()
lines = [int(line) for line in sys.argv[2].split(",")]
statuses = {}
for _ in range(int(sys.argv[1])):
    told = {"key": str(uuid.uuid4()), "origin": "x", "party": "single", "overall": "4"}
    answer = Client().post("/surveys/q/FLOOD234/", told | {f"item_{line}": "5" for line in lines})
    statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
print(json.dumps(statuses))
"""


@pytest.fixture
def code(point) -> VisitorCode:
    return VisitorCode.objects.create(code="FLOOD234", name="东门", service_point=point)


@pytest.fixture
def short_version(db) -> SurveyVersion:
    return SurveyVersion.current()


def test_a_thousand_posts_from_two_processes_leave_exactly_the_limit(code, short_version, manager, desk_environment):
    choose("servicedesk.visitor_code_posts", LIMIT, manager)
    lines = ",".join(str(line) for line in short_version.items.values_list("line", flat=True))
    flood = [sys.executable, "-c", FLOOD, str(POSTS), lines]
    running = [
        subprocess.Popen(flood, env=desk_environment, cwd=os.getcwd(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                         text=True)
        for _ in range(PROCESSES)
    ]
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [json.loads(process.communicate(timeout=500)[0]) for process in running]
    assert sum(each.get("302", 0) for each in told) == LIMIT
    assert sum(each.get("429", 0) for each in told) == PROCESSES * POSTS - LIMIT
    numbers = sorted(SurveySheet.objects.values_list("number", flat=True))
    assert [int(number.rpartition("-")[2]) for number in numbers] == list(range(1, LIMIT + 1))
    assert VisitorCount.objects.get(scope="code").count >= LIMIT


def test_one_form_sent_by_eight_at_once_is_one_answer(code, short_version):
    key, gate = uuid.uuid4(), threading.Barrier(8)

    def post(_) -> str:
        told = {"key": str(key), "origin": "上海", "party": "single", "overall": "4"}
        told |= {f"item_{line}": "5" for line in short_version.items.values_list("line", flat=True)}
        gate.wait()
        try:
            return Client().post(reverse("surveys:survey_answer", args=[code.code]), told).url
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(post, range(8)))) == 1
    assert SurveySheet.objects.get().posted_key == key
