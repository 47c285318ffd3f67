"""Accounts: the pages on which the system's administrator keeps them, and everybody's own settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, NameEmailSettingsPanel
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import DeleteView, UserViewSet

from gongkai.agencies.models import Person
from gongkai.trail.chain import record


class OneName(forms.Form):
    """A Chinese name is one field: it is kept in `first_name`, and `last_name` stays empty."""

    first_name = forms.CharField(label=_("姓名"), max_length=150)
    last_name = forms.CharField(required=False, widget=forms.HiddenInput, label="")
    email = forms.EmailField(required=False, label=_("电子邮箱"))


class PersonCreationForm(OneName, UserCreationForm):
    """A new account."""

    first_name = OneName.declared_fields["first_name"]
    last_name = OneName.declared_fields["last_name"]
    email = OneName.declared_fields["email"]


class PersonEditForm(OneName, UserEditForm):
    """An account that is there."""

    first_name = OneName.declared_fields["first_name"]
    last_name = OneName.declared_fields["last_name"]
    email = OneName.declared_fields["email"]


class SignInForm(LoginForm):
    """The door. Wagtail's own form leaves a label in English and has no word for whoever forgot the password."""

    error_messages = {
        **LoginForm.error_messages,
        "invalid_login": _("账号或密码不对，请重新输入。忘记密码的，请联系系统管理员重设。"),
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in (("username", _("账号")), ("password", _("密码"))):
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)


class NoDelete(DeleteView):
    """Refuses: what a person did stays on record under their account. An account is closed instead."""

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Refuses."""
        raise PermissionDenied(_("账号不能删除，请改为停用（取消“启用”）。"))


class PeopleViewSet(UserViewSet):
    """The pages on which accounts are kept."""

    delete_view_class = NoDelete

    def get_form_class(self, for_update: bool = False) -> type[forms.Form]:
        """The form for a new account or one that is there."""
        return PersonEditForm if for_update else PersonCreationForm


class OwnAccountView(AccountView):
    """One's own settings, without the name: it stands in the record and is kept by the administrator."""

    def get_panels(self) -> list[Any]:
        """Wagtail's panels but the one for the name, and the one for a portrait, which is shown nowhere."""
        left_out = (NameEmailSettingsPanel, AvatarSettingsPanel)
        return [panel for panel in super().get_panels() if not isinstance(panel, left_out)]


@hooks.register("after_create_user")
def record_creation(request: HttpRequest, person: Person) -> None:
    """Puts a new account on record."""
    with transaction.atomic():
        record("agencies.open_account", by=request.user, target=person, data=_about(person))


@hooks.register("after_edit_user")
def record_edit(request: HttpRequest, person: Person) -> None:
    """Puts a changed account on record."""
    with transaction.atomic():
        record("agencies.change_account", by=request.user, target=person, data=_about(person))


def _about(person: Person) -> dict[str, Any]:
    return {
        "username": person.username,
        "name": str(person),
        "active": person.is_active,
        "superuser": person.is_superuser,
    }
