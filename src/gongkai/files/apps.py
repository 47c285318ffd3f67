"""The Django app of attachments."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """Attachments."""

    name = "gongkai.files"
    verbose_name = _("附件")
