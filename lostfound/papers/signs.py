"""The signature cells of lost and found."""

from collections.abc import Mapping
from typing import Any

from servicedesk.services.printing.signed import Signed, signed_cells

# The words under which the desk's screens store a signature, per signature cell of the papers.
ROLES: Mapping[str, tuple[str, ...]] = {
    "finder": ("finder", "拾物人", "拾物员工"),
    "clerk": ("clerk", "客服受理人", "客服员", "受理人"),
    "second": ("second", "复核/见证人", "复核", "复核人", "第二名工作人员"),
    "witness": ("witness", "见证员工", "见证人"),
    "foreman": ("foreman", "领班"),
    "claimant": ("claimant", "认领人", "认领人声明", "失主", "领取人"),
    "releaser": ("releaser", "经办人", "发还经办", "经办客服"),
    "reviewer": ("reviewer", "复核", "复核人", "复核(失物招领负责人)", "第二名工作人员"),
    "filer": ("filer", "上交人(领班)", "上交人", "上交客服备案"),
    "filed": ("filed", "客服接收/备案人", "备案人", "接收备案"),
    "owner": ("owner", "失主", "报失人"),
    "registrar": ("registrar", "登记人"),
    "counter": ("counter", "交班人"),
    "successor": ("successor", "接班人"),
    "receiver": ("receiver", "出纳", "见证人", "接收人"),
}


def signed_by(record: Any, names: Mapping[str, str]) -> dict[str, Signed]:
    """Per cell the newest signature of the record, else the name that is known for it."""
    return signed_cells(record, ROLES, names)
