# ruff: noqa: E501 - rows and pages in one line
"""Importing publications: rows are read, checked, taken whole or not at all, once, and the rest is reported."""

from __future__ import annotations

import json
from datetime import date, datetime
from random import Random

import pytest

ROWS = [
    {"标题": "关于印发《云州市公园管理办法》的通知", "正文": "<p>第一条 为了加强公园管理。</p>", "栏目": "规范性文件",
     "发文字号": "云政规〔2021〕3号", "发布日期": "2021年3月5日", "编号": "a1", "有效性": "废止"},
    {"标题": "春季植树活动安排", "正文": "三月十二日上午九时，\n在河口区集合。", "栏目": "工作动态", "发布日期": "2022-03-01", "编号": "a2"},
    {"标题": "停水公告", "正文": "<p>因管道检修，十日停水。</p>", "栏目": "公告", "发布日期": "20230510", "编号": "a3",
     "发布机构": "云州市教育局"},
]  # fmt: skip


@pytest.fixture
def taken(city, tmp_path):
    """Imports rows as JSON Lines and gives the outcome."""
    from gongkai.publishing.importing.running import run

    def take(rows, name="old.jsonl", **options):
        path = tmp_path / name
        path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), "utf-8")
        options = {"agency": city["yunzhou"], "by": city.people["officer"], "index": False} | options
        return run(path, **options)

    return take


def problems():
    from gongkai.publishing.models import ImportProblem

    return [(p.row, p.field, p.rejected) for p in ImportProblem.objects.all()]


def publications():
    from gongkai.publishing.models import Publication

    return Publication.objects.order_by("external_id")


def test_rows_become_released_publications(taken, city):
    outcome = taken(ROWS)
    assert (outcome.added, outcome.rejected) == (3, 0)
    first, second, third = publications()
    assert (first.kind, first.document_number, first.validity) == ("normative", "云政规〔2021〕3号", "repealed")
    assert (second.kind, second.body) == ("news", "<p>三月十二日上午九时，</p><p>在河口区集合。</p>")
    assert third.agency == city["jiaoyu"]
    assert third.made_on == date(2023, 5, 10)
    assert all(p.index_number and p.state == "published" and p.live for p in (first, second, third))
    assert first.index_number.startswith(f"{city['yunzhou'].index_prefix}/2021-")
    assert first.category_rows.get().category == "rules_docs"


def test_doing_it_again_changes_nothing(taken):
    from gongkai.publishing.models import Change

    taken(ROWS)
    before = list(publications().values())
    changes = Change.objects.count()
    again = taken(ROWS)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)
    assert list(publications().values()) == before
    assert Change.objects.count() == changes


def test_a_changed_row_updates_its_publication_and_announces_the_change(taken):
    taken(ROWS)
    again = taken([ROWS[0], ROWS[1] | {"正文": "活动改期。"}, ROWS[2]])
    assert (again.changed, again.unchanged) == (1, 2)
    row = publications().get(external_id="a2")
    assert row.body == "<p>活动改期。</p>"
    assert list(row.changes.values_list("verb", flat=True)) == ["released", "changed"]


def test_what_was_edited_here_is_not_overwritten(taken, city):
    from gongkai.publishing.actions.drafting import save_draft

    taken(ROWS)
    row = publications().get(external_id="a2")
    save_draft(row, by=city.people["szf_qicao"], title="本站改过的标题")
    outcome = taken([ROWS[1] | {"正文": "活动改期。"}])
    assert outcome.unchanged == 1
    assert (1, "", False) in problems()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"标题": " "}, "title"),
        ({"标题": "长" * 301}, "title"),
        ({"正文": ""}, "body"),
        ({"发布日期": "去年春天"}, "published_at"),
        ({"发布日期": "2199-01-01"}, "published_at"),
        ({"发布日期": ""}, "published_at"),
        ({"栏目": "不存在的栏目"}, "kind"),
        ({"发文字号": "没有号"}, "document_number"),
        ({"发布机构": "外星人管理局"}, "agency"),
        ({"附件": "没有这个.pdf"}, "files"),
        ({"有效性": "大概吧"}, "validity"),
    ],
)
def test_a_wrong_row_is_left_out_with_its_field_and_the_others_come_in(taken, change, field):
    outcome = taken([ROWS[0], ROWS[1] | change, ROWS[2]])
    assert (outcome.added, outcome.rejected) == (2, 1)
    assert (2, field, True) in problems()


def test_a_line_that_is_no_json_is_left_out(city, tmp_path):
    from gongkai.publishing.importing.running import run

    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(ROWS[0], ensure_ascii=False) + "\n{oops\n[1]\n", "utf-8")
    outcome = run(path, agency=city["yunzhou"], by=city.people["officer"], index=False)
    assert (outcome.added, outcome.rejected) == (1, 2)


def test_the_same_text_is_taken_once(taken):
    outcome = taken([ROWS[1], ROWS[1] | {"编号": "b9", "正文": "<p>三月十二日上午九时，</p><p>在河口区集合。</p>"}])
    assert (outcome.added, outcome.duplicates) == (1, 1)


def test_texts_that_are_nearly_the_same_are_remarked(taken):
    long = "".join(f"第{n}条是关于公园第{n * 7}号草地和{n * 13}号路灯的管理要求。" for n in range(40))
    outcome = taken([ROWS[1] | {"正文": long}, ROWS[1] | {"正文": long + "以上。", "编号": "n", "标题": "另一条"}])
    assert outcome.added == 2
    assert (2, "body", False) in problems()


def test_a_dry_run_says_the_same_and_stores_nothing(taken):
    from gongkai.publishing.models import PublicationImport

    outcome = taken([*ROWS, {"标题": ""}], dry_run=True)
    assert (outcome.added, outcome.rejected) == (3, 1)
    assert not publications().exists()
    assert not PublicationImport.objects.exists()


def test_an_interrupted_import_goes_on_behind_its_last_batch(taken, monkeypatch):
    from gongkai.publishing.importing import running

    whole = running._one_batch
    calls = []

    def breaking(*words):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return whole(*words)

    monkeypatch.setattr(running, "_one_batch", breaking)
    with pytest.raises(KeyboardInterrupt):
        taken(ROWS, batch=2)
    assert publications().count() == 2
    outcome = taken(ROWS, batch=2, resume=True)
    assert (outcome.resumed_at, outcome.rows, outcome.added) == (2, 1, 1)
    assert publications().count() == 3


def test_each_batch_is_on_record(taken):
    from gongkai.trail.models import Entry

    taken(ROWS, batch=2)
    entries = Entry.objects.filter(action="publishing.import").order_by("number")
    assert [e.data["rows"] for e in entries] == [[1, 2], [3, 3]]


def test_nobody_imports_without_the_right_nor_for_agencies_elsewhere(taken, city):
    from gongkai.agencies.rights import NotAllowed

    with pytest.raises(NotAllowed):
        taken(ROWS, by=city.people["drafter"])
    outcome = taken(ROWS, agency=city["linxi"], by=city.people["county"])
    assert (outcome.added, outcome.rejected) == (2, 1)
    assert (3, "agency", True) in problems()


def test_index_numbers_are_kept_where_they_are_free(taken, city):
    prefix = city["yunzhou"].index_prefix
    rows = [ROWS[1] | {"索引号": f"{prefix}/2022-00007"}, ROWS[0] | {"索引号": f"{prefix}/2022-00007"}]
    taken([*rows, ROWS[2] | {"索引号": "乱写的"}])
    assert publications().get(external_id="a2").index_number == f"{prefix}/2022-00007"
    other = publications().get(external_id="a1").index_number
    assert other
    assert other != f"{prefix}/2022-00007"
    assert {(2, "index_number", False), (3, "index_number", False)} <= set(problems())


def test_scan_results_are_kept_and_listed_and_do_not_block(taken):
    from gongkai.publishing.models import ScanReport

    outcome = taken([ROWS[1] | {"正文": "联系人手机13800138000，内部资料，注意保存。"}])
    assert outcome.added == 1
    assert ScanReport.objects.get().hits
    assert (1, "body", False) in problems()


def test_scripts_do_not_come_in(taken):
    taken([ROWS[1] | {"正文": "<div onclick='x()'>甲<script>alert(1)</script></div><p style='color:red'>乙</p>"}])
    body = publications().get().body
    assert "script" not in body
    assert "onclick" not in body
    assert "甲" in body
    assert "乙" in body


def test_a_mapping_names_columns_values_and_defaults(taken, tmp_path):
    from gongkai.publishing.importing.mapping import load

    path = tmp_path / "m.toml"
    path.write_text(
        '[columns]\ntitle = "T"\nbody = ["B1", "B2"]\npublished_at = "D"\nkind = "K"\n'
        '[values.kind]\n"05" = "budget"\n[defaults]\ntheme = "T04"\nsource = "旧网站"\n', "utf-8"
    )  # fmt: skip
    outcome = taken([{"T": "预算", "B2": "表", "D": "2020/1/2", "K": "05"}], mapping=load(path))
    assert outcome.added == 1
    row = publications().get()
    assert (row.kind, row.theme, row.source, row.categories) == ("budget", "T04", "旧网站", ["budget"])


def test_a_mapping_with_a_wrong_name_is_refused():
    from gongkai.publishing.importing.mapping import parse
    from gongkai.publishing.importing.model import Unreadable

    with pytest.raises(Unreadable, match="titel"):
        parse({"columns": {"titel": "标题"}})


def test_tables_in_old_encodings_and_workbooks_are_read(city, tmp_path):
    import xlsxwriter

    from gongkai.publishing.importing.running import run

    lines = "标题,正文,发布日期\n公园开放公告,“五一”照常开放，请文明游园，爱护花草。,2020-05-01\n"
    (tmp_path / "a.csv").write_bytes(lines.encode("gb18030"))
    book = xlsxwriter.Workbook(str(tmp_path / "b.xlsx"), {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["标题", "内容", "发布时间"])
    sheet.write_row(1, 0, ["公园闭园公告", "国庆期间夜间闭园。"])
    sheet.write_datetime(1, 2, datetime(2020, 9, 30))
    book.close()
    for name in ("a.csv", "b.xlsx"):
        assert run(tmp_path / name, agency=city["yunzhou"], by=city.people["officer"], index=False).added == 1
    assert set(publications().values_list("title", flat=True)) == {"公园开放公告", "公园闭园公告"}


def test_a_folder_of_pages_with_facts_and_files_is_read(city, tmp_path):
    from gongkai.publishing.demo.files import pdf
    from gongkai.publishing.demo.items import Item
    from gongkai.publishing.importing.running import run

    folder = tmp_path / "site"
    folder.mkdir()
    item = Item("k", "yunzhou", "notice", "甲", "", date(2020, 1, 1), None, "", "")
    (folder / "list.pdf").write_bytes(pdf(item, Random(1), "清单"))
    (folder / "a.html").write_text(
        "<html><head><meta name='ArticleTitle' content='关于公园绿化的通知'><meta name='PubDate' content='2020-06-01 10:00'>"
        "</head><body><table><tr><td>索引号：</td><td>x</td><td>发文字号</td><td>云政发〔2020〕9号</td></tr></table>"
        "<div id='zoom'><p>请各单位认真落实。</p><p><a href='list.pdf'>附件</a></p></div></body></html>", "utf-8"
    )  # fmt: skip
    outcome = run(folder, agency=city["yunzhou"], by=city.people["officer"], index=False)
    assert (outcome.added, outcome.rejected) == (1, 0)
    row = publications().get()
    assert (row.title, row.document_number, len(row.files)) == ("关于公园绿化的通知", "云政发〔2020〕9号", 1)
    assert row.file_rows.count() == 1


def test_wordpress_and_ckan_exports_are_read(city, tmp_path):
    from gongkai.publishing.importing.running import run

    (tmp_path / "w.xml").write_text(
        "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:wp='http://wordpress.org/export/1.2/'><channel>"
        "<item><title>公园花展</title><content:encoded><![CDATA[<p>花展开幕。</p>]]></content:encoded>"
        "<wp:post_id>7</wp:post_id><wp:post_date>2019-04-01 08:00:00</wp:post_date><wp:post_type>post</wp:post_type>"
        "<wp:status>publish</wp:status></item>"
        "<item><title>草稿</title><wp:status>draft</wp:status></item></channel></rss>", "utf-8"
    )  # fmt: skip
    package = {"id": "p1", "title": "公园名录", "notes": "全市公园。", "metadata_created": "2021-02-03T04:05:06",
               "organization": {"title": "云州市人民政府"}, "tags": [{"name": "公园"}], "resources": []}  # fmt: skip
    (tmp_path / "c.json").write_text(json.dumps({"result": {"results": [package]}}, ensure_ascii=False), "utf-8")
    for name in ("w.xml", "c.json"):
        assert run(tmp_path / name, agency=city["yunzhou"], by=city.people["officer"], index=False).added == 1
    assert set(publications().values_list("external_id", flat=True)) == {"wordpress:7", "p1"}


def test_the_command_reports_each_row_and_ends_with_two(city, tmp_path):
    from typer.testing import CliRunner

    from gongkai.cli.main import app

    source, report = tmp_path / "s.jsonl", tmp_path / "r.csv"
    source.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in [*ROWS, {"标题": "=1+1"}]), "utf-8")
    words = ["import", "publications", str(source), "--agency", "yunzhou", "--report", str(report), "--as", "officer"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 2, result.output
    assert publications().count() == 3
    assert "'=1+1" in report.read_text("utf-8-sig")
