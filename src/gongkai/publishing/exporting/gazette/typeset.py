"""Sets an issue of the gazette as a PDF and says on which page each item begins."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings

from gongkai.annual.render import fonts
from gongkai.files.actions import content
from gongkai.files.checks import PICTURES
from gongkai.files.models import Attachment
from gongkai.publishing.exporting.gazette.blocks import fitting, printed
from gongkai.publishing.models import GazetteIssue, GazetteItem, Publication
from gongkai.text.rich.model import Picture

_LINE = 26
"""Characters of a title on one line."""
_ISSUED = re.compile(r"(.{2,26}?(?:人民政府办公室|人民政府|办公室|委员会|局|厅))(?=关于|印发)")


@dataclass(frozen=True, slots=True)
class Typeset:
    """A PDF, and the page (as it is printed) on which each item begins, by the item's id."""

    pdf: bytes
    pages: Mapping[int, int]


def typeset_issue(issue: GazetteIssue, items: Sequence[GazetteItem], repealed: Iterable[Publication]) -> Typeset:
    """An issue with cover, contents, the texts in their sections, the repealed list and the imprint.

    Raises `annual.render.fonts.NoFont` where the machine has no font with Chinese characters.
    """
    with tempfile.TemporaryDirectory(prefix="gongkai-gazette-") as name:
        folder = Path(name)
        sections = [
            {"name": section, "items": [_item(item, folder) for item in group]}
            for section, group in groupby(items, key=lambda item: item.section)
        ]
        data = front(issue) | {
            "bound": False,
            "sections": sections,
            "repealed": [_repealed(p) for p in repealed],
            "imprint": imprint(issue),
        }
        pdf, places = compiled(data, folder)
    return Typeset(pdf, {place["id"]: place["page"] for place in places})


def compiled(data: dict[str, Any], folder: Path) -> tuple[bytes, list[dict[str, int]]]:
    """The PDF of the data with the pictures in a folder, and where its items begin."""
    import typst

    faces = fonts.find()
    data = data | {"fonts": faces.stacks() | {"latin": ["Libertinus Serif", *faces.stacks()["song"]]}}
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    template = folder / "gazette.typ"
    template.write_bytes(resources.files(__package__).joinpath("gazette.typ").read_bytes())
    compiler = typst.Compiler(template, root=folder, font_paths=faces.loaded, ignore_system_fonts=True)
    pdf = compiler.compile(format="pdf", timestamp=0)
    assert isinstance(pdf, bytes)
    return pdf, json.loads(compiler.query("<place>", field="value"))


def front(issue: GazetteIssue) -> dict[str, Any]:
    """The words of the cover and of the headings, in the language of the gazette: always Chinese."""
    return {
        "title": issue.title,
        "english": "GOVERNMENT GAZETTE",
        "agency": issue.agency.name,
        "issue": f"{issue.year}年 第{issue.number}期",
        "below": f"总第{issue.overall}期　{_day(issue.dated)}出版",
        "host": f"{issue.agency.name}主办",
        "words": {
            "contents": "目录",
            "repealed": "废止和失效文件目录",
            "columns": ["序号", "文件名称", "发文字号", "日期", "依据"],
        },
    }


def imprint(issue: GazetteIssue) -> list[list[str]]:
    """What stands at the end of an issue: who makes it, where it is to be had, how many copies there are."""
    agency = issue.agency
    address = (
        f"{agency.office_address}（{agency.office_postcode}）" if agency.office_postcode else agency.office_address
    )
    facts = [
        ["主办", agency.name],
        ["编辑", agency.office_name or agency.name],
        ["地址", address],
        ["电话", agency.office_phone],
        ["网址", settings.WAGTAILADMIN_BASE_URL],
        ["电子邮箱", agency.office_email],
        ["出版日期", _day(issue.dated)],
        ["印数", f"{issue.print_run}册　免费赠阅" if issue.print_run else "免费赠阅"],
    ]
    return [fact for fact in facts if fact[1]]


def _item(item: GazetteItem, folder: Path) -> dict[str, Any]:
    publication = item.publication
    issuer = "" if publication.title.startswith(publication.agency.name) else publication.agency.name
    return {
        "id": item.pk,
        "label": f"item-{item.pk}",
        "title": publication.title,
        "lines": title_lines(publication.title),
        "issuer": issuer,
        "number": publication.document_number,
        "state": _state(publication),
        "blocks": printed(publication.body, _Pictures(folder, item.pk).place),
        "files": [str(file.get("title", "")) for file in publication.files if file.get("title")],
        "source": _source(publication),
    }


def title_lines(title: str) -> list[str]:
    """A long title as official papers set it: who issued it on a line of its own."""
    found = _ISSUED.match(title) if len(title) > _LINE else None
    return [found[1], title[found.end(1) :]] if found else [title]


def _state(publication: Publication) -> str:
    if not publication.is_ended:
        return ""
    day = f"，{_day(publication.ended_on)}" if publication.ended_on else ""
    return f"（本件已{publication.get_validity_display()}{day}）"


def _source(publication: Publication) -> str:
    made = f"成文日期：{_day(publication.made_on)}　" if publication.made_on else ""
    files = "附件全文见网站　" if publication.files else ""
    return f"{made}索引号：{publication.index_number or '—'}　{files}".strip()


def _repealed(publication: Publication) -> dict[str, str]:
    by = publication.ended_by
    note = publication.ended_note or (f"{by.title}" if by else "")
    return {
        "title": publication.title,
        "number": publication.document_number,
        "day": publication.ended_on.isoformat() if publication.ended_on else "",
        "note": f"{publication.get_validity_display()}　{note}".strip(),
    }


def _day(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


class _Pictures:
    """Puts the pictures of a text into the folder of the typesetter."""

    def __init__(self, folder: Path, item: int) -> None:
        self.folder = folder
        self.item = item
        self.count = 0

    def place(self, picture: Picture) -> dict[str, Any] | None:
        """File and size of a picture that is kept here; None for one of another site, or one that is damaged."""
        parts = picture.src.rstrip("/").split("/")
        if not picture.src.startswith("/files/") or not parts[-1].isdigit() or len(parts[-1]) > 15:
            return None
        attachment = Attachment.objects.filter(pk=int(parts[-1]), type__in=PICTURES).first()
        if attachment is None:
            return None
        try:
            data = content(attachment)
        except (
            Exception
        ):  # a file that is missing or damaged leaves a gap in print, not a gazette that is never printed
            return None
        fitted = fitting(data)
        if fitted is None:
            return None
        kind, width, _height = fitted
        self.count += 1
        name = f"picture-{self.item}-{self.count}.{kind}"
        (self.folder / name).write_bytes(data)
        return {"file": name, "width": width, "alt": picture.alt or attachment.name}
