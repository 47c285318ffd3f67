"""The Django app of attachments."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Attachments."""

    name = "gongkai.files"
    verbose_name = "附件"
