"""No bytes at all make `read` raise anything but its own errors, hang, or eat the machine's memory."""

from __future__ import annotations

import io
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest
from docx import Document as WordDocument
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.annual import read
from gongkai.annual.errors import ReadError

NAMES = ["a.html", "a.docx", "a.xlsx", "a.pdf", "a.txt", "a.md", "a.json", "a.ofd", "a.doc", "a", None]
TEXT = "云州市教育局2020年政府信息公开工作年度报告\n一、总体情况\n我局全年公开信息120条。\n二、主动公开政府信息情况\n"
ROWS = "申请人情况\n一、本年新收政府信息公开申请数量\n0\n0\n0\n0\n0\n0\n0\n二、上年结转政府信息公开申请数量\n0\n"
HTML = f"<html><body><h1>{TEXT}</h1><table><tr><td rowspan=2>规章<td>3</table><script>var a='<table>'</script>"


def word() -> bytes:
    document = WordDocument()
    document.add_paragraph("云州市教育局2020年政府信息公开工作年度报告")
    document.add_table(2, 3).cell(0, 0).text = "信息内容"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


VALID = [TEXT.encode(), (TEXT + ROWS).encode("gb18030"), HTML.encode(), word(), b'{"form": "gov-2021", "cells": {}}']
VALID += [
    "[{}, 1]".encode("utf-16"),
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\ntrailer << /Root 1 0 R >>",
]


def survive(data: bytes, name: str | None) -> None:
    try:
        found = read(data, name=name)
    except ReadError as error:
        said = error.message and error.message_en
    else:
        said = found
    assert said


FUZZ = settings(max_examples=80, deadline=5000, suppress_health_check=[HealthCheck.too_slow])


@FUZZ
@given(st.binary(max_size=3000), st.sampled_from(NAMES))
def test_any_bytes_are_read_or_refused(data: bytes, name: str | None):
    survive(data, name)


@FUZZ
@given(
    st.sampled_from(VALID),
    st.lists(st.tuples(st.integers(0, 40_000), st.binary(max_size=6)), max_size=8),
    st.integers(0, 40_000),
    st.sampled_from(NAMES),
)
def test_damaged_files_are_read_or_refused(data: bytes, hits: list[tuple[int, bytes]], cut: int, name: str | None):
    broken = bytearray(data)
    for at, bits in hits:
        at %= len(broken) + 1
        broken[at : at + len(bits)] = bits
    survive(bytes(broken[: len(broken) - cut % (len(broken) // 2 + 1)]), name)


PIECES = st.sampled_from(
    [
        *TEXT.splitlines(),
        *ROWS.splitlines(),
        "本报告由云州市教育局编制。",
        "现将情况报告如下：",
        "政府信息公开工作报告 篇1",
        "附：统计表",
        "2021年1月20日",
        "统计指标 单位 统计数",
        "|---|---|",
        "| 规章 | 1 |",
        "<td>",
        "格式:pdf",
        "(jù)",
        "????",
        "第二十条第（一）项",
        "\u3000",
        "１２３",
    ]
)


@FUZZ
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=60), st.sampled_from(["\n", " ", "", "|"]))
def test_pieces_of_reports_in_any_order_are_read_or_refused(pieces: list[str], glue: str):
    survive(glue.join(pieces).encode("utf-8", "surrogatepass"), "a.txt")


def bomb(inner: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open(inner, "w") as member:
            member.write(b"<w:p>")
            for _ in range(205):
                member.write(b" " * 1_000_000)
    return out.getvalue()


NASTY = {
    "one long line": lambda: ("政府信息公开" * 600_000).encode(),
    "a million short lines": lambda: ("0\n" * 400_000).encode(),
    "many headings": lambda: ("一、总体情况\n二、主动公开政府信息情况\n" * 8_000).encode(),
    "many titles": lambda: ("云州市教育局2020年政府信息公开工作年度报告\n" * 5_000).encode(),
    "many preambles": lambda: ("本报告由云州市教育局编制，情况报告如下：\n" * 10_000).encode(),
    "figures without end": lambda: ("公开信息" + "1234567890" * 200_000 + "条").encode(),
    "blanks without end": lambda: ("一、概述" + " " * 3_000_000 + "。").encode(),
    "brackets without end": lambda: ("（" * 500_000).encode(),
    "numerals without end": lambda: ("一二三四五六七八九十" * 100_000).encode(),
    "nested tables": lambda: b"<table><tr><td>" * 20_000,
    "wide spans": lambda: b"<table>" + b"<tr><td rowspan=65000 colspan=65000>1" * 300,
    "nested json": lambda: b"[" * 200_000,
    "nested objects": lambda: b'{"a":' * 100_000,
    "bomb as docx": lambda: bomb("word/document.xml"),
    "bomb as xlsx": lambda: bomb("xl/workbook.xml"),
    "bytes of no text": lambda: bytes(range(256)) * 8_000,
    "angle brackets": lambda: b"<" * 2_000_000,
    "entities": lambda: b"&#x516c;" * 200_000,
}
INSIDE = {
    "blanks": "公开" + " " * 300_000 + "。",
    "digits": "公开信息" + "1234567890" * 30_000 + "条",
    "sentences": "我局公开信息12条，其中文件3条。" * 2_000,
    "rows": "一、本年新收政府信息公开申请数量\n0\n0\n0\n0\n0\n0\n0\n" * 800,
    "headings": "。一、总体情况 无。" * 8_000,
    "latin": "abc " * 80_000,
}
SECONDS_EACH, MEGABYTES = 40, 500
CHILD = """
    import sys, time
    from pathlib import Path
    from gongkai.annual import read
    from gongkai.annual.errors import ReadError
    for path in sorted(Path(sys.argv[1]).iterdir()):
        begun = time.monotonic()
        try:
            read(path.read_bytes())
        except ReadError:
            pass
        # Not ru_maxrss: on Linux that begins with the size of the process that started this one.
        with open("/proc/self/status") as status:
            peak = next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))
        print(path.name, round(time.monotonic() - begun), peak, sep="|", flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="peak memory is read from /proc")
def test_nasty_files_cost_little_time_and_memory(tmp_path: Path):
    for kind, make in NASTY.items():
        (tmp_path / kind).write_bytes(make())
    for kind, text in INSIDE.items():
        end = "\n五、存在的主要问题及改进情况\n公开不够及时。\n"
        (tmp_path / f"{kind} inside a report").write_bytes((TEXT + text + end).encode())
    count = len(NASTY) + len(INSIDE)
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(CHILD), str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=count * SECONDS_EACH,
        check=False,
    )
    lines = [line.split("|") for line in done.stdout.splitlines()]
    assert done.returncode == 0, (lines[-1:], done.stderr[-2000:])
    assert len(lines) == count
    assert [line for line in lines if int(line[1]) >= SECONDS_EACH or int(line[2]) >= MEGABYTES] == []
