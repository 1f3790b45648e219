"""Refusals: one class per reason, each with the Chinese sentence that the clerk reads."""

from typing import Any


class Refusal(Exception):
    """A rule says no. `sentence` is shown to the clerk; subclasses give its wording.

    The sentence may hold `{named}` places, filled from the keyword arguments.
    `status` is the HTTP status when no form is there to carry the sentence.
    """

    sentence = "这一步现在不能做。"
    status = 409

    def __init__(self, sentence: str | None = None, **facts: Any) -> None:
        self.facts = facts
        self.sentence = (sentence or type(self).sentence).format(**facts)
        super().__init__(self.sentence)


class SomeoneWasFaster(Refusal):
    sentence = "{number} 刚刚已由{who}改为“{state}”,请刷新后再看。"


class NotPossibleNow(Refusal):
    sentence = "{number} 现在是“{state}”,不能改为“{wanted}”。"


class EditedMeanwhile(Refusal):
    sentence = "{who}在您填写时修改了 {number}。您填写的内容还在,请对照后再保存一次。"


class MonthClosed(Refusal):
    """Shown with a field for the reason: typed there, the same change goes through."""

    sentence = "{month}已经封账,{number} 不能直接修改。确要更正,请写明更正原因再保存;更正会列在下一版归档里。"


class ReasonNeeded(Refusal):
    sentence = "请写明原因。"
    status = 400


class NotAllowed(Refusal):
    sentence = "您的岗位没有“{right}”的权限,请找{whom}办理。"
    status = 403


class AlreadySent(Refusal):
    """The same form arrived twice; the first one made the record."""

    sentence = "这份表刚才已经保存,没有重复登记。"


class BadPhoto(Refusal):
    sentence = "“{name}”不是能读取的照片,请换一张 JPG、PNG 或 HEIC。"
    status = 400


class PhotoTooLarge(Refusal):
    sentence = "照片“{name}”太大(最多 {limit} MB),请缩小后再传。"
    status = 400


class PhotoTooManyPixels(Refusal):
    sentence = "照片“{name}”的尺寸太大(最多 5000 万像素),请缩小后再传。"
    status = 400


class WrongPassword(Refusal):
    sentence = "工号或密码不对,还可以试 {left} 次。"
    status = 400


class TooManyAttempts(Refusal):
    sentence = "密码错误次数过多,请 {minutes} 分钟后再试,或请经理、系统管理员解锁。"
    status = 429


class OldPasswordWrong(Refusal):
    sentence = "原密码不对,还可以试 {left} 次。"
    status = 400


class NotThisPassword(Refusal):
    sentence = "新密码不能与原密码相同,请换一个。"
    status = 400


class AlreadyThere(Refusal):
    sentence = "{label}已经有了,请换一个。"
    status = 400


class SerialMarkInUse(Refusal):
    sentence = "{point}已经用编号标记“{mark}”编过号,不能再改,否则旧编号对不上。"


class LastServicePoint(Refusal):
    sentence = "至少要留一个在用的服务点。请先开通另一个,再停用这个。"


class NotThisPerson(Refusal):
    sentence = "{name} 是系统管理员,只能由系统管理员修改。"
    status = 403


class NotThisRole(Refusal):
    sentence = "您不能授予或收回岗位“{role}”,请系统管理员办理。"
    status = 403


class NotOneself(Refusal):
    sentence = "不能修改自己的{act},请另一位经理或系统管理员办理。"
    status = 403


class AdministratorStandsAlone(Refusal):
    sentence = "系统管理员不看游客资料,不能兼任其他岗位。请另建一个工号。"
    status = 400


class LastOfTheirRole(Refusal):
    sentence = "{name} 是最后一位{role},请先给别人这个岗位。"


class AccountClosed(Refusal):
    sentence = "{name} 已停用,请先恢复在职。"


class NotInRange(Refusal):
    sentence = "“{label}”{rule}。"
    status = 400


class NothingToPurge(Refusal):
    sentence = "现在没有到期的个人信息,不用清除。"


class CountChanged(Refusal):
    sentence = "您填的是 {shown} 条,现在到期的是 {due} 条。请核对上面的清单,再填一次。"


class GlyphMissing(Refusal):
    sentence = "字符“{characters}”没有可用的字体,打印会缺字。请改用其他写法,或请系统管理员安装字体。"
    status = 400


class WrongSecondPerson(Refusal):
    sentence = "工号或密码不对,第二人确认没有成功。请本人重新输入。"
    status = 400


class SamePerson(Refusal):
    sentence = "{name} 不能同时担任两个角色,请换另一位同事确认。"
    status = 400


class SignatureMissing(Refusal):
    sentence = "{role}还没有签字。请在屏上签名,或选择“在纸上签”。"
    status = 400


class BadSignature(Refusal):
    sentence = "签名没有传到,请重签一次。"
    status = 400


class BackupRefused(Refusal):
    """A backup cannot be made or put back; nothing was changed."""


class BackupExists(BackupRefused):
    sentence = "文件 {path} 已经存在,请换一个文件名。"


class BackupUnreadable(BackupRefused):
    sentence = "{path} 不是本系统的备份文件。"


class BackupDamaged(BackupRefused):
    sentence = "备份中的 {name} 已损坏(校验和不符),没有恢复任何内容。请换一份备份。"


class BackupOfOtherDatabase(BackupRefused):
    sentence = "这份备份来自 {theirs},当前配置的是 {ours}。请先把 DATABASE_URL 改为同一种数据库。"


class BackupFromNewerProgram(BackupRefused):
    sentence = "这份备份由更新版本的程序制作({migration}),请先升级程序再恢复。"


class BackupKeysDiffer(BackupRefused):
    sentence = "环境变量 {names} 与备份中的密钥不同,恢复后电话和证件号将无法读取。请改用备份时的密钥。"


class PlaceNotEmpty(BackupRefused):
    sentence = "这里已有数据({what})。确认要替换时,请加 --force。"


class DatabaseToolFailed(BackupRefused):
    sentence = "{tool} 没有完成:{reason}"


class PaperDoesNotFit(Refusal):
    sentence = "{number} 不用《{title}》,请在它的记录页选择单据。"
    status = 400


class TooManyPapers(Refusal):
    sentence = "一次最多打印 {limit} 份,请少选一些再打印。"
    status = 400


class PersonalDataInText(Refusal):
    sentence = "对外通知里不能有电话或证件号“{found}”。请改写成编号,需要的人到系统里看。"
    status = 400


class ChannelAddressWrong(Refusal):
    sentence = "{kind}的地址应是{rule},请从{kind}后台复制完整地址。"
    status = 400


class DeliveryGone(Refusal):
    sentence = "这条通知已经发出或正在排队,不用重发。"


class WrongOwnSecret(Refusal):
    sentence = "密码或 PIN 不对,还可以试 {left} 次。请本人重新输入。"
    status = 400


class PinTooSimple(Refusal):
    sentence = "PIN 要 {length} 位数字,不能是同一个数、顺序数或工号,请换一个。"
    status = 400


class TooManyPosts(Refusal):
    """A visitor reads it, so it stands in two languages."""

    sentence = "提交得太多了,请 {minutes} 分钟后再试,或到服务台办理。"
    sentence_en = "Too many submissions. Please try again in {minutes} minutes, or come to the service desk."
    status = 429


class NoVisitorAddress(Refusal):
    sentence = "还没有填写游客访问网址,印出来的二维码打不开。请经理先在“参数”的“游客扫码”中填写。"


class ResultGone(Refusal):
    sentence = "这个结果已经清理,请重新生成。"
    status = 410


class NotFailed(Refusal):
    sentence = "“{title}”没有出错,不用重做。"
