"""Accounts: the pages on which the system's administrator keeps them, and everybody's own settings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, LoginView, NameEmailSettingsPanel
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import DeleteView, IndexView, UserViewSet

from gongkai.agencies.backend import DOOR
from gongkai.agencies.models import Person
from gongkai.agencies.queries import posts_on
from gongkai.agencies.signing_in import address_of, blocked_until, left, lift
from gongkai.trail.chain import record

WARN_FROM = 2
"""From so many tries left on, people are told how many there are."""


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
        "last_tries": _(
            "账号或密码不对。再错 %(n)s 次，须等 %(minutes)s 分钟才能再试。忘记密码的，请联系系统管理员重设。"
        ),
        "no_post": _("您目前没有在任何机关任职，不能进入工作台。请联系本机关管理员设置岗位。"),
        "paused": _("密码错误次数过多，已暂停登录。请在 %(time)s 以后再试；忘记密码的，请联系系统管理员重设。"),
    }
    paused_until: datetime | None = None

    def confirm_login_allowed(self, user: Person) -> None:
        """Says at the door what is missing: somebody without a post sees nothing behind it."""
        super().confirm_login_allowed(user)
        if not user.has_perm(DOOR):
            raise ValidationError(self.error_messages["no_post"], code="no_post")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in (("username", _("账号")), ("password", _("密码"))):
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)

    def get_invalid_login_error(self) -> ValidationError:
        """What is said when the door stays shut; the same whether or not there is such an account."""
        username, address = self.cleaned_data.get("username", ""), address_of(self.request)
        self.paused_until = blocked_until(username, address)
        if self.paused_until is not None:
            time = f"{timezone.localtime(self.paused_until + timedelta(minutes=1)):%H:%M}"
            return ValidationError(self.error_messages["paused"], code="paused", params={"time": time})
        n = left(username, address)
        if settings.SIGN_IN_TRIES and n <= WARN_FROM:
            about = {"n": n, "minutes": settings.SIGN_IN_WAIT}
            return ValidationError(self.error_messages["last_tries"], code="last_tries", params=about)
        return super().get_invalid_login_error()


class SignInView(LoginView):
    """The page of the door; it says in its status too that somebody has to wait."""

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        """The form again, with 429 and Retry-After while nobody may try."""
        response = super().form_invalid(form)
        if form.paused_until is not None:
            response.status_code = 429
            response["Retry-After"] = str(int((form.paused_until - timezone.now()).total_seconds()) + 1)
        return response


class NoDelete(DeleteView):
    """Refuses: what a person did stays on record under their account. An account is closed instead."""

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Refuses."""
        raise PermissionDenied(_("账号不能删除，请改为停用（取消“启用”）。"))


class PeopleIndexView(IndexView):
    """The list of accounts, each with the posts that it holds: nobody has rights by Wagtail's groups."""

    def get_base_queryset(self) -> Any:
        """The accounts, with their posts of today."""
        held = posts_on(timezone.localdate()).select_related("agency")
        return super().get_base_queryset().prefetch_related(Prefetch("posts", held, "held"))

    @property
    def columns(self) -> list[Any]:
        """Wagtail's columns, with the posts in the place of its level of access."""
        posts = Column("posts", accessor=_posts_of, label=_("岗位"), width="30%")
        return [posts if column.name == "is_superuser" else column for column in super().columns]


def _posts_of(person: Any) -> str:
    if person.is_superuser:
        return gettext("系统管理员")
    words = [f"{post.agency.label} {post.get_role_display()}" for post in person.held]
    return pgettext("between items of a list", "、").join(words) or gettext("没有任职")


class PeopleViewSet(UserViewSet):
    """The pages on which accounts are kept."""

    index_view_class = PeopleIndexView
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
    """Puts a changed account on record; whoever was kept out by too many tries may try again."""
    with transaction.atomic():
        lift(person)
        record("agencies.change_account", by=request.user, target=person, data=_about(person))


def _about(person: Person) -> dict[str, Any]:
    return {
        "username": person.username,
        "name": str(person),
        "active": person.is_active,
        "superuser": person.is_superuser,
    }
