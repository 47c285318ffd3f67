"""The errors that reading a report may raise; each says what is wrong and what to do, in Chinese and in English."""

from __future__ import annotations

from typing import ClassVar


class AnnualError(Exception):
    """Root of all errors of `gongkai.annual`.

    `message` is Chinese, for people; `message_en` says the same in English; `id` is a stable name for the API.
    """

    id: ClassVar[str] = "annual_error"
    _zh: ClassVar[str] = "年度报告处理出错。"
    _en: ClassVar[str] = "The annual report could not be processed."

    def __init__(self, detail: str | None = None, *, detail_en: str | None = None) -> None:
        self.message = f"{self._zh}（{detail}）" if detail else self._zh
        english = detail_en or detail
        self.message_en = f"{self._en} ({english})" if english else self._en
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[object, ...]:
        """Keeps both messages when the error crosses a process border."""
        return _restore, (type(self), self.message, self.message_en)


def _restore(kind: type[AnnualError], message: str, message_en: str) -> AnnualError:
    error = kind()
    error.message, error.message_en = message, message_en
    error.args = (message,)
    return error


class ReadError(AnnualError):
    """A file could not be read as a report."""

    id = "read_error"
    _zh = "文件无法读取。请另存为 Word（.docx）、网页（.html）或纯文本（.txt）后重试。"
    _en = "The file could not be read. Save it as .docx, .html or .txt and try again."


class UnknownFormat(ReadError):
    """The bytes are in no format that is read here."""

    id = "unknown_format"
    _zh = "无法识别的文件格式。请提供网页（.html）、Word（.docx）、Excel（.xlsx）、PDF 或纯文本（.txt）文件。"
    _en = "Unknown file format. Give a web page (.html), .docx, .xlsx, PDF or plain text (.txt) file."


class OldOfficeFormat(UnknownFormat):
    """A binary word-processor file (.doc, .wps), whose text cannot be read reliably."""

    id = "old_office_format"
    _zh = "这是旧版 Word 或 WPS 文字的二进制文件（.doc、.wps）。请用 Word 或 WPS 打开后另存为 .docx 再上传。"
    _en = "This is an old binary word-processor file (.doc, .wps). Open it in Word or WPS and save it as .docx."


class DamagedFile(ReadError):
    """The format is known, but the file is broken or cut short."""

    id = "damaged_file"
    _zh = "文件已损坏或不完整。请重新下载，或打开后另存为新文件再试。"
    _en = "The file is damaged or incomplete. Download it again, or open it and save it as a new file."


class EmptyFile(ReadError):
    """There are no bytes, or nothing but blanks."""

    id = "empty_file"
    _zh = "文件是空的，没有可读取的内容。请检查是否选错了文件。"
    _en = "The file is empty. Check that it is the right file."


class TooLarge(ReadError):
    """The file exceeds the limits of size, pages, nesting or time that are documented in `extract.limits`."""

    id = "too_large"
    _zh = "文件过大或过于复杂，超出读取上限。请拆分为单份报告，或删去与报告无关的内容和图片后重试。"
    _en = "The file is too large or too complex. Split it into single reports, or remove unrelated content and images."


class Encrypted(ReadError):
    """The file is protected by a password."""

    id = "encrypted"
    _zh = "文件设有密码，无法读取。请取消密码保护后重新保存再试。"
    _en = "The file is protected by a password. Remove the password and save it again."


class NoText(ReadError):
    """The file holds pictures only, such as a scan without a text layer."""

    id = "no_text"
    _zh = "文件中没有文字（可能是扫描件或图片）。请先做文字识别（OCR），或改用 Word、网页版本。"
    _en = "There is no text in the file (perhaps a scan). Run text recognition on it, or use the Word or web version."


class NoReport(ReadError):
    """The file was read, but no annual report was found in it."""

    id = "no_report"
    _zh = "文件中没有找到政府信息公开工作年度报告。请检查是否选错了文件。"
    _en = "No government-disclosure annual report was found in the file. Check that it is the right file."


class DataError(ReadError):
    """Report data in JSON does not follow the schema that `gongkai.annual.data` writes."""

    id = "data_error"
    _zh = "报告数据（JSON）不符合格式要求。"
    _en = "The report data (JSON) does not follow the schema."
