"""What the scan of a file gives: its text with places, and what in it people do not see."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class TextPart:
    """A part of the text of a file, and where it stands (第 3 页, 页眉, 批注, a sheet)."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class FileIssue:
    """Something in a file that should not go out unseen; `detail` names what was found."""

    rule: str
    where: str
    message: str
    message_en: str
    remedy: str
    remedy_en: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FileReport:
    """The text of a file, its issues, and the pictures that a person has to look at."""

    text_parts: tuple[TextPart, ...] = ()
    issues: tuple[FileIssue, ...] = ()
    pictures: tuple[str, ...] = ()
    """Where pictures stand whose words nobody read: pages, or how many there are; "" for a file that is a picture."""

    @property
    def text(self) -> str:
        """All text, a line for each paragraph."""
        return "\n".join(part.text for part in self.text_parts)


RULES: dict[str, tuple[str, str, str, str]] = {
    "file_metadata": (
        "文件属性中有作者、单位等信息",
        "the properties of the file name its author, company or the like",
        "请在“文件—信息—检查文档”中删除后重新上传；有电子签章的，删除后重新签章。",
        "Remove them with “Inspect Document” and upload the file again; sign it anew where it was signed.",
    ),
    "file_comments": (
        "文件中有批注",
        "the file has comments",
        "请删除全部批注后重新上传。",
        "Delete all comments and upload the file again.",
    ),
    "tracked_changes": (
        "文件中有未处理的修订痕迹，被删除的文字仍在文件里",
        "the file has tracked changes: deleted words are still in it",
        "请接受或拒绝全部修订后重新上传。",
        "Accept or reject all changes and upload the file again.",
    ),
    "hidden_text": (
        "文件中有看不见的文字（隐藏、白色或极小）",
        "the file has text that nobody sees (hidden, white or tiny)",
        "请删除这些文字或使其可见后重新上传。",
        "Delete this text or make it visible, and upload the file again.",
    ),
    "covered_text": (
        "色块下面仍有可以复制的文字",
        "there is live text under a filled box",
        "遮盖不等于删除。勾选后一键脱敏，从文件中真正删除这些文字。",
        "Covering is not removing. Tick this and redact: the words are taken out of the file.",
    ),
    "hidden_sheet": (
        "表格中有隐藏的工作表、行或列",
        "the workbook has hidden sheets, rows or columns",
        "请删除或取消隐藏后重新上传。",
        "Delete or unhide them and upload the file again.",
    ),
    "embedded_file": (
        "文件中嵌有其他文件",
        "other files are embedded in the file",
        "请删除嵌入的文件，需要公开的另行上传。",
        "Remove the embedded files; upload those to be published by themselves.",
    ),
    "active_content": (
        "文件中有宏或脚本",
        "the file has macros or scripts",
        "请另存为不含宏的文件后重新上传。",
        "Save it as a file without macros and upload it again.",
    ),
    "external_data": (
        "文件链接到外部数据",
        "the file links to data elsewhere",
        "请断开外部链接后重新上传。",
        "Break the links and upload the file again.",
    ),
    "hidden_layers": (
        "文件中有默认不显示的图层",
        "the file has layers that are not shown",
        "请删除隐藏图层或合并图层后重新上传。",
        "Delete hidden layers or flatten the file, and upload it again.",
    ),
    "form_fields": (
        "文件中有填写过的表单栏",
        "the file has form fields that are filled in",
        "请核对填写内容；供下载的空表应清空。",
        "Check what is filled in; clear forms that are for download.",
    ),
    "no_text": (
        "页面没有文字（扫描件），无法检索和朗读",
        "pages without text (a scan): they cannot be searched or read aloud",
        "请先做文字识别（OCR），或改用原始电子文件。",
        "Run text recognition on it, or use the original electronic file.",
    ),
    "picture_location": (
        "照片中有拍摄地点",
        "the photograph tells where it was taken",
        "请用看图软件另存时去掉拍摄信息，再重新上传。",
        "Save the picture without this and upload it again.",
    ),
    "not_all_read": (
        "文件很大，只检查了一部分",
        "the file is so large that only a part was checked",
        "请拆分文件，或由人工检查其余部分。",
        "Split the file, or have a person check the rest.",
    ),
    "not_checked": (
        "压缩包中有不能检查的文件",
        "the archive holds files that cannot be checked",
        "请打开这些文件逐一核对；最好解压后分别上传。",
        "Open these files and look through them; better, upload them one by one.",
    ),
    "picture_text": (
        "图片中的文字未检查",
        "words inside pictures were not checked",
        "请打开图片和扫描件逐页查看，确认没有不宜公开的内容后放行。",
        "Look through the pictures and scanned pages; let this stand when nothing in them must be withheld.",
    ),
}
"""Each rule with its message and remedy, in Chinese and English."""


@dataclass(slots=True)
class Findings:
    """Collects what the scan of one file finds."""

    parts: list[TextPart] = field(default_factory=list)
    issues: list[FileIssue] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    depth: int = 0
    """How many files this one lies in."""

    def text(self, where: str, text: str) -> None:
        """Adds text unless it is blank."""
        if text.strip():
            self.parts.append(TextPart(where, text.strip()))

    def issue(self, rule: str, where: str = "", detail: str = "") -> None:
        """Adds an issue; a long detail is cut."""
        shown = detail if len(detail) <= 120 else detail[:118] + "……"
        message, message_en, remedy, remedy_en = RULES[rule]
        place = f"（{where}）" if where else ""
        message = f"{message}{place}" + (f"：{shown}" if shown else "") + "。"
        english = message_en + (f" ({where})" if where else "") + (f": {shown}" if shown else "") + "."
        self.issues.append(FileIssue(rule, where, message, english[0].upper() + english[1:], remedy, remedy_en, shown))

    def take(self, report: FileReport, within: str) -> None:
        """Adds what was found in a file that lies within this one."""
        self.parts += [TextPart(f"{within}：{part.where}", part.text) for part in report.text_parts]
        self.issues += [
            replace(
                issue, where=within, message=f"{within}：{issue.message}", message_en=f"{within}: {issue.message_en}"
            )
            for issue in report.issues
        ]
        self.pictures += [f"{within}：{place}" if place else within for place in report.pictures]

    def report(self) -> FileReport:
        return FileReport(tuple(self.parts), tuple(self.issues), tuple(self.pictures))
