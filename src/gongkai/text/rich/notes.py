"""What cleaning says to the author about the things that it dropped."""

from __future__ import annotations

from collections import Counter

from gongkai.text.rich.model import Note

_TEXTS: dict[str, tuple[str, str]] = {
    "active_content": (
        "已去除脚本、表单或嵌入的网页。需要视频或办事入口时请改用链接。",
        "Scripts, forms or embedded pages were removed. Link to videos and services instead.",
    ),
    "bad_link": (
        "有链接的地址不安全或无效，已去掉链接、保留文字。请补上 http(s) 地址。",
        "Links with an unsafe or invalid address were removed, their words kept. Give an http(s) address.",
    ),
    "tracking": (
        "已去除链接中的跟踪参数。",
        "Tracking parameters were removed from links.",
    ),
    "lost_picture": (
        "有图片没有随文字粘贴过来（它留在原来的电脑上）。请单独上传图片。",
        "Pictures did not come with the text (they stayed on the other computer). Upload them one by one.",
    ),
    "foreign_picture": (
        "有图片来自外部网站，已去除。请下载后上传到本站。",
        "Pictures from other sites were removed. Download them and upload them here.",
    ),
    "large_picture": (
        "有粘贴的图片过大或格式不符，已去除。请单独上传 PNG 或 JPEG 图片。",
        "Pasted pictures that are too large or of another type were removed. Upload PNG or JPEG files.",
    ),
    "tracked_deletion": (
        "已去除修订中标记为删除的文字。请核对正文是否为定稿。",
        "Text that was marked as deleted was removed. Check that this is the final version.",
    ),
    "struck_text": (
        "有文字原带删除线，删除线不予保留。请确认这些文字应当公开。",
        "Some words were struck through; the strike is not kept. Check that these words are to be published.",
    ),
    "hidden_text": (
        "已去除隐藏文字或批注。",
        "Hidden text or comments were removed.",
    ),
    "layout_table": (
        "只用于排版的单格表格已改为段落。",
        "Tables of one cell that only served the layout became paragraphs.",
    ),
    "lists": (
        "手工编排的项目符号或编号已改为列表。",
        "Typed bullets or numbers became lists.",
    ),
    "nested": (
        "嵌套过深的内容已展开。",
        "Content that was nested too deeply was flattened.",
    ),
}


class Notes:
    """Collects notes by their id."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, id: str, count: int = 1) -> None:
        """Counts a thing; `id` is one of the ids above."""
        self._counts[id] += count

    def tuple(self) -> tuple[Note, ...]:
        """The notes in the order of the table above."""
        return tuple(Note(id, self._counts[id], *_TEXTS[id]) for id in _TEXTS if self._counts[id])
