# ruff: noqa: E501, RUF043 - rows and pages in one line; patterns that are words
"""Sources as clerks have them: odd encodings, titles over the head, exports with what must not come in, old names."""

from __future__ import annotations

import json
import os
import zipfile
from datetime import date, datetime

import pytest

BODY = "“五一”期间各公园照常开放，请文明游园，爱护花草。"
TABLE = f"标题,正文,发布日期\n公园开放公告,{BODY},2020-05-01\n"


def read(path, **options):
    """The values of the rows of a source and the faults of those that cannot be read."""
    from gongkai.publishing.importing.reading import rows

    found = list(rows(path, **options))
    return [r.values for r in found if not r.fault], [(r.number, r.fault) for r in found if r.fault]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "big5"])
def test_tables_are_read_in_any_usual_encoding(tmp_path, encoding):
    text = TABLE if encoding != "big5" else TABLE.replace("标题", "標題").replace("开", "開").replace("园", "園")
    (tmp_path / "a.csv").write_bytes(text.encode(encoding, "ignore" if encoding == "big5" else "strict"))
    values, faults = read(tmp_path / "a.csv")
    assert (len(values), faults) == (1, [])
    assert "2020-05-01" in values[0].values()


def test_chinese_that_comes_late_in_an_old_encoding_is_read(tmp_path):
    lines = "title,body,date\n" + "plain,ascii,2020-01-01\n" * 4000
    (tmp_path / "a.csv").write_bytes(lines.encode() + "公告,照常开放,2020-05-01\n".encode("gb18030"))
    assert read(tmp_path / "a.csv")[0][-1] == {"title": "公告", "body": "照常开放", "date": "2020-05-01"}


@pytest.mark.parametrize("text", [TABLE.replace(",", ";"), TABLE.replace(",", "\t"), "sep=;\n" + TABLE.replace(",", ";"),
                                  "云州市公园信息目录\n" + TABLE, "云州市,,\n" + TABLE])  # fmt: skip
def test_the_sign_between_columns_and_a_title_over_the_head_are_told(tmp_path, text):
    (tmp_path / "a.csv").write_text(text, "utf-8")
    assert read(tmp_path / "a.csv")[0] == [{"标题": "公园开放公告", "正文": BODY, "发布日期": "2020-05-01"}]


def test_quoted_line_ends_stay_and_unpaired_quotes_are_told(tmp_path):
    (tmp_path / "a.csv").write_text(
        '标题,正文,日期\n甲,"一\n二，""三""",2020-05-01\n乙,"丙,2020-05-01\n丁,戊,2020-05-02\n', "utf-8"
    )
    values, faults = read(tmp_path / "a.csv")
    assert values == [{"标题": "甲", "正文": '一\n二，"三"', "日期": "2020-05-01"}]
    assert faults
    assert "引号" in faults[0][1]


def test_workbooks_with_a_merged_title_numbers_for_days_and_merged_cells_are_read(tmp_path):
    import xlsxwriter

    from gongkai.publishing.importing.values import day

    book = xlsxwriter.Workbook(str(tmp_path / "b.xlsx"))
    sheet = book.add_worksheet("目录")
    sheet.merge_range(0, 0, 0, 3, "云州市公园信息目录")
    sheet.write_row(2, 0, ["标题（必填）", "内容", "发布时间", "发布机构"])
    sheet.merge_range(3, 3, 4, 3, "云州市教育局")
    sheet.write_row(3, 0, ["甲", "一", 44105])
    sheet.write_row(4, 0, ["乙", "二", 20201002])
    book.add_worksheet("其他").write_row(0, 0, ["标题", "内容"])
    book.worksheets()[1].write_row(1, 0, ["丙", "三"])
    book.close()
    from gongkai.publishing.importing.mapping import Mapping
    from gongkai.publishing.importing.reading import rows

    found = list(rows(tmp_path / "b.xlsx"))
    given = [Mapping().read(row) for row in found]
    assert [(g["title"], g["body"], g["agency"]) for g in given] == [
        ("甲", "一", "云州市教育局"),
        ("乙", "二", "云州市教育局"),
    ]
    assert [day(g["published_at"], "d") for g in given] == [date(2020, 10, 1), date(2020, 10, 2)]
    assert "其他" in found[0].remarks[0].message


def test_sheets_of_open_document_are_read(tmp_path):
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    row = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{t}</text:p></table:table-cell>' for t in "甲乙"
    )
    head = row.replace("甲", "标题").replace("乙", "正文")
    content = (
        f'<office:document-content xmlns:office="{office}office:1.0" xmlns:table="{office}table:1.0" xmlns:text="{office}text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="a"><table:table-row>{head}</table:table-row>'
        f"<table:table-row>{row}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", content)
        file.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    assert read(tmp_path / "a.ods")[0] == [{"标题": "甲", "正文": "乙"}]


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.xlsx", b"PK\x03\x04broken"), ("a.xls", b"no workbook"), ("a.csv", b""), ("a.json", b"{oops"), ("a.doc", b"x"), ("a.xml", b"<x/>")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_the_remedy(tmp_path, name, data):
    from gongkai.publishing.importing.model import Unreadable

    (tmp_path / name).write_bytes(data)
    with pytest.raises(Unreadable, match="。"):
        read(tmp_path / name)


WXR = (
    "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:wp='http://wordpress.org/export/1.2/'><channel>"
    "<item><title>花展</title><category domain='category'>未分类</category><content:encoded><![CDATA[花展在公园举行。\n\n[caption id=\"x\"]<img src='a.jpg'> 图[/caption]\n"
    '欢迎参观<strong>花展</strong>。[gallery ids="1,2"]]]></content:encoded><wp:post_id>7</wp:post_id>'
    "<wp:post_date>2019-04-01 08:00:00</wp:post_date><wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item>"
    "<item><title>内部</title><content:encoded>密</content:encoded><wp:post_id>8</wp:post_id><wp:post_password>123</wp:post_password>"
    "<wp:status>publish</wp:status></item>"
    "<item><title>表</title><wp:post_type>attachment</wp:post_type><wp:post_parent>7</wp:post_parent>"
    "<wp:attachment_url>https://old.yunzhou.example/list.pdf</wp:attachment_url></item></channel></rss>"
)


def test_wordpress_keeps_paragraphs_drops_shortcodes_remarks_files_and_leaves_out_what_has_a_password(tmp_path):
    from gongkai.publishing.importing.reading import rows

    (tmp_path / "w.xml").write_text(WXR, "utf-8")
    first, second = rows(tmp_path / "w.xml")
    assert "<p>花展在公园举行。</p>" in first.values["body"]
    assert "[" not in first.values["body"]
    assert "栏目" not in first.values
    assert {r.field for r in first.remarks} == {"body", "files"}
    assert "密码" in second.fault


def test_ckan_leaves_out_what_is_private_and_touches_no_file_outside_its_folder(tmp_path):
    from gongkai.publishing.importing.reading import rows

    (tmp_path / "secret.pdf").write_bytes(b"%PDF")
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "list.pdf").write_bytes(b"%PDF")
    package = {"id": "p1", "title": "公园名录", "notes": "全市公园。", "metadata_created": "2021-02-03",
               "resources": [{"url": "../secret.pdf"}, {"url": str(tmp_path / "secret.pdf")}, {"url": "list.pdf"}, {"url": 5}]}  # fmt: skip
    (folder / "c.json").write_text(json.dumps([package, package | {"private": True}, package | {"state": "deleted"}]))
    first, *others = rows(folder / "c.json")
    assert [path for path, _title in first.files] == [str(folder / "list.pdf")]
    assert all(one.fault for one in others)


def test_documents_of_a_folder_are_rows_with_their_days_and_old_ones_are_told(tmp_path):
    from gongkai.publishing.importing.reading import rows

    (tmp_path / "公告2020-05-01.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "通知.txt").write_bytes("照常开放。\n云州市人民政府\n2020年6月1日\n".encode("gb18030"))
    (tmp_path / "旧.doc").write_bytes(b"\xd0\xcf")
    os.mkdir(os.fsencode(tmp_path) + b"/" + "旧站".encode("gb18030"))
    with open(os.fsencode(tmp_path) + b"/" + "旧站".encode("gb18030") + "/公园.html".encode("gb18030"), "wb") as file:
        file.write("<html><body><p>公园。</p></body></html>".encode())
    found = {row.values["external_id"]: row for row in rows(tmp_path)}
    assert set(found) == {"公告2020-05-01.pdf", "通知.txt", "旧.doc", "旧站/公园.html"}
    assert found["公告2020-05-01.pdf"].values["published_at"] == "2020-05-01"
    assert found["通知.txt"].values["made_on"] == "2020年6月1日"
    assert ".docx" in found["旧.doc"].fault


def test_word_files_of_a_folder_give_their_text_and_the_day_they_are_signed(tmp_path):
    import docx

    from gongkai.publishing.importing.reading import rows

    file = docx.Document()
    for words in ("关于公园管理的通知", "各单位：请认真落实。", "云州市人民政府", "2021年3月5日"):
        file.add_paragraph(words)
    file.save(str(tmp_path / "a.docx"))
    (tmp_path / "b.docx").write_bytes(b"no word file")
    good, bad = rows(tmp_path)
    assert good.values["made_on"] == "2021年3月5日"
    assert "认真落实" in good.values["body"]
    assert bad.fault


@pytest.mark.parametrize(
    "mapping",
    [
        "[columns]\ntitle = 5", "[columns]\ntitle = []", "[columns]\ntitel = 'x'", "columns = 3", "[values]\nkind = 'x'",
        "[values.kind]\na = ['b']", "[defaults.title]\na = 1", "[column]\ntitle = 'x'", "[columns]\ntitle = '没有这列'",
        "[values.kind]\n'05' = '没有这种'", "[defaults]\ntheme = '没有这个主题'", "[defaults]\nmade_on = '昨天'", "oops", "[1]",
    ],
)  # fmt: skip
def test_a_mapping_that_is_wrong_in_any_way_is_refused_before_a_row_is_read(city, tmp_path, mapping):
    from gongkai.publishing.importing.mapping import load
    from gongkai.publishing.importing.model import Unreadable
    from gongkai.publishing.importing.running import run
    from gongkai.publishing.models import PublicationImport

    (tmp_path / "a.csv").write_text(TABLE, "utf-8")
    (tmp_path / "m.toml").write_text(mapping, "utf-8")
    with pytest.raises(Unreadable, match="m.toml|对照文件"):
        run(
            tmp_path / "a.csv",
            agency=city["yunzhou"],
            by=city.people["officer"],
            mapping=load(tmp_path / "m.toml"),
            index=False,
        )
    assert not PublicationImport.objects.exists()


def test_a_table_without_known_columns_is_refused_with_its_columns(city, tmp_path):
    from gongkai.publishing.importing.model import Unreadable
    from gongkai.publishing.importing.running import run

    (tmp_path / "a.csv").write_text("甲列,乙列\n1,2\n", "utf-8")
    with pytest.raises(Unreadable, match="甲列、乙列"):
        run(tmp_path / "a.csv", agency=city["yunzhou"], by=city.people["officer"], index=False)


def test_rows_with_characters_that_no_field_holds_come_in_without_them(city, tmp_path):
    from gongkai.publishing.importing.running import run
    from gongkai.publishing.models import Publication

    row = {"标题": "公园\x00开放\ud800", "正文": "照常\x00开放\ud800。", "发布日期": "2020-05-01", "编号": "a\x00\udfff1",
           "相关文件": "乙\ud800", "标签": ["丙\x07"], "发布机构": "云州市人民政府\u202e"}  # fmt: skip
    strange = {"标题": {"a": 1}, "正文": ["x"], "发布日期": 5, "编号": None}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n" + json.dumps(strange) + "\n", "utf-8")
    outcome = run(tmp_path / "a.jsonl", agency=city["yunzhou"], by=city.people["officer"], index=False)
    assert (outcome.added, outcome.rejected) == (1, 1)
    stored = Publication.objects.get()
    assert (stored.title, stored.body, stored.external_id) == ("公园开放", "<p>照常开放。</p>", "a1")
    assert stored.subject_words == ["丙"]


def test_days_are_read_as_people_write_them():
    from gongkai.publishing.importing.values import day

    for text in ("2020年5月1日", "2020-5-1", "2020/05/01 08:30", "2020.5.1", "20200501", "43952", "2020-05-01T00:30:00Z",
                 "Fri, 01 May 2020 01:00:00 +0000", datetime(2020, 5, 1, 3), "二〇二〇年五月一日"):  # fmt: skip
        assert day(text, "made_on") == date(2020, 5, 1), text
