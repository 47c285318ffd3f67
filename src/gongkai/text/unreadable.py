"""The error of a file that cannot be read or changed: what is wrong with it and what to do."""

from __future__ import annotations

from typing import Literal

Reason = Literal["damaged", "encrypted", "too_large", "unknown_type", "empty"]
_TEXTS: dict[Reason, tuple[str, str, str, str]] = {
    "damaged": (
        "文件已损坏或不完整。",
        "The file is damaged or incomplete.",
        "请重新下载，或打开后另存为新文件再试。",
        "Download it again, or open it and save it as a new file.",
    ),
    "encrypted": (
        "文件设有密码。",
        "The file is protected by a password.",
        "请取消密码保护后重新保存再试。",
        "Remove the password and save it again.",
    ),
    "too_large": (
        "文件过大或过于复杂。",
        "The file is too large or too complex.",
        "请拆分文件，或压缩其中的图片后再试。",
        "Split the file, or make the pictures in it smaller.",
    ),
    "unknown_type": (
        "不能处理这种文件。",
        "Files of this type cannot be handled.",
        "请另存为 PDF、Word（.docx）或 Excel（.xlsx）后再试。",
        "Save it as PDF, .docx or .xlsx and try again.",
    ),
    "empty": (
        "文件是空的。",
        "The file is empty.",
        "请检查是否选错了文件。",
        "Check that it is the right file.",
    ),
}


class FileUnreadable(ValueError):
    """A file that cannot be read; `message` and `remedy` in Chinese, `message_en` and `remedy_en` in English."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        self.message, self.message_en, self.remedy, self.remedy_en = _TEXTS[reason]
        super().__init__(reason)

    def __str__(self) -> str:
        return self.message + self.remedy
