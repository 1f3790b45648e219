"""What the processes of the fault tests need."""

import os
from urllib.parse import quote

import pytest
from django.db import connection


@pytest.fixture
def desk_environment(settings) -> dict[str, str]:
    """The environment in which a process works on this test's database."""
    parts = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{parts['NAME']}"
    else:
        host = quote(parts["HOST"] or "", safe="")
        url = f"postgres://{parts['USER']}:{parts['PASSWORD']}@{host}:{parts['PORT']}/{parts['NAME']}"
    return {**os.environ, "DATABASE_URL": url, "PYTHONWARNINGS": "default"}
