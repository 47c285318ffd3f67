"""Makes text for other channels: HTML to paste into the WeChat editor, plain text within Weibo's limits."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from html import escape

from gongkai.text.rich import cleaning, gate, office, reading, writer
from gongkai.text.rich.model import Block, Paragraph, Run


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel takes, as it counts. `verify` says that these change: check them with the channel."""

    wechat: int = 20_000
    wechat_title: int = 64
    wechat_digest: int = 120
    weibo: int = 2_000
    weibo_short: int = 140
    verify: str = "以平台现行规定为准，发布前请核对。"


LIMITS = Limits()
_ADDRESS = re.compile(r"https?://[!-~]+")
_STYLES = {
    "p": "margin:0 0 1em;line-height:1.75;font-size:16px",
    "h2": "margin:1.5em 0 .75em;font-size:20px;font-weight:bold;line-height:1.5",
    "h3": "margin:1.25em 0 .5em;font-size:18px;font-weight:bold;line-height:1.5",
    "h4": "margin:1em 0 .5em;font-size:16px;font-weight:bold;line-height:1.5",
    "table": "width:100%;border-collapse:collapse;font-size:14px;margin:0 0 1em",
    "td": "border:1px solid #999;padding:4px 6px",
    "th": "border:1px solid #999;padding:4px 6px",
    "blockquote": "margin:0 0 1em;padding-left:1em;border-left:3px solid #ccc",
}


@dataclass(frozen=True, slots=True)
class ForWechat:
    """HTML for the editor, the pictures that have to be uploaded there by hand, and whether the end was cut off."""

    html: str
    images: tuple[str, ...]
    cut: bool
    length: int


@dataclass(frozen=True, slots=True)
class ForWeibo:
    """The long and the short form, both with the link back."""

    long: str
    short: str


def for_wechat(html: str, *, link: str, max_chars: int = LIMITS.wechat) -> ForWechat:
    """HTML with its styles inline, for pasting into the WeChat editor.

    That editor takes no links to other sites: links become words, the way back stands at the end as text
    (原文链接). A picture is a mark in the text and listed by its address. Blocks beyond `max_chars` are left out.
    """
    images: list[str] = []
    blocks = cleaning.blocks_of(html)
    for block in office.walk(blocks):
        if isinstance(block, Paragraph):
            block.runs = [_unlinked(run, images) for run in block.runs]
    end = f"原文链接：{link}"
    kept, cut = _within(blocks, max_chars - len(end))
    words = "（未完，全文请见原文链接。）" if cut else ""
    if words:
        kept.append(Paragraph([Run(words)]))
    made = writer.write(kept)
    back = f'<p style="font-size:14px;color:#666">{escape(end)}</p>'
    return ForWechat(_styled(made) + back, tuple(images), cut, len(reading.plain(made)) + len(end))


def for_weibo(
    title: str,
    text: str,
    *,
    link: str,
    digest: str = "",
    limit: int = LIMITS.weibo,
    short: int = LIMITS.weibo_short,
) -> ForWeibo:
    """Plain text as 【title】text link, cut at the end of a sentence so that all of it is within the limits.

    The short form says the digest where there is one.
    """
    return ForWeibo(_post(title, text, link, limit), _post(title, digest or text, link, short))


def weibo_length(text: str) -> int:
    """How long Weibo says a text is: a letter or sign of the keyboard counts half, an address 10, all else 1."""
    links = _ADDRESS.findall(text)
    rest = _ADDRESS.sub("", text)
    return 10 * len(links) + math.ceil(sum(1 if ord(char) > 127 else 0.5 for char in rest))


def _post(title: str, text: str, link: str, limit: int) -> str:
    back = f" {link}" if link else ""
    room = limit - weibo_length(back)
    if room < 10:
        raise ValueError(f"字数上限 {limit} 容不下链接，请提高上限或使用更短的链接。")
    head = f"【{_fitting(title, room - 2)}】" if title else ""
    left = room - weibo_length(head)
    body = _fitting(" ".join(text.split()), left) if left >= 10 else ""
    return head + body + back


def _fitting(text: str, room: int) -> str:
    """The text, cut at the end of a sentence or word where it is longer than the room."""
    if weibo_length(text) <= room:
        return text
    size, last = 0.0, 0
    while last < len(text) and size <= room - 2:
        size += 1 if ord(text[last]) > 127 else 0.5
        last += 1
    return reading.cut(text, last)


def _unlinked(run: Run, images: list[str]) -> Run:
    if not run.picture:
        return Run(run.text, run.marks)
    images.append(run.picture.src)
    alt = f"：{run.picture.alt}" if run.picture.alt else ""
    return Run(f"〔图 {len(images)}{alt}〕")


def _within(blocks: list[Block], room: int) -> tuple[list[Block], bool]:
    """The first blocks whose words fit; a paragraph that does not fit is cut at a sentence."""
    kept: list[Block] = []
    for block in blocks:
        size = len(reading.plain(writer.write([block])))
        if size > room - 20:
            if isinstance(block, Paragraph) and not block.level and room > 60:
                kept.append(Paragraph([Run(reading.cut(block.text.replace("\n", ""), room - 40))], align=block.align))
            return kept, True
        kept.append(block)
        room -= size
    return kept, False


def _styled(html: str) -> str:
    """The HTML with the styles that a page would otherwise give it."""
    root = gate.parse(html)
    for element in root.iter(*_STYLES):
        own = element.get("style")
        element.set("style", f"{_STYLES[str(element.tag)]};{own}" if own else _STYLES[str(element.tag)])
        element.attrib.pop("data-formula", None)
    return gate.inner_html(root)
