"""How a person last looked at a list, and how many rows it has without counting a million."""

from django.db import models
from django.http import HttpRequest

from servicedesk.services.asking import MOST_COUNTED


def capped_count(rows: models.QuerySet) -> str:
    """`128 件`, or `1000+ 件`: counting on would read the whole table."""
    count = rows.order_by().values("pk")[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED}+ 件" if count > MOST_COUNTED else f"{count} 件"


def remembered_query(request: HttpRequest, register: str) -> str:
    """The query to go back to when a list is opened bare; a list opened with one is remembered.

    `?all` forgets. The memory lies in the session, so a GET changes no record.
    """
    memory = request.session.get("list_queries", {})
    if "all" in request.GET:
        memory.pop(register, None)
        request.session["list_queries"] = memory
        return ""
    if request.GET:
        query = request.GET.copy()
        query.pop("page", None)
        if memory.get(register) != query.urlencode():
            memory[register] = query.urlencode()
            request.session["list_queries"] = memory
        return ""
    return memory.get(register, "")
