"""What all zipped office files have in common for the scan: properties, embedded files, macros, links outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongkai.text.office_parts import local, parse_xml
from gongkai.text.scan.file_model import Findings

_PROPERTIES = {
    "creator": "作者",
    "lastModifiedBy": "最后修改者",
    "Company": "单位",
    "Manager": "经理",
    "initial-creator": "作者",
    "printed-by": "打印者",
}
SCHEMA_PROPERTIES = tuple(_PROPERTIES)
_PROPERTY_PARTS = ("docProps/core.xml", "docProps/app.xml", "meta.xml")


def properties(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The properties that name people or organisations: label and value."""
    for name in _PROPERTY_PARTS:
        if name in parts:
            for element in parse_xml(parts[name]).iter():
                if local(element) in _PROPERTIES and (element.text or "").strip():
                    yield _PROPERTIES[local(element)], (element.text or "").strip()
    if "docProps/custom.xml" in parts:
        for element in parse_xml(parts["docProps/custom.xml"]):
            value = "".join(element.itertext()).strip()
            if value:
                yield element.get("name") or "自定义属性", value


def common(parts: Mapping[str, bytes], found: Findings) -> None:
    """The issues that any office file may have."""
    named = [f"{label}：{value}" for label, value in properties(parts)]
    if named:
        found.issue("file_metadata", "文件属性", "；".join(dict.fromkeys(named)))
    if any(name.endswith(("vbaProject.bin", "vbaData.xml")) for name in parts):
        found.issue("active_content", "宏")
    embedded = [name.rsplit("/", 1)[1] for name in parts if "/embeddings/" in name or "/activeX/" in name]
    if embedded:
        found.issue("embedded_file", "嵌入对象", "、".join(embedded[:5]))
    if any("/externalLinks/" in name for name in parts):
        found.issue("external_data", "外部链接")
