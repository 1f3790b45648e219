"""Who may do what with rounds, assets and templates."""

from servicedesk.choices import Role

_SEES = ["checklists.view_round", "checklists.view_asset"]
_WALKS = [
    *_SEES, "checklists.add_round", "checklists.change_round", "checklists.print_round", "checklists.print_asset",
]
_KEEPS = [
    "checklists.add_asset", "checklists.change_asset", "checklists.export_asset", "checklists.export_round",
]
_LEADS = [*_WALKS, *_KEEPS, "checklists.review_round", "checklists.approve_round"]

GRANTS = {
    Role.CLERK: _WALKS,
    Role.CUSTODIAN: _WALKS,
    Role.FOREMAN: _WALKS,
    Role.SUPERVISOR: _LEADS,
    Role.MANAGER: [
        *_LEADS, "checklists.view_roundtemplate", "checklists.add_roundtemplate", "checklists.change_roundtemplate",
    ],
    Role.DUTY_MANAGER: _SEES,
    Role.SAFETY: [*_SEES, "checklists.print_round", "checklists.export_round", "checklists.review_round"],
    Role.ASSETS: [
        *_SEES, *_KEEPS, "checklists.print_round", "checklists.print_asset", "checklists.review_round",
    ],
}
