"""Refusals about claims."""

from servicedesk.errors import Refusal, SomeoneWasFaster


# ---- opening ------------------------------------------------------------------------------
class ItemNotClaimable(Refusal):
    sentence = "{number} 现在是“{state}”,不能办理认领。"


class ForbiddenThing(Refusal):
    sentence = "{number} 属{category},不能在服务台认领。请立即报公安,并告诉来人向公安机关办理。"


class ClaimAlreadyOpen(SomeoneWasFaster):
    sentence = "{number} 已由{who}受理认领({claim})。如果来了另一位认领人,请勾选“另有人认领”一并登记,由督导裁定。"


class NobodyToCompeteWith(Refusal):
    sentence = "{number} 没有正在办理的认领,请按一般认领登记。"


class ReportIsNotForThis(Refusal):
    sentence = "失物登记 {report} 没有与 {number} 确认匹配,请先在匹配中确认,或不关联失物登记。"


class ConfirmedReportFirst(Refusal):
    sentence = "{number} 已与失物登记 {report} 确认匹配,请关联它;来人不是那位失主的,请先在匹配中选“不是”。"


class ClaimantNeeded(Refusal):
    sentence = "请填写认领人姓名和电话。"
    status = 400


# ---- documents ----------------------------------------------------------------------------
class DocumentIncomplete(Refusal):
    sentence = "请填写{whose}的证件类型、证件上的姓名和号码。"
    status = 400


class DocumentOfWork(Refusal):
    sentence = "{document}不能单独作为认领凭证。请{whose}出示身份证、护照等有效证件原件。"
    status = 400


class DocumentKindRefused(Refusal):
    sentence = "本处认领不接受“{document}”。可用证件:{allowed}。"
    status = 400


class DocumentNotOriginal(Refusal):
    sentence = "复印件、照片或截图不能用于认领。请{whose}出示{document}原件。"
    status = 400


class DocumentExpired(Refusal):
    sentence = "{whose}的{document}已于{on}过期,不能用于认领。请换一份有效证件。"
    status = 400


class DocumentNotYet(Refusal):
    sentence = "还没有登记证件。请先完成第 ② 步“核对证件与姓名”。"


# ---- the four paths -----------------------------------------------------------------------
class DelegateIncomplete(Refusal):
    sentence = "代领请填写代领人姓名、电话和与失主的关系。"
    status = 400


class AuthorisationMissing(Refusal):
    sentence = "代领须有失主签名的委托书,并填写委托书上的委托人姓名。没有委托书请失主本人到场。"
    status = 400


class OwnerNotCalled(Refusal):
    sentence = "代领须先致电失主核实,并记下致电时间和结果。"
    status = 400


class OwnerCalledInFuture(Refusal):
    sentence = "致电失主的时间还没有到,请核对。"
    status = 400


class NotADocument(Refusal):
    sentence = "“本人的证件”只用于认领证件。这件是{category},请改选其他认领方式。"
    status = 400


class NoNameOnDocument(Refusal):
    sentence = "{number} 没有登记证件上的姓名,无法核对。请先在拾物登记中补上“物品上的姓名”。"


class FaceNotCompared(Refusal):
    sentence = "请先比对本人与证件照片,一致后勾选。"
    status = 400


class NumberNotDictated(Refusal):
    sentence = "请本人背出证件号码,核对无误后勾选;不能让认领人先看证件。"
    status = 400


class DictatedNumberWrong(Refusal):
    sentence = "背出的号码与证件上的号码不符,不能发还。请再问一遍;仍不符请说明原因不予通过。"
    status = 400


class SecondSignNeeded(Refusal):
    sentence = "认领本人证件还须有第二凭据(如手机里的电子证照、同名银行卡),或由第二名工作人员核对。"
    status = 400


class GuardianIncomplete(Refusal):
    sentence = "未成年人认领请填写监护人姓名,并核对监护人证件。"
    status = 400


class GuardianshipUnproven(Refusal):
    sentence = "请核对户口簿上的监护关系,或由监护人写下监护声明。"
    status = 400


# ---- names --------------------------------------------------------------------------------
class NamesDiffer(Refusal):
    sentence = "姓名不一致:{differences},不能发还。{cure}"


class NothingToCorrect(Refusal):
    sentence = "“{name}”与原来写的一样,没有可更正的。"
    status = 400


class NotACorrectableName(Refusal):
    sentence = "这一栏不能按打字错误更正。"
    status = 400


class CertificateNumberNeeded(Refusal):
    sentence = "请填写公安证明的文号。"
    status = 400


class CertificateNotNeeded(Refusal):
    sentence = "{number} 没有因姓名受阻,不需要公安证明。"


# ---- the blind check ----------------------------------------------------------------------
class StatementEmpty(Refusal):
    sentence = "请写下认领人说的特征。"
    status = 400


class SaidBefore(Refusal):
    sentence = "“{text}”已经记过,同一项只算一次。请让认领人再说一项别的。"
    status = 400


class TooFewStatements(Refusal):
    sentence = "开启核对前须先记下认领人自己说的至少 {least} 项特征,现在只有 {count} 项。请再问,不要提示。"


class NotOpenedYet(Refusal):
    sentence = "还没有开启核对,请先完成第 ③ 步。"


class SaidByAnother(Refusal):
    sentence = "这一项是先前的{name}说的,不计入。请让现在的认领人自己说。"


class SaidAfterOpening(Refusal):
    sentence = "这一项是开启核对之后才说的,不计入盲核验,不用判。"


class StatementsUnjudged(Refusal):
    sentence = "还有 {count} 项特征没有判“符合”或“不符”。"


class TooFewAgree(Refusal):
    sentence = "至少要有 {least} 项特征符合才能通过,现在只有 {count} 项。请判不予通过并说明原因,或请督导裁定。"


# ---- approval and release -----------------------------------------------------------------
class ClaimEnded(Refusal):
    sentence = "{number} 已办结(“{state}”),不能再改。"


class ClaimIsBlocked(Refusal):
    sentence = "{number} 因姓名不一致受阻,请先更正、请失主本人到场,或由负责人认可公安证明。"


class ClaimIsEscalated(Refusal):
    sentence = "{number} 正等督导裁定,裁定前不能继续。"


class OriginNeeded(Refusal):
    sentence = "贵重物品认领须登记认领人的来源地或住址。"


class NotApprovedYet(Refusal):
    sentence = "{number} 还没有核验通过,不能发还。"


class SecondPersonNeeded(Refusal):
    sentence = "贵重物品发还须有第二名工作人员在场复核,请另一位同事输入工号和密码。"
    status = 400


class SecondPersonIsTheSame(Refusal):
    sentence = "复核人不能是经办人自己,请另一位同事复核。"
    status = 400


class NotCountedAgain(Refusal):
    sentence = "贵重物品发还前须当着认领人重新清点内装物和现金,清点后勾选。"
    status = 400


class PiecesNeeded(Refusal):
    sentence = "请填写领取件数。"
    status = 400


class DifferenceNeeded(Refusal):
    sentence = "有差异时请写明差在哪里。"
    status = 400


class SignatureNeeded(Refusal):
    sentence = "请认领人签字:在屏上签,或选“在纸上签”并在打印的下联上签。"
    status = 400


class FinanceSlipNeeded(Refusal):
    sentence = "{number} 已移交财务,发还须凭财务放行单,请填写放行单号。"
    status = 400


class AlreadyReleased(SomeoneWasFaster):
    sentence = "{number} 已由{who}于 {at} 发还({claim}),请不要再交出物品。"


# ---- competing claims ---------------------------------------------------------------------
class NotInDispute(Refusal):
    sentence = "{number} 不在待裁定之列。"


class DecisionIsTheSupervisors(Refusal):
    sentence = "争议认领由督导裁定,您可以补充材料,不能自行决定。"
    status = 403
