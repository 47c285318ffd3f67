"""Fingerprints of content: which version was reviewed, and whether two items say the same."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from html import unescape
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from gongkai.files.models import Attachment
from gongkai.publishing.models import CONTENT_FIELDS, Publication

_PICTURES = re.compile(r'<img\b[^<>]*?\ssrc="/files/([0-9]{1,12})/"')
"""A kept picture in clean HTML, where no text and no other attribute can hold a tag or a quotation mark."""
_WORDS = re.compile(r"[^\W_]+")
_TAGS = re.compile(r"<[^<>]*>")
_USUAL = re.compile(
    "[\t-\r -~\u2010-\u2016\u2018-\u201f\u2025-\u2027\u3000-\u3007\u3009-\u3029\u4e00-\u9fff\uff01-\uff5e]*+"
)
"""Characters that are a letter or a digit before they are normalised if and only if they are one afterwards."""


def attachments_of(publication: Publication) -> list[int]:
    """Ids of all files of a publication: those listed, then the pictures in its text."""
    listed = [row["attachment"] for row in publication.files]
    return list(dict.fromkeys([*listed, *pictures_in(publication.body)]))


def pictures_in(body: str) -> list[int]:
    """Ids of the kept pictures that clean HTML shows."""
    return [int(id) for id in _PICTURES.findall(body)]


def fingerprint(publication: Publication) -> str:
    """SM3 over the whole content and the bytes of its files, as far as the files' own fingerprints tell."""
    content: dict[str, Any] = {name: getattr(publication, name) for name in CONTENT_FIELDS}
    ids = attachments_of(publication)
    content["bytes"] = sorted(Attachment.objects.filter(pk__in=ids).values_list("sm3", flat=True))
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new("sm3", text.encode()).hexdigest()


def same_text(title: str, body: str) -> str:
    """SHA-256 over title and text without tags, blanks, signs and width: equal where two items say the same."""
    text = f"{title}\n{unescape(_TAGS.sub('', body))}"
    if _USUAL.fullmatch(text):
        plainly = unicodedata.normalize("NFKC", "".join(_WORDS.findall(text))).lower()
    else:
        plainly = "".join(_WORDS.findall(unicodedata.normalize("NFKC", text).lower()))
    return hashlib.sha256(plainly.encode()).hexdigest()
