"""Web pages saved in one file (.mht, .mhtml): the page is one part of a mail message."""

from __future__ import annotations

import binascii
import email
import email.policy
from email.message import Message

from gongkai.annual.errors import DamagedFile
from gongkai.annual.extract.webpage import read_html
from gongkai.annual.model import Document

_MAX_PARTS = 2_000


def read_mhtml(data: bytes) -> Document:
    """The document in the largest HTML part; raises `DamagedFile` where there is none."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = [part for _, part in zip(range(_MAX_PARTS), message.walk(), strict=False)]
    except (ValueError, LookupError, RecursionError, TypeError) as error:
        raise DamagedFile("MHTML") from error
    pages = [page for part in parts if part.get_content_type() == "text/html" for page in [_content(part)] if page]
    if not pages:
        raise DamagedFile("MHTML")
    page, charset = max(pages, key=lambda found: len(found[0]))
    return read_html(page, charset)


def _content(part: Message) -> tuple[bytes, str | None] | None:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, binascii.Error, AssertionError):
        return None
    return (content, part.get_content_charset()) if isinstance(content, bytes) and content else None
