"""What is handed to an archive or library: the manifest as .xlsx and PDF, the package with all files and checksums."""

from __future__ import annotations

import html
import io
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.utils import timezone

from gongkai.files.actions import content
from gongkai.files.models import Attachment
from gongkai.publishing.exporting.machine import canonical
from gongkai.publishing.models import Manifest, ManifestItem

COLUMNS = ("序号", "索引号", "名称", "文号", "成文日期", "发布日期", "载体/文件数", "校验值（SM3）")
_WIDTHS = (6, 26, 60, 24, 13, 13, 14, 68)
_IN_MEMORY = 8 * 1024 * 1024


def title_of(manifest: Manifest) -> str:
    """The official name of the list with its month."""
    return f"主动公开政府信息送交明细表（{manifest.month.year}年{manifest.month.month}月）"


def manifest_rows(manifest: Manifest) -> list[list[str]]:
    """The rows of the list, as they were handed over."""
    return [_row(item) for item in manifest.items.all()]


def manifest_xlsx(manifest: Manifest) -> bytes:
    """The list as a workbook to be printed on landscape pages."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    head = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True, "bg_color": "#E8EEF6"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    sheet = book.add_worksheet("送交明细表")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 30)
    sheet.merge_range(0, 0, 0, len(COLUMNS) - 1, title_of(manifest), title)
    sheet.merge_range(1, 0, 1, len(COLUMNS) - 1, _parties(manifest))
    for column, name in enumerate(COLUMNS):
        sheet.write_string(2, column, name, head)
    rows = manifest_rows(manifest)
    for line, row in enumerate(rows, 3):
        for column, value in enumerate(row):
            sheet.write_string(line, column, value, cell)
    sheet.merge_range(len(rows) + 3, 0, len(rows) + 3, len(COLUMNS) - 1, _receipt(manifest))
    book.close()
    return out.getvalue()


def manifest_pdf(manifest: Manifest) -> bytes:
    """The list as a PDF for signature. Raises `annual.render.fonts.NoFont` without a Chinese font."""
    import json
    from importlib import resources

    import typst

    from gongkai.annual.render import fonts

    faces = fonts.find()
    data = {
        "title": title_of(manifest),
        "parties": _parties(manifest),
        "receipt": _receipt(manifest),
        "columns": COLUMNS,
        "rows": manifest_rows(manifest),
        "fonts": faces.stacks(),
    }
    with tempfile.TemporaryDirectory(prefix="gongkai-manifest-") as name:
        folder = Path(name)
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        template = folder / "manifest.typ"
        template.write_bytes(resources.files(__package__).joinpath("manifest.typ").read_bytes())
        compiler = typst.Compiler(template, root=folder, font_paths=faces.loaded, ignore_system_fonts=True)
        pdf = compiler.compile(format="pdf", timestamp=0)
    assert isinstance(pdf, bytes)
    return pdf


def package(manifest: Manifest) -> IO[bytes]:
    """A ZIP file: the list, and for each item its data (of which the list states the SM3), its text and its files.

    校验值-SM3.txt and 校验值-SHA256.txt name every file in it. Raises `files.actions.Damaged` where a file changed.
    """
    out: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the response closes it
    sums: list[tuple[str, str, str]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        at = timezone.localtime(manifest.sent_at)
        _write(archive, "送交明细表.xlsx", manifest_xlsx(manifest), at)
        for item in manifest.items.iterator(chunk_size=100):
            folder = f"{item.number:04d}"
            _write(archive, f"{folder}/信息.json", canonical(item.snapshot), at)
            _write(archive, f"{folder}/正文.html", _page(item.snapshot), at)
            sums.append((f"{folder}/信息.json", item.sm3, item.sha256))
            for number, file in enumerate(item.files, 1):
                name = f"{folder}/附件/{number:02d}_{file['name']}"
                _write(archive, name, content(Attachment.objects.get(pk=file["attachment"])), at)
                sums.append((name, file["sm3"], file["sha256"]))
        for kind, place in (("SM3", 1), ("SHA256", 2)):
            lines = "".join(f"{sum[place]}  {sum[0]}\n" for sum in sums)
            _write(archive, f"校验值-{kind}.txt", lines.encode(), at)
    out.seek(0)
    return out


def _write(archive: zipfile.ZipFile, name: str, data: bytes, at: datetime) -> None:
    """Adds a file with the time at which the manifest was sent: the package is the same each time it is made."""
    info = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second // 2 * 2))
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def _page(snapshot: dict[str, Any]) -> bytes:
    """The text as a page that opens anywhere; it is what the site showed, cleaned when it was saved."""
    title = html.escape(str(snapshot.get("title", "")))
    facts = (
        ("索引号", snapshot.get("index_number")),
        ("发布机构", (snapshot.get("agency") or {}).get("name")),
        ("发文字号", snapshot.get("document_number")),
        ("成文日期", snapshot.get("made_on")),
        ("发布日期", snapshot.get("published_at")),
        ("网址", snapshot.get("url")),
    )
    rows = "".join(f"<tr><th>{k}</th><td>{html.escape(str(v))}</td></tr>" for k, v in facts if v)
    style = "body{max-width:48rem;margin:2rem auto;font-family:serif;line-height:1.8}table{border-collapse:collapse}"
    style += "td,th{border:1px solid #999;padding:.2rem .6rem;text-align:left}"
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    page = (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><style>{style}</style></head>'
        f"<body><h1>{title}</h1><table>{rows}</table>{snapshot.get('body', '')}</body></html>"
    )
    return page.encode()


def _row(item: ManifestItem) -> list[str]:
    data = item.snapshot
    return [
        str(item.number),
        str(data.get("index_number") or ""),
        str(data.get("title") or ""),
        str(data.get("document_number") or ""),
        str(data.get("made_on") or ""),
        str(data.get("published_at") or "")[:10],
        f"电子/{1 + len(item.files)}",
        item.sm3,
    ]


def _parties(manifest: Manifest) -> str:
    sent = timezone.localtime(manifest.sent_at)
    return f"送交机关：{manifest.agency.name}　接收单位：{manifest.venue.name}　送交时间：{sent:%Y-%m-%d %H:%M}"


def _receipt(manifest: Manifest) -> str:
    if manifest.received_at is not None:
        received = timezone.localtime(manifest.received_at)
        return f"接收人：{manifest.received_by or ''}　接收时间：{received:%Y-%m-%d %H:%M}"
    return f"退回原因：{manifest.problem}" if manifest.problem else "接收人：　　　　　　　　接收时间：　　　　　　　　"
