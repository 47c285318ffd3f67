"""Reads exports of other systems: what WordPress writes (WXR), and what CKAN answers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from gongkai.publishing.importing.model import Fault, SourceRow, Unreadable

_WP = "{http://wordpress.org/export/"
_WP_NAMES = ("post_id", "post_date", "post_type", "status", "post_password", "post_parent", "attachment_url")
_OPTIONS: dict[str, Any] = {
    "events": ("end",),
    "tag": "item",
    "resolve_entities": False,
    "no_network": True,
    "recover": True,
    "huge_tree": True,
}
_NO_CATEGORY = ("未分类", "uncategorized", "未分類")
_EMBED = re.compile(r"\[embed[^\[\]]{0,300}\]\s{0,9}(https?://[^\s\[\]]{1,500})\s{0,9}\[/embed\]", re.I)
_SHORTCODE = re.compile(
    r"\[/?(?:caption|gallery|audio|video|playlist|embed|contact-form-7|vc_[a-z_]{1,40}|et_pb_[a-z_]{1,40}|wp_caption|su_[a-z_]{1,40}"
    r"|[a-z][a-z0-9_-]{1,40}(?=\s[^\[\]]{0,500}=))(?:\s[^\[\]]{0,2000})?/?\]",
    re.I,
)
_WITH_BLOCKS = re.compile(r"<(?:p|div|section|article)\b", re.I)
_BLOCK = re.compile(r"\s*</?(?:h[1-6]|ul|ol|li|table|blockquote|figure|hr|pre|tbody|tr|td|th|thead|dl)\b", re.I)
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")


def wordpress_rows(path: Path) -> Iterator[SourceRow]:
    """The published posts and pages of a WordPress export, each with a remark on the files that it had."""
    files = _wordpress_files(path)
    for number, values, tags in _items(path):
        if values.get("post_type", "post") not in ("post", "page") or values.get("status", "publish") != "publish":
            continue
        yield _wordpress_row(values, tags, number, path, files.get(values.get("post_id", ""), []))


def _items(path: Path) -> Iterator[tuple[int, dict[str, Any], list[str]]]:
    from lxml import etree

    number = 0
    try:
        for _event, item in etree.iterparse(io.BytesIO(path.read_bytes()), **_OPTIONS):
            number += 1
            yield number, *_item(item)
            item.clear()
    except etree.XMLSyntaxError as error:
        words = _("“%(name)s”不是完整的 WordPress 导出文件：%(error)s。请重新导出。")
        raise Unreadable(words % {"name": path.name, "error": error}) from error


def _item(item: Any) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    tags: list[str] = []
    for child in item:
        if not isinstance(child.tag, str):
            continue
        name = child.tag.rpartition("}")[2]
        if child.tag.startswith(_WP) and name in _WP_NAMES:
            values[name] = (child.text or "").strip()
        elif name == "encoded":
            values["body" if "content" in child.tag else "excerpt"] = child.text or ""
        elif name == "category" and child.get("domain", "") == "post_tag":
            tags.append(child.text or "")
        elif name == "category" and (child.text or "").lower() not in _NO_CATEGORY:
            values.setdefault("栏目", child.text or "")
        elif name in ("title", "link", "pubDate"):
            values[name] = (child.text or "").strip()
    return values, tags


def _wordpress_files(path: Path) -> dict[str, list[str]]:
    """The addresses of the files of each post; pictures that stand in the text are left to the text."""
    found: dict[str, list[str]] = {}
    for _number, values, _tags in _items(path):
        if values.get("post_type") == "attachment" and (address := values.get("attachment_url")):
            found.setdefault(values.get("post_parent", ""), []).append(address)
    return found


def _wordpress_row(values: dict[str, Any], tags: list[str], number: int, path: Path, files: list[str]) -> SourceRow:
    fault = ""
    if values.pop("post_password", ""):
        fault = _("这篇文章在原网站设有密码，不是公开的，没有导入。可以公开的请先去掉密码再导出。")
    out = values.pop("post_date", "")
    values["published_at"] = values.get("pubDate", "") if not out or out.startswith("0000") else out
    values |= {"external_id": f"wordpress:{values.get('post_id') or values.get('link')}", "tags": tags}
    body, words = _without_shortcodes(values.get("body", ""))
    values["body"] = body
    remarks = [Fault("body", w, _("请核对正文，需要的内容请在工作台补上。")) for w in words]
    for address in files:
        remarks.append(_remote(address))
    return SourceRow(number, values, folder=str(path.parent), fault=fault, remarks=tuple(remarks))


def _remote(address: str) -> Fault:
    words = _("附件“%(name)s”在网上，没有下载。") % {"name": address[:120]}
    return Fault("files", words, _("请先下载到本地再导入，或者在工作台补上。"))


def _without_shortcodes(body: str) -> tuple[str, list[str]]:
    """The text as HTML: paragraphs where WordPress shows them, no shortcodes; and a remark on those taken out."""
    text = _EMBED.sub(r'<a href="\1">\1</a>', body)
    taken = sorted({code.strip("[]/").split()[0].lower() for code in _SHORTCODE.findall(text)})
    text = _paragraphs(_SHORTCODE.sub("", text))
    words = _("去掉了 WordPress 的短代码：%(codes)s。") % {"codes": "、".join(taken)[:200]}
    return text, [words] if taken else []


def _paragraphs(text: str) -> str:
    """What is parted by empty lines as paragraphs, as WordPress does with texts that have none."""
    if _WITH_BLOCKS.search(text):
        return text
    pieces = _EMPTY_LINES.split(text.replace("\r\n", "\n").strip())
    return "\n".join(
        piece if _BLOCK.match(piece) else f"<p>{piece.strip().replace(chr(10), '<br>')}</p>"
        for piece in pieces
        if piece
    )


def ckan_rows(packages: Iterable[tuple[int, dict[str, Any], str]], path: Path) -> Iterator[SourceRow]:
    """The packages of a CKAN export; those that are private, deleted or drafts are left out with the reason."""
    for number, package, fault in packages:
        values: dict[str, Any] = {k: v for k, v in package.items() if isinstance(v, str | int | float)}
        values |= {str(e.get("key")): e.get("value") for e in package.get("extras") or () if isinstance(e, dict)}
        resources = [r for r in package.get("resources") or () if isinstance(r, dict) and r.get("url")]
        local = [r for r in resources if _is_local(path, str(r["url"]))]
        notes = str(package.get("notes") or "")
        links = [f"{r.get('name') or r['url']}：{r['url']}" for r in resources if r not in local]
        organisation = package.get("organization")
        values |= {
            "body": "\n".join([notes, *links]).strip(),
            "external_id": str(package.get("id") or package.get("name") or ""),
            "published_at": package.get("metadata_created") or package.get("metadata_modified") or "",
            "tags": [
                t.get("display_name") or t.get("name") if isinstance(t, dict) else t for t in package.get("tags") or ()
            ],
            "agency": organisation.get("title", "") if isinstance(organisation, dict) else "",
        }
        if not fault and (package.get("private") is True or package.get("state", "active") != "active"):
            fault = _("这个数据集在原平台不是公开的（私有、已删除或草稿），没有导入。")
        files = tuple((str(path.parent / str(r["url"])), str(r.get("name") or "")) for r in local)
        yield SourceRow(number, values, files=files, folder=str(path.parent), fault=fault)


def _is_local(path: Path, address: str) -> bool:
    """Whether a resource is a file in the folder of the export; nothing outside of it is touched."""
    if "://" in address or "\0" in address:
        return False
    target = (path.parent / address).resolve()
    return target.is_relative_to(path.parent.resolve()) and target.is_file()
