"""Who may do what in lost and found."""

from servicedesk.choices import Role

REGISTERS = ("founditem", "lostreport", "claim", "notice", "batch", "gooddeed", "stocktake")


def _all(verb: str, models=REGISTERS) -> list[str]:
    return [f"lostfound.{verb}_{model}" for model in models]


# What visitors report by themselves: those who register a loss look at it.
VISITORS = [f"lostfound.{verb}_visitorreport" for verb in ("view", "change", "export")]
_DESK = [
    *_all("view"), *_all("print"),
    *_all("export", ("founditem", "lostreport", "claim", "notice", "gooddeed")),
    *_all("add", ("founditem", "lostreport", "claim", "gooddeed", "stocktake")),
    *_all("change", ("founditem", "lostreport", "claim", "gooddeed", "stocktake")),
    "lostfound.accept_founditem", "lostfound.move_founditem", "lostfound.release_founditem",
    "lostfound.file_founditem", "lostfound.close_lostreport", "lostfound.view_match", "lostfound.change_match",
    "lostfound.add_contactattempt", "lostfound.view_booklet", *VISITORS,
]
_CUSTODIAN = [
    *_DESK, "lostfound.keep_founditem", "lostfound.see_secret_marks", "lostfound.add_notice",
    "lostfound.change_notice", "lostfound.publish_notice", "lostfound.add_batch", "lostfound.change_batch",
    "lostfound.execute_batch", "lostfound.export_batch", "lostfound.export_stocktake", "lostfound.issue_booklet",
]
_SUPERVISOR = [
    *_DESK, "lostfound.see_secret_marks", "lostfound.hold_founditem", "lostfound.void_founditem",
    "lostfound.police_founditem", "lostfound.decide_claim", "lostfound.reopen_lostreport",
    "lostfound.return_on_spot", "lostfound.verify_gooddeed", "lostfound.review_batch", "lostfound.issue_booklet",
    "lostfound.publish_notice", "lostfound.add_notice", "lostfound.change_notice", "lostfound.export_stocktake",
    "lostfound.export_batch",
]

GRANTS = {
    Role.CLERK: _DESK,
    Role.CUSTODIAN: _CUSTODIAN,
    Role.FOREMAN: [
        "lostfound.view_founditem", "lostfound.add_founditem", "lostfound.return_on_spot", "lostfound.print_founditem",
        "lostfound.view_booklet",
    ],
    Role.SUPERVISOR: _SUPERVISOR,
    Role.MANAGER: [
        *_SUPERVISOR, "lostfound.certify_claim", "lostfound.approve_batch",
        *_all("export"),
    ],
    Role.DUTY_MANAGER: [*_all("view"), "lostfound.view_visitorreport"],
    Role.FINANCE: [f"lostfound.{verb}_batch" for verb in ("view", "print", "export", "receive")],
}
