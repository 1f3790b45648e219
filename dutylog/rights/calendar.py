"""Who keeps the table of holidays and working Sundays."""

from servicedesk.choices import Role

GRANTS = {
    Role.MANAGER: [f"dutylog.{verb}_calendarday" for verb in ("view", "add", "change", "delete")],
}
