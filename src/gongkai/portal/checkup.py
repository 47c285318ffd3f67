"""The check-up: one upload or pasted text is read, shown, and forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.annual.errors import ReadError
from gongkai.annual.model import Report

if TYPE_CHECKING:
    from django.http import QueryDict

ACCEPT = ".html,.htm,.mht,.mhtml,.docx,.xlsx,.xls,.ods,.pdf,.ofd,.txt,.md,.json"


class Refused(Exception):
    """The input cannot be checked; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came out of one input."""

    name: str
    reports: list[Report]


def check_input(post: QueryDict, upload: UploadedFile | None) -> Checked:
    """Read what was sent: the file where there is one, else the pasted tables, else the pasted text.

    Raises Refused where there is nothing to read, it is too large, or it cannot be read.
    """
    name, data = _content(post, upload)
    from gongkai.annual import read

    try:
        reports = read(data, name=name)
    except ReadError as error:
        raise Refused(error.message_en if get_language() == "en" else error.message) from error
    return Checked(name, reports)


def _content(post: QueryDict, upload: UploadedFile | None) -> tuple[str, bytes]:
    if upload is not None:
        if upload.size is not None and upload.size > settings.UPLOAD_BYTES:
            raise Refused(
                _("文件“%(name)s”有 %(size)s MB，超过 %(limit)s MB 的上限。请压缩其中的图片，或只留下报告本身再试。")
                % {"name": upload.name, "size": round(upload.size / 2**20, 1), "limit": settings.UPLOAD_BYTES // 2**20}
            )
        data = upload.read()
        if not data:
            raise Refused(_("文件“%(name)s”是空的。请重新选择文件。") % {"name": upload.name})
        return upload.name or "upload", data
    rich = post.get("html", "")
    text = post.get("text", "")
    if rich.strip() and text.strip():
        return _("粘贴的内容") + ".html", rich.encode()
    if text.strip():
        return _("粘贴的内容") + ".txt", text.encode()
    raise Refused(_("还没有选择文件，也没有粘贴文字。请选择一份年度报告，或把全文粘贴到文本框中。"))
