"""意外伤害及突发事件登记表: the accident's own sheet, in the manner of the other forms."""

from typing import Any

from dutylog.choices import NoticeRole
from dutylog.models import Accident
from dutylog.services.accidents import kinds, line_of
from dutylog.services.chain import steps_of
from servicedesk.paper import Paper, add_paper

HURT_ROWS = 3
UPDATE_ROWS = 3


def accident_context(accident: Accident | None) -> dict[str, Any]:
    """Facts of the sheet; what does not fit in the drawn rows makes further ones."""
    if accident is None:
        return {
            "accident": None, "is_filled": False, "kinds": [(False, kind) for kind in kinds()],
            "injured": [], "hurt_room": range(HURT_ROWS), "chain": [], "updates": [],
            "update_room": range(UPDATE_ROWS),
            "chain_room": [role.label for role in NoticeRole if role != NoticeRole.OTHER],
        }
    injured, updates = list(accident.injured.all()), list(accident.updates.select_related("by"))
    line = line_of(accident)
    chain = steps_of([line]).get(line.pk, []) if line else []
    named = kinds() if accident.kind in kinds() else [*kinds(), accident.kind]
    return {
        "accident": accident, "is_filled": True, "kinds": [(kind == accident.kind, kind) for kind in named],
        "injured": injured, "hurt_room": range(0 if injured else 1), "chain": chain,
        "chain_room": [] if chain else [""], "updates": updates, "update_room": range(0 if updates else 1),
        "line": line,
    }


ACCIDENT_SHEET = add_paper(Paper(
    key="YW", form_code="KF-YW", title="意外伤害及突发事件登记表", template="dutylog/print/accident.html",
    size="a4", model=Accident, context=accident_context,
    footnotes=(
        "发生后立即通报督导,依次通报部室负责人、部门经理、值班经理;伤者情况跟踪到结案。",
        "本表含伤者个人信息,只供处理本事件使用,不得外传。",
    ),
    signatures=(("registrar", "登记人"), ("supervisor", "督导"), ("head", "中心负责人"), ("injured", "伤者或陪同人")),
))
