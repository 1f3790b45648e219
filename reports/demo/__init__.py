"""The top floor's part of the demo park: old ledgers; last month waits for the manager, as drawing it takes minutes."""

from reports.demo.oldbooks import take_over
from servicedesk.choices import Role
from servicedesk.services import preferences
from servicedesk.services.demo import Demo, add_step


def leave_to_manager(demo: Demo) -> None:
    """The program does not archive the demo park by itself; the start page of the manager offers it."""
    preferences.choose(
        "reports.archives_by_itself", False, by=demo.people[Role.MANAGER][0], reason="演示数据,留给经理归档",
    )


# When all days are there: one that has a sheet takes no line of an old diary.
add_step(920, "旧账导入", take_over)
# After everything else: the steps read the settings once.
add_step(990, "归档留给经理", leave_to_manager)
