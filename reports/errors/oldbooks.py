"""Why an old ledger is not taken over."""

from servicedesk.errors import Refusal


class NotAWorkbook(Refusal):
    sentence = "这不是 Excel 工作簿(.xlsx)。请在 Excel 或 WPS 里打开它,另存为“.xlsx”(不加密码)再上传。"
    status = 400


class FileTooLarge(Refusal):
    sentence = "文件超过 {most} MB。请分成几个文件,分次导入。"
    status = 400


class Overblown(Refusal):
    sentence = "这个工作簿展开后太大,没有打开。请把旧账复制到新的工作簿里,只留文字再上传。"
    status = 400


class BrokenWorkbook(Refusal):
    sentence = "这个工作簿读不出来(可能已损坏)。请在 Excel 或 WPS 里打开它,另存一份再上传。"
    status = 400


class NoHeads(Refusal):
    sentence = "没有找到表头:前 {rows} 行里没有“{titles}”。请下载模板,对照着改表头再上传。"
    status = 400


class HeadMissing(Refusal):
    sentence = "表里没有必填的列:{titles}。请对照模板补上再上传。"
    status = 400


class HeadTwice(Refusal):
    sentence = "有两列都是“{title}”。请删去或改名其中一列再上传。"
    status = 400


class NoRows(Refusal):
    sentence = "表头下面没有内容。请核对工作簿的第一张表。"
    status = 400


class TooManyOldRows(Refusal):
    sentence = "超过一次最多 {most} 行。请分成几个文件,或请经理在参数中调高。"
    status = 400


class SameFile(Refusal):
    sentence = "同一份文件已作为 {number} 导入过,没有再收。要重新导入,请先撤销 {number}。"


class StillWrong(Refusal):
    sentence = "还有 {bad} 行有错,一行也没有导入。请下载错误表,改好后重新上传。"


class UploadGone(Refusal):
    sentence = "上传的文件已不在(过期删除,或从备份恢复)。请重新上传。"
    status = 410


class RowsChanged(Refusal):
    sentence = "{number} 导入后又有改动或已被别的记录用到,整批不能撤销。请逐份更正或作废。"


class MonthClosedMeanwhile(Refusal):
    sentence = "{month}在导入的时候封账了,其中有这批记录,一行也没有导入。请去掉这个月的行,重新上传。"


class MonthWasClosed(Refusal):
    sentence = "{month}已经封账,其中有这批记录,整批不能撤销。请逐份更正。"
