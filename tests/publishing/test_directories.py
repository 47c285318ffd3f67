"""Standard directories: read from the official columns, filled by publications, watched for gaps."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from gongkai.agencies.rights import NotAllowed
from gongkai.publishing.actions.directories import (
    file_under,
    import_directories,
    plan_import,
    retire,
    set_duties,
    unfile,
)
from gongkai.publishing.directories_import import Unreadable, read_directories
from gongkai.publishing.directories_import.words import audience, channels_in, field_of, limit_of, refresh_days, ticked
from gongkai.publishing.exporting.directory import official_form
from gongkai.publishing.models import Directory, Filing
from gongkai.publishing.queries.coverage import coverage, suggest_publications, suggest_rows

CHANNELS = """■政府网站      □政府公报
□两微一端      ■发布会/听证会
□广播电视      □纸质媒体
■社区/企事业单位/村公示栏（电子屏）
□其他___"""


def row(
    number,
    level1,
    level2,
    content="政策文本、办理流程",
    time="信息形成或者变更之日起20个工作日内",
    agency="县教育局",
    channels=CHANNELS,
    everybody="√",
    group="",
    active="√",
    asked="",
    county="√",
    town="",
):
    return [
        number,
        level1,
        level2,
        content,
        "条例",
        time,
        agency,
        channels,
        everybody,
        group,
        active,
        asked,
        county,
        town,
    ]


ROWS = [
    row("1", "政策文件", "入学政策"),
    row("2", None, "学区划分", time="每年5月底前"),
    row("3", "学校信息", "学校概况", time="按季度公开", agency="县教育局、各乡镇人民政府", town="√"),
    row(None, None, "学生资助名单", agency="县卫生局", everybody="", group="受助学生家长"),
]


def workbook(rows=ROWS, title="临溪县义务教育领域基层政务公开标准目录", sheets=("义务教育",)):
    """A workbook as offices send them: a title over all columns, two rows of heading, merged cells."""
    return official_form(title, dict.fromkeys(sheets, rows))


@pytest.fixture
def directory(city):
    return import_directories(workbook(), "目录.xlsx", city["linxi"], by=city.people["county"])[0]


def named(directory, level2):
    return directory.rows.get(level2=level2)


def test_a_sheet_in_the_official_columns_is_read_row_by_row():
    (sheet,) = read_directories(workbook()).sheets
    assert (sheet.title, sheet.field) == ("临溪县义务教育领域基层政务公开标准目录", "F16")
    assert [(r.number, r.level1, r.level2) for r in sheet.rows] == [
        ("1", "政策文件", "入学政策"),
        ("2", "政策文件", "学区划分"),
        ("3", "学校信息", "学校概况"),
        ("3", "学校信息", "学生资助名单"),
    ]
    first, *_rest, last = sheet.rows
    assert first.channels == ("government_website", "press_conference", "notice_board")
    assert (first.to_all, first.proactive, first.tiers) == (True, True, ("county",))
    assert (last.to_all, last.group) == (False, "受助学生家长")
    assert not sheet.problems


def test_filler_rows_repeated_heads_and_notes_are_passed_over():
    rows = [
        ROWS[0],
        [""] * 14,
        ["序号", "公开事项", "", "公开内容（要素）", "公开依据", "公开时限", "公开主体", *[""] * 7],
        ["", "一级事项", "二级事项", *[""] * 11],
        row("2", "甲", "乙"),
        ["注：以上事项按年更新"] + [""] * 13,
        ["", "", "", "√"],
    ]
    (sheet,) = read_directories(workbook(rows[:6])).sheets
    assert [r.level2 for r in sheet.rows] == ["入学政策", "乙"]


def test_every_sheet_is_a_directory_and_sheets_without_the_head_are_left():
    found = read_directories(workbook(sheets=("义务教育", "第二张")))
    assert [s.sheet for s in found.sheets] == ["义务教育", "第二张"]


def test_faults_are_listed_with_the_row_that_the_spreadsheet_shows():
    rows = [
        row("1", "甲", "乙"),
        row("2", "甲", "丙", content=""),
        row("3", "甲", "长" * 201),
        row("4", "甲", "丁", time=""),
    ]
    (sheet,) = read_directories(workbook(rows)).sheets
    assert [(p.row, p.column, p.blocking) for p in sheet.problems] == [
        (5, "公开内容（要素）", True),
        (6, "二级事项", True),
        (7, "公开时限", False),
    ]


def test_marks_that_say_nothing_and_rows_listed_twice_are_told_by_row():
    rows = [
        row("1", "甲", "乙", everybody="待定", active="也许", county="县级"),
        row("2", "甲", "丙", channels="□政府网站"),
        row("3", "甲", "乙"),
        row("4", "甲", "乙", content="另一项内容"),
    ]
    (sheet,) = read_directories(workbook(rows)).sheets
    assert [(p.row, p.column, p.blocking) for p in sheet.problems] == [
        (4, "全社会", False),
        (4, "主动", False),
        (5, "公开渠道和载体", False),
        (6, "公开事项", True),
    ]
    assert "与第 4 行重复" in sheet.problems[-1].message
    assert sheet.rows[0].tiers == ("county",)


def test_the_empty_form_that_is_handed_out_can_be_filled_and_read(city, signed_in):
    form = signed_in("county").get("/admin/directories/form.xlsx")
    assert form["Content-Type"].startswith("application/vnd.openxmlformats")
    book = load_workbook(io.BytesIO(form.content))
    for column, value in enumerate(row("1", "甲", "乙"), 1):
        book.active.cell(4, column, value)
    filled = io.BytesIO()
    book.save(filled)
    (sheet,) = read_directories(filled.getvalue()).sheets
    assert [(r.line, r.level2, r.tiers) for r in sheet.rows] == [(4, "乙", ("county",))]
    assert not sheet.problems


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04garbage", b"not a workbook", b"\xd0\xcf\x11\xe0" + b"x" * 600])
def test_files_that_are_no_workbook_are_refused_with_a_reason(data):
    with pytest.raises(Unreadable):
        read_directories(data, "坏.xlsx")


def test_a_workbook_without_the_official_head_is_refused():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().write(0, 0, "工资表")
    book.close()
    with pytest.raises(Unreadable, match="表头"):
        read_directories(out.getvalue(), "工资.xlsx")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("信息形成或者变更之日起20个工作日内", None),
        ("及时公开", None),
        ("长期公开", None),
        ("每年1月31日前", 366),
        ("按年度公开", 366),
        ("每半年更新一次", 184),
        ("每季度公布", 92),
        ("按季度", 92),
        ("每月10日前公开上月情况", 31),
        ("每年公布，其中价格每月更新", 31),
        ("每周", 7),
        ("每日更新", 1),
        ("每3个月", 93),
        ("制定后20个工作日内（每年更新）", 366),
        ("本年度计划批准后7个工作日内", None),
        ("", None),
    ],
)
def test_the_period_is_read_from_the_words_of_the_time_limit(text, days):
    assert refresh_days(text) == days


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("信息形成之日起7个工作日内", (7, True)),
        ("３日内公开", (3, False)),
        ("5个 工作日以内", (5, True)),
        ("及时", (20, True)),
        ("三日内", (3, False)),
        ("自形成之日起十五个工作日", (15, True)),
        ("7个工作日", (7, True)),
        ("及时公开，公示期不少于5个工作日", (20, True)),
        ("1个月内", (31, False)),
    ],
)
def test_the_limit_is_read_and_is_twenty_working_days_otherwise(text, limit):
    assert limit_of(text) == limit


def test_ticks_channels_and_audience_are_read_as_people_write_them():
    assert [ticked(t) for t in ("√", "", "□", "■", "×", "家长")] == [True, False, False, True, False, None]
    assert channels_in("政府网站、其他")[0] == ("government_website", "other_channel")
    assert channels_in("■其他：村民微信群") == (("其他：村民微信群",), ("其他：村民微信群",))
    assert channels_in("") == ((), ())
    assert audience("√", "") == (True, "")
    assert audience("", "√ 学生家长") == (False, "学生家长")
    assert audience("", "") == (True, "")
    assert field_of("河口区农村集体土地征收标准目录") == "F06"
    assert field_of("没有领域的目录") == ""


def test_rows_bind_agencies_by_name_and_towns_by_tier(city, directory):
    def bound(level2):
        return {d.agency.slug for d in named(directory, level2).duties.all()}

    assert bound("入学政策") == {"linxi-jiaoyu"}
    assert bound("学校概况") == {"linxi-jiaoyu", "shiqiao", "liubao"}
    assert bound("学生资助名单") == set()


def test_a_dry_run_lists_problems_and_changes_nothing(city):
    plan = plan_import(workbook(), "目录.xlsx", city["linxi"], by=city.people["county"])
    assert not plan.blocked
    assert [(p.row, p.message) for p in plan.problems] == [
        (7, "没有找到机关“县卫生局”。导入后请在该事项中指定公开主体。")
    ]
    assert not Directory.objects.exists()


def test_nothing_is_imported_where_one_row_is_wrong(city):
    with pytest.raises(ValidationError, match="第 5 行"):
        import_directories(
            workbook([row("1", "甲", "乙"), row("2", "甲", "丙", content="")]),
            "目录.xlsx",
            city["linxi"],
            by=city.people["county"],
        )
    assert not Directory.objects.exists()


def test_only_those_who_manage_directories_import_them(city):
    for person in ("drafter", "leader", "supervisor"):
        with pytest.raises(NotAllowed):
            plan_import(workbook(), "目录.xlsx", city["linxi"], by=city.people[person])


def test_a_new_version_retires_the_old_one_and_keeps_what_was_filed(city, directory, released):
    publication = released(city["linxi-jiaoyu"], "入学政策问答")
    file_under(publication, named(directory, "入学政策"), by=city.people["county"])
    new = import_directories(workbook(), "新.xlsx", city["linxi"], by=city.people["county"], version="2026")[0]
    directory.refresh_from_db()
    assert directory.retired
    assert Filing.objects.filter(row=named(new, "入学政策"), publication=publication).exists()


def test_a_row_is_filled_late_stale_or_empty(city, directory, released):
    today = date(2026, 11, 20)
    by = city.people["county"]

    def state(level2, slug="linxi-jiaoyu"):
        cells = [c for r in coverage(directory, today).rows for c in r.cells if r.row.level2 == level2]
        return next(c for c in cells if c.agency.slug == slug).state

    assert state("入学政策") == "empty"
    old = released(city["linxi-jiaoyu"], "旧政策", date(2026, 6, 30), made_on=date(2026, 5, 6))
    file_under(old, named(directory, "入学政策"), by=by)
    assert state("入学政策") == "late"
    new = released(city["linxi-jiaoyu"], "新政策", date(2026, 9, 10), made_on=date(2026, 9, 1))
    file_under(new, named(directory, "入学政策"), by=by)
    assert state("入学政策") == "filled"
    file_under(new, named(directory, "学校概况"), by=by)
    assert state("学校概况") == "filled"
    today = date(2026, 12, 12)
    assert state("学校概况") == "stale"
    assert state("学校概况", "shiqiao") == "empty"


def test_a_document_that_is_no_longer_in_force_fills_no_row(city, directory, released):
    rule = released(city["linxi-jiaoyu"], "招生办法", kind="normative")
    file_under(rule, named(directory, "入学政策"), by=city.people["county"])
    assert coverage(directory, timezone.localdate()).totals["filled"] == 1
    rule.validity = "repealed"
    rule.save()
    assert coverage(directory, timezone.localdate()).totals["filled"] == 0


def test_rows_of_one_matter_keep_what_was_filed_under_each(city, released):
    rows = [row("1", "甲", "乙", content="名单"), row(None, None, None, content="标准")]
    old = import_directories(workbook(rows), "目录.xlsx", city["linxi"], by=city.people["county"])[0]
    for line in old.rows.all():
        publication = released(city["linxi-jiaoyu"], line.content)
        file_under(publication, line, by=city.people["county"])
    new = import_directories(workbook(rows), "新.xlsx", city["linxi"], by=city.people["county"])[0]
    assert [(f.row.content, f.publication.title) for f in Filing.objects.filter(row__directory=new).order_by("pk")] == [
        ("名单", "名单"),
        ("标准", "标准"),
    ]


def test_only_what_is_released_fills_a_row(city, directory, released):
    publication = released(city["linxi-jiaoyu"], "政策", state="draft")
    file_under(publication, named(directory, "入学政策"), by=city.people["county"])
    assert coverage(directory, timezone.localdate()).totals["filled"] == 0


def test_totals_and_filters_agree(city, directory, released):
    file_under(released(city["shiqiao"], "学校"), named(directory, "学校概况"), by=city.people["town"])
    today = timezone.localdate()
    whole = coverage(directory, today)
    assert dict(whole.totals) == {"empty": 4, "filled": 1}
    assert whole.share == 20
    assert whole.unassigned == 1
    assert sum(len(r.cells) for r in coverage(directory, today, state="empty").rows) == 4
    assert dict(coverage(directory, today, agency=city["shiqiao"]).totals) == {"filled": 1}


def test_a_publication_of_an_agency_without_the_duty_is_not_filed(city, directory, released):
    with pytest.raises(ValidationError, match="公开主体不包括"):
        file_under(released(city["shiqiao"], "镇里的"), named(directory, "入学政策"), by=city.people["county"])


def test_filing_twice_changes_nothing_and_unfiling_takes_it_out(city, directory, released):
    publication, line = released(city["linxi-jiaoyu"], "政策"), named(directory, "入学政策")
    assert file_under(publication, line, by=city.people["county"]) == file_under(
        publication, line, by=city.people["county"]
    )
    unfile(publication, line, by=city.people["county"])
    assert not Filing.objects.exists()


def test_nobody_files_what_belongs_to_others(city, directory, released):
    publication = released(city["linxi-jiaoyu"], "政策")
    for person in ("drafter", "town"):
        with pytest.raises(NotAllowed):
            file_under(publication, named(directory, "入学政策"), by=city.people[person])


def test_a_retired_directory_takes_nothing_more(city, directory, released):
    retire(directory, by=city.people["county"])
    line = named(Directory.objects.get(pk=directory.pk), "入学政策")
    with pytest.raises(ValidationError, match="停用"):
        file_under(released(city["linxi-jiaoyu"], "政策"), line, by=city.people["county"])


def test_duties_stay_below_the_agency_of_the_directory(city, directory):
    line = named(directory, "学生资助名单")
    set_duties(line, [city["linxi-jiaoyu"]], by=city.people["county"])
    assert [d.agency.slug for d in line.duties.all()] == ["linxi-jiaoyu"]
    with pytest.raises(ValidationError):
        set_duties(line, [city["jiaoyu"]], by=city.people["county"])


def test_words_suggest_the_row_and_the_publication(city, directory, released):
    publication = released(city["linxi-jiaoyu"], "关于2026年秋季学区划分方案的公告")
    released(city["linxi-jiaoyu"], "食堂招标公告")
    assert [r.level2 for r, _score in suggest_rows(publication)] == ["学区划分"]
    found = suggest_publications(named(directory, "学区划分"), city.people["county"])
    assert [p.title for p, _score in found] == [publication.title]


def test_the_public_page_shows_gaps_and_narrows_them(city, directory, released):
    file_under(released(city["shiqiao"], "石桥中心小学概况"), named(directory, "学校概况"), by=city.people["town"])
    page = Client().get(f"/directories/{directory.pk}/?agency=shiqiao")
    text = page.content.decode()
    assert "石桥中心小学概况" in text
    assert "入学政策" not in text
    assert "石桥中心小学概况" not in Client().get(f"/directories/{directory.pk}/?state=empty").content.decode()
    assert "义务教育" in Client().get("/directories/").content.decode()


def test_the_desk_imports_in_two_steps(city, signed_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = signed_in("county")
    page = client.post(
        "/admin/directories/import/",
        {"agency": city["linxi"].pk, "file": SimpleUploadedFile("目录.xlsx", workbook()), "version": "2026"},
    )
    assert page.status_code == 200
    assert not Directory.objects.exists()
    kept = page.context["kept"]
    done = client.post(
        "/admin/directories/import/confirm/", {"agency": city["linxi"].pk, "kept": kept.pk, "version": "2026"}
    )
    assert done.status_code == 302
    directory = Directory.objects.get()
    assert directory.version == "2026"
    for path in ("", f"{directory.pk}/", f"{directory.pk}/?state=empty", f"rows/{directory.rows.first().pk}/"):
        assert client.get(f"/admin/directories/{path}").status_code == 200, path
    sheet = client.get(f"/admin/directories/{directory.pk}/coverage.xlsx?state=empty")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + 5


def test_the_desk_shows_no_directory_to_those_whom_it_does_not_concern(city, directory, signed_in):
    client = signed_in("czj_qicao")
    for path in (f"{directory.pk}/", f"{directory.pk}/coverage.xlsx", f"rows/{directory.rows.first().pk}/"):
        assert client.get(f"/admin/directories/{path}").status_code == 404


def test_the_age_of_the_newest_is_counted_in_days(city, directory, released):
    today = timezone.localdate()
    file_under(
        released(city["shiqiao"], "学校", today - timedelta(days=9)),
        named(directory, "学校概况"),
        by=city.people["town"],
    )
    (line,) = [r for r in coverage(directory, today, agency=city["shiqiao"]).rows if r.cells]
    assert line.cells[0].age == 9
