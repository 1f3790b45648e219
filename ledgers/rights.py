"""Who may do what with the small ledgers. Which roles use which ledger, the manager sets at each of them."""

from servicedesk.choices import Role

_READ = ["ledgers.view_ledgerentry"]
_DESK = [
    *_READ, "ledgers.add_ledgerentry", "ledgers.change_ledgerentry", "ledgers.print_ledgerentry",
    "ledgers.view_stockthing",
]
_LEADS = [
    *_DESK, "ledgers.export_ledgerentry", "ledgers.void_ledgerentry", "ledgers.close_ledgerentry",
    "ledgers.change_stockthing", "ledgers.count_stockthing",
]

GRANTS = {
    Role.CLERK: _DESK,
    Role.CUSTODIAN: _DESK,
    Role.FOREMAN: _READ,
    Role.SUPERVISOR: _LEADS,
    Role.MANAGER: [*_LEADS, "ledgers.add_stockthing", "ledgers.define_ledgers"],
    Role.DUTY_MANAGER: _READ,
}
