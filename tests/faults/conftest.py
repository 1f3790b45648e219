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
    keys = {
        f"DESK_{name}": getattr(settings, setting) for name, setting in (
            ("SECRET_KEY", "SECRET_KEY"), ("FIELD_KEY", "DESK_FIELD_KEY"), ("DIGEST_KEY", "DESK_DIGEST_KEY"),
            ("SEAL_KEY", "DESK_SEAL_KEY"),
        )
    }
    place = {"DATABASE_URL": url, "DESK_DATA": str(settings.DESK_DATA), "PYTHONWARNINGS": "default"}
    return {**os.environ, **keys, **place}
