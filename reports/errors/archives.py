"""Why a month is not archived, and why a file of an archive is not handed out."""

from servicedesk.errors import Refusal


class MonthNotOver(Refusal):
    sentence = "{month}还没有结束,请在下月 1 日以后归档。"


class NothingInMonth(Refusal):
    sentence = "{month}没有任何记录,不用归档。请核对月份。"


class VersionNeedsReason(Refusal):
    sentence = "{month}已经归档到第 {version} 版。再做一版请写明原因。"
    status = 400


class FullNeedsReason(Refusal):
    sentence = "工作簿要完整号码时,请写明用途。"
    status = 400


class ChangedWhileArchiving(Refusal):
    sentence = "归档的时候一直有人在修改{month}的记录(如 {number}),没有做成。请等大家改完再归档。"


class FileGone(Refusal):
    sentence = "这份文件已不在(个人信息到期清除时一并删除,或存放的文件夹被动过)。需要时请重新归档。"
    status = 410


class FileDamaged(Refusal):
    sentence = "{name} 的内容与清单的校验值不符,没有给出。请告诉系统管理员运行 manage.py verify。"


class NoSuchMonth(Refusal):
    sentence = "月份请写成 2026-10。"
    status = 400


class NotAnArchive(Refusal):
    sentence = "{path} 里没有归档清单(…清单.json)。请给出归档的文件夹。"
    status = 400


class PaperLost(Refusal):
    sentence = "有表单画好后没能存下或读出(磁盘可能满了)。请系统管理员腾出空间,再归档一次。"


class AlreadyArchived(Refusal):
    sentence = "{month}第 {version} 版刚刚已由别人归档,请刷新后再看。"


class BeingArchived(Refusal):
    sentence = "{month}正在归档,请等它做完再看。"
