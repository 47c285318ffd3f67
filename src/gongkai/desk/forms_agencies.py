"""The forms about agencies and people: each offers only the agencies and people of whoever fills it in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from gongkai.agencies.importing.values import RESERVED_SLUGS, several
from gongkai.agencies.models import Agency, Duty, Person, Role
from gongkai.agencies.queries import people_called

NONE = Agency.objects.none
MOST_NAMESAKES = 10


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A field for a day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def tell(form: forms.BaseForm, error: ValidationError) -> None:
    """Puts what an action refused beside the fields that it is about."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


class OfficeForm(forms.ModelForm):
    """The details of an agency's disclosure office."""

    class Meta:
        model = Agency
        fields = [
            "office_name",
            "office_address",
            "office_postcode",
            "office_hours",
            "office_phone",
            "office_fax",
            "office_email",
        ]


class AppointForm(forms.Form):
    """A person and the role that they are given; an account that is not there yet is opened with a name."""

    username = forms.CharField(label=_("账号或姓名"), max_length=150)
    role = forms.ChoiceField(label=_("岗位"), choices=Role.choices)
    since = day_field(_("任职日期"), required=False)
    name = forms.CharField(label=_("姓名（只在新开账号时填写）"), max_length=150, required=False)

    def clean(self) -> dict[str, Any]:
        """Finds the person: by account, or by name where only one bears it; None where an account is to be opened."""
        data: dict[str, Any] = super().clean()
        data["person"] = None
        if "username" not in data:
            return data
        found = list(people_called(data["username"])[:MOST_NAMESAKES])
        if len(found) > 1:
            accounts = pgettext("between items of a list", "、").join(person.username for person in found)
            words = _("有几位“%(name)s”，请填写账号：%(accounts)s")
            self.add_error("username", words % {"name": data["username"], "accounts": accounts})
        elif found:
            data["person"] = found[0]
        elif not data["name"].strip():
            self.add_error("username", _("没有这个账号或姓名。请核对；要新开账号的，再填写姓名。"))
        return data


class EndPostForm(forms.Form):
    """The day from which a post is no longer held; today where none is given."""

    on = day_field(_("离任日期"), required=False)


class StaffForm(forms.Form):
    """How many people did the work in a year."""

    year = forms.IntegerField(label=_("年度"), min_value=2008, max_value=2100)
    full_time = forms.IntegerField(label=_("专职人员"), min_value=0, max_value=100_000)
    part_time = forms.IntegerField(label=_("兼职人员"), min_value=0, max_value=100_000)


class NamesField(forms.CharField):
    """Several names, separated by semicolons."""

    def prepare_value(self, value: Any) -> Any:
        """The names as they are typed."""
        return "；".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The list of names."""
        return value if isinstance(value, list) else several(value or "")


class DetailsForm(forms.ModelForm):
    """What was entered about an agency."""

    other_names = NamesField(
        label=_("其他名称"),
        required=False,
        help_text=_("文件中出现过的其他写法，用分号隔开"),
        validators=[MaxLengthValidator(30)],
    )

    class Meta:
        model = Agency
        fields = ["short_name", "other_names", "code", "org_code", "site_id_code", "kind", "level", "founded", "order"]
        widgets = {"founded": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("kind", "level"):
            self.fields[name].choices = [("", _("请选择")), *self.fields[name].choices[1:]]


class FoundForm(DetailsForm):
    """A new agency."""

    parent = forms.ModelChoiceField(NONE(), label=_("上级机关"), required=False, empty_label=_("没有上级机关"))
    field_order = ["parent", "name", "short_name", "code", "kind", "level", "slug"]

    class Meta(DetailsForm.Meta):
        fields = ["parent", "name", "slug", *DetailsForm.Meta.fields]

    def __init__(self, *args: Any, places: QuerySet[Agency], top: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].queryset = places
        self.fields["parent"].required = not top
        if not top:
            self.fields["parent"].empty_label = _("请选择上级机关")
        self.fields["slug"].help_text = _("小写字母、数字和连字符，出现在网址中，以后不能修改")

    def clean_slug(self) -> str:
        """A word that means nothing else in addresses."""
        slug: str = self.cleaned_data["slug"].lower()
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError(_("“%(slug)s”已有其他用途，请换一个。") % {"slug": slug})
        return slug


class RenameForm(forms.Form):
    """A new name from a day on."""

    name = forms.CharField(label=_("新名称"), max_length=120)
    short_name = forms.CharField(label=_("新简称"), max_length=60, required=False)
    on = day_field(_("更名日期"), initial=timezone.localdate)
    mistake = forms.BooleanField(
        label=_("原名称录入有误，只作更正"),
        required=False,
        help_text=_("不留下曾用名称；填回上一个名称的，撤回那次更名。简称在“修改基本情况”中改。"),
    )
    reason = forms.CharField(label=_("更正的理由"), max_length=300, required=False, help_text=_("只作更正的须填写。"))


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class MoveForm(forms.Form):
    """The agency above."""

    parent = forms.ModelChoiceField(NONE(), label=_("上级机关"), empty_label=_("请选择上级机关"))

    def __init__(self, *args: Any, places: QuerySet[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].queryset = places


class AbolishForm(forms.Form):
    """Who goes on with the functions, from when."""

    successor = forms.ModelChoiceField(
        NONE(),
        label=_("职能承接机关"),
        empty_label=_("请选择承接机关"),
        help_text=_("没有机关承接职能的，选择作出撤销决定的人民政府。"),
    )
    on = day_field(_("撤销日期"), initial=timezone.localdate)

    def __init__(self, *args: Any, places: QuerySet[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["successor"].queryset = places


class MergeForm(forms.Form):
    """Which agencies become part of this one."""

    agencies = forms.ModelMultipleChoiceField(
        NONE(),
        label=_("并入的机关"),
        widget=forms.CheckboxSelectMultiple,
    )
    on = day_field(_("合并日期"), initial=timezone.localdate)

    def __init__(self, *args: Any, places: QuerySet[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agencies"].queryset = places


class AbsenceForm(forms.Form):
    """Who stands in, from when until the day of return."""

    deputy = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("代理人"),
        empty_label=_("请选择代理人"),
        help_text=_("在本机关或者上级机关任职的人员。"),
    )
    since = day_field(_("离岗日期"), initial=timezone.localdate)
    until = day_field(_("返岗日期"), help_text=_("当日起由本人履职，代理人不再有该岗位的权限。"))
    reason = forms.CharField(label=_("事由"), max_length=120, required=False)

    def __init__(self, *args: Any, people: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["deputy"].queryset = people
        self.fields["deputy"].label_from_instance = lambda person: f"{person}（{person.username}）"


class MemberForm(forms.Form):
    """A member of the leading group; one left without a name is left out."""

    duty = forms.ChoiceField(label=_("组内职务"), choices=Duty.choices, initial=Duty.MEMBER)
    name = forms.CharField(label=_("姓名"), max_length=60, required=False)
    title = forms.CharField(label=_("职务"), max_length=120, required=False)


MemberFormSet = forms.formset_factory(MemberForm, extra=3, max_num=60, absolute_max=80)


class TableForm(forms.Form):
    """A table to import."""

    file = forms.FileField(label=_("文件"), allow_empty_file=True)
