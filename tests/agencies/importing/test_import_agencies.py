"""Agencies and people come in from tables whole or not at all, and every fault is told by row and column."""

import csv
import io

import pytest
from django.utils.translation import override

from gongkai.agencies.demo import credit_code
from gongkai.agencies.importing import check, take_in, template, to_csv, to_xlsx
from gongkai.agencies.importing.columns import AGENCIES, GROUPS, PEOPLE, STAFF, TABLES
from gongkai.agencies.importing.reading import Unreadable, _heading, _known, read
from gongkai.agencies.importing.values import in_each_language
from gongkai.agencies.models import Agency, Kind, Person, Post, Role
from gongkai.agencies.queries import find_by_name
from gongkai.trail.models import Entry

pytestmark = pytest.mark.django_db
CODE = credit_code(901, Kind.DEPARTMENT)
OTHER = credit_code(902, Kind.DEPARTMENT)


def table(*rows: list[str], encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


HEAD = ["机构代码", "机构名称", "机构性质", "层级", "上级机构代码", "传真"]


def new_rows(city) -> list[list[str]]:
    """Two new bodies, the one below before the one above."""
    return [
        HEAD,
        [OTHER, "云州市园林处", "政府部门", "市级", CODE, ""],
        [CODE, "云州市城市管理局", "政府部门", "市级", city["yunzhou"].code, "0999-5559999"],
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_in_any_encoding_founds_agencies_whatever_their_order(city, encoding):
    outcome = take_in(table(*new_rows(city), encoding=encoding), "机构.csv", by=city.people["admin"])
    assert outcome.problems == []
    assert outcome.done
    assert Agency.objects.get(code=OTHER).parent.name == "云州市城市管理局"
    assert Agency.objects.get(code=CODE).office_fax == "0999-5559999"
    assert Entry.objects.filter(action="agencies.import").get().data["added"] == 2


def test_a_dry_run_says_what_would_come_and_keeps_nothing(city):
    before = Entry.objects.count()
    outcome = check(table(*new_rows(city)), "机构.csv", by=city.people["admin"])
    assert (outcome.ok, outcome.done, outcome.count("added")) == (True, False, 2)
    assert not Agency.objects.filter(code=CODE).exists()
    assert Entry.objects.count() == before


def test_every_fault_is_told_with_its_row_and_column_and_nothing_is_kept(city):
    rows = [
        HEAD,
        [CODE, "云州市城市管理局", "政府部门", "市级", city["yunzhou"].code, ""],
        [CODE[:17] + ("0" if CODE[17] != "0" else "1"), "甲局", "政府部门", "市级", city["yunzhou"].code, ""],
        ["1.19901E+17", "乙局", "政府部门", "市级", "", ""],
        [OTHER, "", "衙门", "市级", "99999", ""],
        [credit_code(903, Kind.TOWN), "云州市教育局", "政府部门", "市级", "NOBODY01", ""],
        [CODE, "丙局", "政府部门", "市级", city["yunzhou"].code, ""],
    ]
    outcome = take_in(table(*rows), "机构.csv", by=city.people["admin"])
    places = {(p.row, p.column) for p in outcome.problems}
    assert places == {
        (3, "机构代码"),
        (4, "机构代码"),
        (5, "机构名称"),
        (5, "机构性质"),
        (6, "上级机构代码"),
        (7, "机构代码"),
    }
    assert all(p.what and p.remedy for p in outcome.problems)
    assert not outcome.done
    assert not Agency.objects.filter(code=CODE).exists()


def test_what_is_exported_comes_back_without_a_change(city):
    for data in (
        to_xlsx(Agency.objects.all()),
        *(to_csv(t, Agency.objects.all()) for t in (AGENCIES, PEOPLE, STAFF, GROUPS)),
    ):
        outcome = check(data, "导出", by=city.people["admin"])
        assert outcome.problems == []
        assert outcome.effective == []
        assert outcome.changes


def test_a_changed_name_keeps_the_old_one_findable(city):
    agency = city["keji"]
    rows = [HEAD[:2], [agency.code, "云州市科学技术和创新局"]]
    outcome = take_in(table(*rows), "机构.csv", by=city.people["admin"])
    assert outcome.done
    assert outcome.effective[0].details == ("机构名称：云州市科学技术局 → 云州市科学技术和创新局",)
    assert find_by_name("云州市科学技术局") == agency


def test_an_abolished_agency_needs_a_successor_and_the_day_stays(city):
    agency = city["keji"]
    head = ["机构代码", "机构名称", "撤销日期", "承接机构代码"]
    alone = check(table(head, [agency.code, agency.name, "2025/3/1", ""]), "x.csv", by=city.people["admin"])
    assert [(p.row, p.column) for p in alone.problems] == [(2, "承接机构代码")]
    both = [agency.code, agency.name, "2025年3月1日", city["fagai"].code]
    assert take_in(table(head, both), "x.csv", by=city.people["admin"]).done
    agency.refresh_from_db()
    assert (agency.abolished.isoformat(), agency.successor) == ("2025-03-01", city["fagai"])
    again = check(table(head, [agency.code, agency.name, "", ""]), "x.csv", by=city.people["admin"])
    assert [p.column for p in again.problems] == ["撤销日期"]


def test_nobody_imports_beyond_their_posts(city):
    outcome = take_in(table(*new_rows(city)), "机构.csv", by=city.people["officer"])
    assert not outcome.done
    assert any("调整机构设置" in problem.what for problem in outcome.problems)
    assert take_in(table(*new_rows(city)), "机构.csv", by=None).done


def test_people_come_with_their_posts_and_new_accounts_have_no_password(city):
    head = ["账号", "姓名", "机构代码", "岗位", "任职日期", "离任日期"]
    rows = [
        ["kjj_qicao", "尹新苗", city["keji"].code, "起草人", "2025-01-01", ""],
        ["drafter", "陈若溪", city["jiaoyu"].code, "起草人", "2024-01-01", "2025-06-30"],
    ]
    outcome = take_in(table(head, *rows), "人员.csv", by=city.people["admin"])
    assert outcome.problems == []
    person = Person.objects.get(username="kjj_qicao")
    assert not person.has_usable_password()
    assert person.posts.get().agency == city["keji"]
    assert Post.objects.get(person=city.people["drafter"], role=Role.DRAFTER).until.isoformat() == "2025-06-30"


def test_the_faults_of_people_are_told(city):
    head = ["账号", "姓名", "机构代码", "机构名称", "岗位", "任职日期"]
    rows = [
        ["drafter", "别人", city["keji"].code, "", "起草人", ""],
        ["new one!", "某人", city["keji"].code, "", "起草人", ""],
        ["officer", "", city["keji"].code, "云州市水利局", "起草人", ""],
        ["officer", "", city["weisheng"].code, "", "起草人", "去年"],
        ["officer", "", city["weisheng"].code, "", "起草人", ""],
    ]
    outcome = check(table(head, *rows), "人员.csv", by=city.people["admin"])
    told = [(p.row, p.column) for p in outcome.problems]
    assert told == [(2, "姓名"), (3, "账号"), (4, "机构名称"), (5, "任职日期"), (6, "")]


def test_cells_that_a_spreadsheet_would_run_are_made_harmless_and_come_back_as_they_were(city):
    agency = city["keji"]
    agency.short_name, agency.office_phone = "=HYPERLINK(1)", "+86 999 5550102"
    agency.save()
    written = to_csv(AGENCIES, Agency.objects.filter(pk=agency.pk)).decode("utf-8-sig")
    assert ",'=HYPERLINK(1)," in written
    assert ",'+86 999" in written
    assert check(written.encode(), "x.csv", by=None).effective == []
    assert b"<f>" not in to_xlsx(Agency.objects.filter(pk=agency.pk))


def test_the_template_is_read_as_empty_tables(city):
    outcome = check(template(), "模板.xlsx", by=city.people["admin"])
    assert [p.what for p in outcome.problems] == ["表头下面没有内容"]
    assert [s.table.id for s in read(template(), "模板.xlsx")] == ["agencies", "people", "staff", "groups"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  \n",
        b"PK\x03\x04rubbish",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "随便写的一句话。".encode(),
        b"\x00\x01" * 99,
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(data):
    with pytest.raises(Unreadable, match="。"):
        read(data, "x.xlsx")


def test_headings_may_stand_below_a_title_with_marks_and_other_words(city):
    rows = [["云州市机构一览表"], ["代码 *", "单位名称（全称）", "备注"], [city["keji"].code, city["keji"].name, "无"]]
    outcome = check(table(*rows), "x.csv", by=city.people["admin"])
    assert outcome.problems == []
    assert "备注" in outcome.notices[0]
    assert outcome.changes[0].row == 3


def test_headings_and_choices_may_be_english(city):
    rows = [
        ["Code", "name", "KIND", "level", "parent", "Office fax"],
        [CODE, "云州市城市管理局", "department", "City", city["yunzhou"].code, "0999-5559999"],
    ]
    outcome = take_in(table(*rows), "agencies.csv", by=city.people["admin"])
    assert outcome.problems == []
    made = Agency.objects.get(code=CODE)
    assert (made.kind, made.level, made.office_fax) == ("department", "city", "0999-5559999")


@pytest.mark.parametrize(("written", "read_by"), [("en", "zh-hans"), ("zh-hans", "en")])
def test_what_is_exported_in_one_language_is_read_in_the_other(city, written, read_by):
    with override(written):
        book, empty = to_xlsx(Agency.objects.all()), template()
    with override(read_by):
        outcome = check(book, "x.xlsx", by=None)
        assert (outcome.problems, outcome.effective) == ([], [])
        assert [len(sheet.columns) for sheet in read(empty, "x.xlsx")] == [len(t.columns) for t in TABLES.values()]


@pytest.mark.parametrize("id", TABLES)
def test_no_two_columns_of_a_table_answer_to_one_heading(id):
    for column in TABLES[id].columns:
        for words in (column.id, *column.aliases, *in_each_language(column.label)):
            assert _known(TABLES[id])[_heading(words)] == column, words
