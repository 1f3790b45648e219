"""The upload of an old ledger."""

from typing import Any

from django import forms
from django.utils import timezone

from servicedesk.forms.base import DeskForm, block, row

EARLIEST_YEAR = 1990


class OldBookForm(DeskForm):
    """A file, and the year of days that bear none."""

    file = forms.FileField(
        label="Excel 文件", help_text="旧账在第一张表里;表头不必和模板一样,认得的会自动对上", max_length=200,
        error_messages={"empty": "这个文件是空的,请重新选择。", "max_length": "文件名太长,请改短。"},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    year = forms.IntegerField(label="没写年份的日期算哪一年", help_text="只写“3月5日”的行用它;写了年份的不受影响")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        this_year = timezone.localdate().year
        year = self.fields["year"]
        year.initial, year.min_value, year.max_value = this_year, EARLIEST_YEAR, this_year
        year.widget.attrs |= {"min": EARLIEST_YEAR, "max": this_year}
        self.lay_out(block("旧账", "file", row(("year", 4))))

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if not EARLIEST_YEAR <= year <= timezone.localdate().year:
            raise forms.ValidationError(f"年份应在 {EARLIEST_YEAR} 到今年之间。")
        return year
