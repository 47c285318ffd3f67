"""Finds home addresses down to the door; villages, communities and the addresses of offices may stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.text.personal import find_home_addresses
from gongkai.text.scan.view import Found, View

_LABELS = (
    "家庭住址",
    "家庭地址",
    "户籍地址",
    "户籍所在地",
    "户籍地",
    "现住址",
    "住址",
    "居住地址",
    "居住地",
    "现居住",
    "现住",
    "家住",
    "住所",
    "住在",
)
_LABELLED = re.compile(
    rf"(?:{'|'.join(_LABELS)})(?:地址|地)?[:为是于在 \t|]{{0,3}}(?P<address>[\u4e00-\u9fffA-Za-z0-9#\-()]{{4,60}})"
)
_DOOR = re.compile(
    r"[0-9一二三四五六七八九十]{1,5}[A-Za-z]?(?:号|室|户|栋|幢|单元|楼|#)|[0-9]{1,3}-[0-9]{1,3}-[0-9]{1,4}"
)
_BODY = re.compile(
    r"有限|公司|企业|工厂|商行|商店|经营部|合作社|事务所|人民政府|委员会|办公室|[局厅院校厂店]|中心|大厅|法定代表人|统一社会信用代码|营业执照"
)
_DWELLING_END = re.compile("[0-9](?:室|户|号房)")
_OWN = ("家庭住址", "家庭地址", "户籍", "家住", "现住", "现居住")


def addresses(view: View) -> Iterator[Found]:
    """Every home address with a door number that a label or a name beside it gives away."""
    plain = view.plain
    for found in view.matches(_LABELLED, _LABELS):
        doors = [door.end() for door in _DOOR.finditer(found["address"])]
        line = plain[slice(*view.line(found.start()))]
        if doors and (found[0].startswith(_OWN) or not _BODY.search(line)):
            start = found.start("address")
            yield Found("address", start, start + doors[-1])
    if _DWELLING_END.search(plain):
        for datum in find_home_addresses(view.text):
            yield Found("address", datum.start, datum.end)
