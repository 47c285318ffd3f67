"""The words that the scripts of the editor say; those of the text editor itself stand in `editor-zh-Hans.js`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _


def editor_words() -> dict[str, Any]:
    """All words for the scripts, in the reader's language."""
    chinese = not (get_language() or "").startswith("en")
    return {
        "language": "zh-Hans" if chinese else "",
        "blocks": _("正文=p; 一级标题=h2; 二级标题=h3; 三级标题=h4"),
        "body": _("正文"),
        "sum": _("上方各格合计"),
        "sumOutside": _("请先把光标放在表格的单元格里。"),
        "altMissing": _("有图片没有替代文字。请双击图片，写明图中内容。"),
        "cleanFailed": _("没能清理格式，只粘贴了文字。"),
        "uploadFailed": _("没有上传成功。请检查网络后再试。"),
        "signIn": _("重新登录"),
        "compare": _("对照两份"),
        "signedOut": _("登录已过期，文字已保存在本机。重新登录后回到本页即可继续。"),
        "restore": _("本机有一份没有保存到服务器的文字（{at}）。"),
        "notSaved": _("还没有保存，请改正标出的地方。"),
        "partly": _("标出的几处还没有保存"),
        "offline": _("连接不上，文字已保存在本机，稍后自动再试。"),
        "unsaved": _("正在编辑……"),
        "reading": _("正在读取 Word 文件……"),
        "uploading": _("正在上传……"),
        "titleFirst": _("请先填写标题。"),
        "fileName": _("附件名称"),
        "up": _("上移"),
        "down": _("下移"),
        "remove": _("移除"),
        "findAgency": _("输入机关名称查找"),
        "use": _("采用："),
    }
