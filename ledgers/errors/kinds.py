"""Refusals about how a ledger is made."""

from servicedesk.errors import Refusal


class KindRefusal(Refusal):
    status = 400


class NoFields(KindRefusal):
    sentence = "台账至少要有一个栏目,请加一栏。"


class TooManyFields(KindRefusal):
    sentence = "一本台账最多 {limit} 个栏目,现在有 {count} 个;请合并或去掉一些。"


class TooManyColumns(KindRefusal):
    sentence = "台账表一行最多印 {limit} 栏,现在勾了 {count} 栏;请取消几栏的“台账表”。"


class LabelNeeded(KindRefusal):
    sentence = "第 {order} 栏没有写栏目名。"


class LabelTooLong(KindRefusal):
    sentence = "栏目名“{label}…”太长,最多 {limit} 个字。"


class LabelTwice(KindRefusal):
    sentence = "栏目“{label}”写了两次,请改一个名字。"


class NotPrintable(KindRefusal):
    sentence = "“{text}”里有印不出来的符号,请改用文字。"


class ChoicesNeeded(KindRefusal):
    sentence = "栏目“{label}”是选择题,请写出至少两个选项,用顿号隔开。"


class TooManyChoices(KindRefusal):
    sentence = "栏目“{label}”最多 {limit} 个选项,每项最多 {length} 个字,不能重复。"


class TypeChanged(KindRefusal):
    sentence = "栏目“{label}”已经用过,不能改类型;请去掉它,另加一栏。"


class FieldIsFixed(KindRefusal):
    sentence = "“{label}”是这本台账办理时要用的栏目,不能去掉、改类型或改为不必填。"


class PrefixNotPossible(KindRefusal):
    sentence = "编号字头请用 2 到 4 个大写字母。"


class PrefixInUse(KindRefusal):
    sentence = "编号字头“{prefix}”已用于{where},请换一个。"


class PrefixIsFixed(KindRefusal):
    sentence = "已经有登记,编号字头和办理方式不能再改。"


class NameInUse(KindRefusal):
    sentence = "已经有台账“{name}”,请换一个名字。"


class NoDraft(KindRefusal):
    sentence = "没有待发布的修改,请先编辑。"


class NothingChanged(KindRefusal):
    sentence = "与现行的第 {number} 版相同,不用再发布。"


class NotSummable(KindRefusal):
    sentence = "月度汇总要按一个单选或是/否栏目,请重选。"


class TooManyNotes(KindRefusal):
    sentence = "{what}最多 {limit} 行,每行最多 {length} 个字。"


class NeverPublished(KindRefusal):
    sentence = "“{name}”还没有发布,请先发布再启用。"


class AudienceUnknown(KindRefusal):
    sentence = "没有岗位“{role}”,请从列表中选。"
