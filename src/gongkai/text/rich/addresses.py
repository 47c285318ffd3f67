"""Judges the addresses of links and pictures: what may stay, and without the parameters that follow readers."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

MAX_PASTED = 5 * 1024 * 1024
"""A pasted picture of more bytes has to be uploaded as a file."""

_KEY = re.compile(r"#pasted-[0-9]{1,4}\Z")
_CONTROL = re.compile(r"[\x00-\x20\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*):")
_SCHEMES = frozenset(("http", "https", "mailto", "tel"))
_TRACKING = re.compile(
    r"(?:utm_\w+|spm|scm|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|_hs\w+|igshid|nsukey|isappinstalled"
    r"|share_token|share_source|share_medium|vd_source|wfr|bd_vid|from_source|hmsr|hmpl|hmcu|hmkw|hmci)\Z",
    re.I,
)
_SHARED_FROM = frozenset(("singlemessage", "timeline", "groupmessage"))
_DATA = re.compile(r"data:image/(png|jpe?g|gif|webp);base64,(.*)\Z", re.I | re.S)
_MAGIC = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "webp": (b"RIFF",),
}


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may stay ("" if it may not) and whether tracking was taken from it."""

    url: str
    tracked: bool = False


def link(href: str, ids: Collection[str] = ()) -> Address:
    """The address of a link. Relative ones stay; one that points into the page stays if its target is among `ids`."""
    bare = _CONTROL.sub("", href)
    if bare.startswith("#"):
        return Address(bare if bare[1:] in ids else "")
    scheme = _SCHEME.match(bare)
    if (scheme and scheme[1].lower() not in _SCHEMES) or bare.startswith(("\\", "/\\")) or not bare:
        return Address("")
    return _without_tracking(_quoted(bare))


def picture(src: str, allowed: Collection[str] | None) -> Address | str:
    """The address of a picture, or the id of the note that says why it goes.

    `allowed` are the beginnings of addresses that pictures may come from; None allows this site and any http(s) one.
    """
    bare = _CONTROL.sub("", src)
    if _KEY.match(bare):
        return Address(bare)
    scheme = _SCHEME.match(bare)
    if not bare or bare.startswith(("#", "\\", "/\\")) or (scheme and scheme[1].lower() not in ("http", "https")):
        return "lost_picture"
    foreign = bool(scheme) or bare.startswith("//")
    if foreign and allowed is not None and not any(bare.startswith(start) for start in allowed):
        return "foreign_picture"
    return Address(_quoted(bare))


def pasted(src: str) -> tuple[str, bytes] | None:
    """The type and bytes of a picture inside a data: address; None if it is none, too large or not what it says."""
    found = _DATA.match(src.strip())
    if not found or len(found[2]) > MAX_PASTED * 4 // 3 + 100:
        return None
    type = found[1].lower().replace("jpg", "jpeg")
    try:
        data = base64.b64decode(re.sub(r"\s+|%0[ad]", "", found[2], flags=re.I), validate=True)
    except (binascii.Error, ValueError):
        return None
    return (type, data) if data.startswith(_MAGIC[type]) and len(data) <= MAX_PASTED else None


def _quoted(url: str) -> str:
    """Quotes what must not stand in an address; leaves Chinese as it is, and what is quoted already."""
    return re.sub(r"[\"<>`{}|\\^]", lambda found: quote(found[0]), url)


def _without_tracking(url: str) -> Address:
    if "?" not in url:
        return Address(url)
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        return Address("")
    kept = [(name, value) for name, value in pairs if not _is_tracking(name, value)]
    if len(kept) == len(pairs):
        return Address(url)
    return Address(urlunsplit(parts._replace(query=urlencode(kept))), tracked=True)


def _is_tracking(name: str, value: str) -> bool:
    return bool(_TRACKING.match(name)) or (name == "from" and value in _SHARED_FROM)
