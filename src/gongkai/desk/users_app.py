"""Wagtail's app of accounts, with our forms."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """Accounts of staff: one field for the name, none is ever deleted."""

    user_viewset = "gongkai.desk.accounts.PeopleViewSet"
