"""The forms of the staff side: each offers only the agencies of the person who fills it in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.files.checks import TYPES
from gongkai.reporting.models import FORM_LABELS, Status

SUFFIXES = ("html", "htm", "mht", "docx", "xlsx", "xls", "ods", "pdf", "ofd", "txt", "md", "json")
assert set(TYPES) <= {*SUFFIXES}


class ReportFilter(forms.Form):
    """What a list of reports may be narrowed by."""

    q = forms.CharField(label=_("关键词"), required=False, max_length=60)
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("机关"), required=False, empty_label=_("全部机关"))
    year = forms.TypedChoiceField(label=_("年度"), required=False, coerce=int, empty_value=None)
    form = forms.ChoiceField(label=_("格式"), required=False)
    status = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部状态")), *Status.choices])
    faulty = forms.BooleanField(label=_("只看有错误的"), required=False)

    def __init__(self, *args: Any, agencies: QuerySet[Agency], years: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].queryset = agencies
        self.fields["year"].choices = [("", _("全部年度")), *((y, y) for y in years)]
        self.fields["form"].choices = [("", _("全部格式")), *FORM_LABELS.items()]


class ImportForm(forms.Form):
    """Files to take into the library."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("机关"),
        required=False,
        empty_label=_("按文件中写明的机关"),
        help_text=_("一般不必选择：机关名称从文件中读取，读不出时再请您选择。"),
    )
    replace_drafts = forms.BooleanField(
        label=_("替换库中待确认的同年度报告"),
        required=False,
        help_text=_("已确认、已公布或有人工更正的报告不会被替换。"),
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].queryset = agencies


class ChooseForm(forms.Form):
    """What a person decides about a file that could not be taken in by itself."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("机关"), required=False, empty_label=_("请选择机关"))
    year = forms.IntegerField(label=_("年度"), required=False, min_value=2000, max_value=2100)
    replace = forms.BooleanField(label=_("替换库中原有的"), required=False)

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].queryset = agencies
