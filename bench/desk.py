"""One desk that registers finds through the web: `python -m bench.desk ADDRESS SESSION COUNT CATEGORY ZONE`.

Prints one line per find: milliseconds from request to answer, and the status.
"""

import re
import sys
import time
import uuid
from http.client import HTTPConnection
from urllib.parse import urlencode

FORM = "/lost-and-found/items/new/"


def register(address: str, session: str, count: int, category: str, zone: str) -> None:
    connection = HTTPConnection(address, timeout=60)
    connection.request("GET", FORM, headers={"Cookie": f"sessionid={session}"})
    answer = connection.getresponse()
    page = answer.read().decode()
    token = re.search(r'name="csrf-token" content="([^"]+)"', page)[1]
    cookie = re.search(r"csrftoken=([^;]+)", answer.getheader("Set-Cookie") or "")[1]
    management = dict(re.findall(r'name="((?:contents|cash)-[A-Z_]+)" value="(\d*)"', page))
    for _ in range(count):
        fields = {
            **management, "csrfmiddlewaretoken": token, "submission_key": uuid.uuid4(), "category": category,
            "thing": "雨伞", "quantity": 1, "unit": "把", "colour": "黑色", "zone": zone, "found_at": "-5",
            "finder_name": "杨明静", "finder_phone": "13812345678", "contents-TOTAL_FORMS": 0, "cash-TOTAL_FORMS": 0,
        }
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={cookie}", "Content-Type": "application/x-www-form-urlencoded",
        }
        began = time.perf_counter()
        connection.request("POST", FORM, urlencode(fields), headers)
        answer = connection.getresponse()
        answer.read()
        print(f"{(time.perf_counter() - began) * 1000:.2f} {answer.status}", flush=True)


if __name__ == "__main__":
    register(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5])
