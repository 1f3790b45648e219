"""What the server asks before its first page, however it is started."""

from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections


def refuse_unsafe() -> None:
    """Raises ImproperlyConfigured where a start-up check finds fault; the commands of Django check by themselves."""
    found = [fault for fault in run_checks(tags=["security", "database"], databases=["default"]) if fault.is_serious()]
    # The workers of the server must not share what was opened before they parted.
    connections.close_all()
    if found:
        raise ImproperlyConfigured("\n".join(str(fault) for fault in found))
