"""Who may do what with surveys. Scores of single sheets are for those who lead, and never for one's own."""

from servicedesk.choices import Role

_ENTERS = [
    "surveys.view_surveysheet", "surveys.add_surveysheet", "surveys.view_surveybatch", "surveys.add_surveybatch",
    "surveys.print_surveybatch",
]
_READS = ["surveys.view_surveysheet", "surveys.view_surveybatch", "surveys.see_scores", "surveys.see_results"]
_LEADS = [
    *_ENTERS, *_READS, "surveys.print_surveysheet", "surveys.export_surveysheet", "surveys.export_surveybatch",
    "surveys.pass_on_surveysheet",
]

GRANTS = {
    Role.CLERK: _ENTERS,
    Role.CUSTODIAN: _ENTERS,
    Role.FOREMAN: _ENTERS,
    Role.SUPERVISOR: _LEADS,
    Role.MANAGER: [
        *_LEADS, "surveys.void_surveysheet", "surveys.view_surveyversion", "surveys.add_surveyversion",
    ],
    Role.DUTY_MANAGER: _READS,
}
