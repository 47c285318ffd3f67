"""The rules about attached files, so that an office can set their levels like those of the others."""

from __future__ import annotations

from gongkai.text.scan import file_model
from gongkai.text.scan.model import Level, Rule

_BASIS = "政府信息公开条例第十七条"
_LABELS: dict[str, tuple[str, str, Level]] = {
    "file_metadata": ("文件属性", "Properties of the file", Level.WARN),
    "file_comments": ("批注", "Comments", Level.WARN),
    "tracked_changes": ("修订痕迹", "Tracked changes", Level.BLOCK),
    "covered_text": ("色块遮盖的文字", "Text under a box", Level.BLOCK),
    "hidden_sheet": ("隐藏的工作表、行、列", "Hidden sheets, rows, columns", Level.WARN),
    "embedded_file": ("嵌入的文件", "Embedded files", Level.WARN),
    "active_content": ("宏、脚本", "Macros and scripts", Level.WARN),
    "external_data": ("外部数据链接", "Links to data elsewhere", Level.WARN),
    "hidden_layers": ("隐藏图层", "Hidden layers", Level.WARN),
    "form_fields": ("已填写的表单栏", "Filled form fields", Level.WARN),
    "no_text": ("没有文字的扫描件", "Scans without text", Level.WARN),
    "picture_location": ("照片拍摄地点", "Place of a photograph", Level.WARN),
    "picture_text": ("图片中的文字", "Words inside pictures", Level.WARN),
    "not_checked": ("压缩包中不能检查的文件", "Files in archives that cannot be checked", Level.WARN),
    "not_all_read": ("未全部检查的大文件", "Large file, checked in part", Level.WARN),
}
"""Label in both languages and usual level. Hidden text has the same rule in files as in pages."""


def _rule(id: str, label: str, label_en: str, level: Level) -> Rule:
    message, message_en, remedy, remedy_en = file_model.RULES[id]
    return Rule(id, label, label_en, level, _BASIS, message, message_en, remedy, remedy_en)


FILE_RULES: tuple[Rule, ...] = (
    *(_rule(id, *words) for id, words in _LABELS.items()),
    Rule(
        "file_unreadable",
        "无法读取的文件",
        "Unreadable file",
        Level.BLOCK,
        _BASIS,
        "文件无法读取，未能检查",
        "a file that cannot be read and was not checked",
        "请重新上传完好的文件",
        "upload an intact file",
    ),
)
