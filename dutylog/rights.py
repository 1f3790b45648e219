"""Who may do what on the duty day."""

GRANTS: dict[str, list[str]] = {}
