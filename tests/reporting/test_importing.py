"""Files become reports of the library, each with its own result."""

import re

import pytest
from django.utils.translation import override

from gongkai.agencies.rights import NotAllowed
from gongkai.annual.data import to_json_lines
from gongkai.annual.sample import sample_report
from gongkai.reporting.actions import choose, import_files
from gongkai.reporting.importing import read_item
from gongkai.reporting.models import AnnualReport, Figure, ImportItem, ItemState, Status
from gongkai.reporting.queries import as_read, effective
from gongkai.trail.chain import history, verify

pytestmark = pytest.mark.django_db

TEXT = """云州市教育局2024年政府信息公开工作年度报告

一、总体情况
2024年，云州市教育局主动公开政府信息120条。

三、收到和处理政府信息公开申请情况
本年收到申请3件，均已答复。
"""


def report_of(agency: str = "云州市教育局", year: int = 2024, form: str = "gov-2021", seed: int = 1):
    return sample_report(form, year=year, agency=agency, seed=seed)


def data_file(*reports) -> bytes:
    return "".join(to_json_lines(reports, with_blocks=True)).encode()


@pytest.fixture
def bring(city, django_capture_on_commit_callbacks):
    """Imports files as a person and returns their items."""

    def bring(username: str, *files: tuple[str, bytes], **options) -> list[ImportItem]:
        with django_capture_on_commit_callbacks(execute=True):
            batch = import_files(files, by=city.people[username], **options)
        assert batch.finished
        return list(batch.items.all())

    return bring


def test_a_file_becomes_a_draft_with_all_its_figures(city, bring):
    report = report_of()
    [item] = bring("drafter", ("年报.json", data_file(report)))
    assert item.state == ItemState.DONE, item.message
    row = AnnualReport.objects.get()
    assert (row.agency, row.year, row.form, row.status) == (city["jiaoyu"], 2024, "gov-2021", Status.DRAFT)
    assert as_read(row).cells == report.cells
    assert {f.cell: f.value for f in row.figures.all()} == {c.id: c.value for c in report.cells.values()}
    assert item.report == row
    assert item.read is None
    assert row.source.name == "年报.json"


def test_the_import_is_on_record_with_the_file_and_its_fingerprint(bring):
    [item] = bring("drafter", ("年报.json", data_file(report_of())))
    [entry] = history(item.report)
    assert entry.action == "reporting.add"
    assert entry.data["sha256"] == item.attachment.sha256
    assert entry.actor_name == "陈若溪"
    assert verify().ok


def test_a_text_file_is_read_like_any_other(city, bring):
    [item] = bring("drafter", ("年报.txt", TEXT.encode("gb18030")))
    assert item.state == ItemState.DONE, item.message
    assert (item.report.agency, item.report.year) == (city["jiaoyu"], 2024)
    assert "主动公开政府信息120条" in item.report.text


def test_a_file_with_several_reports_gives_an_item_for_each(bring):
    items = bring("officer", ("三年.json", data_file(*(report_of(year=y) for y in (2022, 2023, 2024)))))
    assert [i.state for i in items] == [ItemState.DONE] * 3
    assert [i.year for i in items] == [2022, 2023, 2024]
    assert items[1].name == "三年.json #2"


def test_one_bad_file_does_not_stop_the_rest(bring):
    items = bring(
        "drafter",
        ("空.txt", b""),
        ("图.txt", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("坏.pdf", b"%PDF-1.4 nothing here"),
        ("食谱.txt", "今天吃什么：红烧肉。".encode()),
        ("年报.json", data_file(report_of())),
    )
    assert [i.state for i in items] == [ItemState.FAILED] * 4 + [ItemState.DONE]
    assert all(i.message for i in items)
    assert AnnualReport.objects.count() == 1


def test_an_agency_that_nobody_knows_waits_for_a_choice(city, bring):
    [item] = bring("officer", ("年报.json", data_file(report_of(agency="临海县教育局"))))
    assert item.state == ItemState.NEEDS_AGENCY
    assert "临海县教育局" in item.message
    assert not AnnualReport.objects.exists()
    choose(item, by=city.people["officer"], agency=city["linxi-jiaoyu"])
    assert item.state == ItemState.DONE
    assert AnnualReport.objects.get().agency == city["linxi-jiaoyu"]


def test_a_report_that_names_another_agency_than_was_chosen_waits(city, bring):
    [item] = bring("officer", ("年报.json", data_file(report_of())), agency=city["caizheng"])
    assert item.state == ItemState.NEEDS_AGENCY
    assert "不一致" in item.message


def test_a_report_without_a_name_belongs_to_the_agency_that_was_chosen(city, bring):
    report = report_of().with_(agency=None)
    [item] = bring("drafter", ("年报.json", data_file(report)), agency=city["jiaoyu"])
    assert item.state == ItemState.DONE
    assert item.report.agency == city["jiaoyu"]


def test_a_report_without_a_year_waits_for_one(city, bring):
    [item] = bring("drafter", ("年报.json", data_file(report_of().with_(year=None, period=None))))
    assert item.state == ItemState.NEEDS_YEAR
    with pytest.raises(ValueError, match="2000"):
        choose(item, by=city.people["drafter"], year=24)
    choose(item, by=city.people["drafter"], year=2024)
    assert item.report.year == 2024


def test_a_report_of_another_agency_is_not_taken(bring):
    [item] = bring("drafter", ("年报.json", data_file(report_of(agency="云州市财政局"))))
    assert item.state == ItemState.NOT_ALLOWED
    assert not AnnualReport.objects.exists()


def test_nobody_imports_for_an_agency_that_is_not_theirs(city, bring):
    with pytest.raises(NotAllowed):
        bring("drafter", ("年报.json", data_file(report_of())), agency=city["caizheng"])


@pytest.mark.parametrize("username", ["reviewer", "supervisor", "leader", "head"])
def test_who_may_not_import_imports_nothing(bring, username):
    with pytest.raises(NotAllowed):
        bring(username, ("年报.json", data_file(report_of())))
    assert not ImportItem.objects.exists()


def test_nobody_settles_the_import_of_somebody_else(city, bring):
    [item] = bring("officer", ("年报.json", data_file(report_of(agency="临海县教育局"))))
    with pytest.raises(NotAllowed):
        choose(item, by=city.people["drafter"], agency=city["jiaoyu"])


def test_the_same_year_again_asks_before_it_replaces(city, bring):
    [first] = bring("drafter", ("一.json", data_file(report_of(seed=1))))
    [second] = bring("drafter", ("二.json", data_file(report_of(seed=2))))
    assert second.state == ItemState.EXISTS
    assert as_read(first.report).cells == report_of(seed=1).cells
    choose(second, by=city.people["drafter"], replace=True)
    assert second.state == ItemState.DONE
    row = AnnualReport.objects.get()
    assert row.pk == first.report.pk
    assert as_read(row).cells == report_of(seed=2).cells
    assert Figure.objects.filter(report=row).count() == len(report_of(seed=2).cells)
    assert [e.action for e in history(row)] == ["reporting.replace", "reporting.add"]


def test_drafts_are_replaced_at_once_where_that_was_asked_for(bring):
    bring("drafter", ("一.json", data_file(report_of(seed=1))))
    [item] = bring("drafter", ("二.json", data_file(report_of(seed=2))), replace_drafts=True)
    assert item.state == ItemState.DONE
    assert as_read(AnnualReport.objects.get()).cells == report_of(seed=2).cells


def test_what_is_confirmed_is_never_replaced(bring):
    [first] = bring("drafter", ("一.json", data_file(report_of(seed=1))))
    AnnualReport.objects.update(status=Status.CONFIRMED)
    [item] = bring("drafter", ("二.json", data_file(report_of(seed=2))), replace_drafts=True)
    assert item.state == ItemState.EXISTS
    assert as_read(AnnualReport.objects.get()).cells == as_read(first.report).cells


def test_reading_an_item_twice_changes_nothing(bring):
    [item] = bring("drafter", ("年报.json", data_file(report_of())))
    assert read_item(item.pk) == ItemState.DONE
    assert AnnualReport.objects.count() == 1


def test_what_no_database_can_hold_is_kept_as_text(bring):
    from dataclasses import replace
    from decimal import Decimal

    report = report_of()
    cell = next(iter(report.cells.values()))
    cells = dict(report.cells) | {cell.id: replace(cell, value=Decimal(10) ** 30, raw="1" + "0" * 30)}
    [item] = bring("drafter", ("年报.json", data_file(report.with_(cells=cells))))
    assert item.state == ItemState.DONE
    figure = item.report.figures.get(cell=cell.id)
    assert figure.value is None
    assert figure.raw.startswith("1000")
    assert effective(item.report).cells[cell.id].value == Decimal(10) ** 30


def test_a_clean_report_has_no_findings_and_a_false_sum_has_one(bring):
    from dataclasses import replace

    report = report_of()
    total = report.cells["t3.new_received.total"]
    wrong = dict(report.cells) | {total.id: replace(total, value=total.value + 5, raw=str(total.value + 5))}
    clean, dirty = bring(
        "officer",
        ("好.json", data_file(report)),
        ("错.json", data_file(report_of(agency="云州市财政局").with_(cells=wrong))),
    )
    assert clean.report.errors == 0
    assert dirty.report.errors > 0
    assert any(total.id in f.cells for f in dirty.report.findings.all())


def test_a_text_copied_from_another_agency_is_found_and_stays_found(city, bring):
    from gongkai.annual.sample import with_blocks
    from gongkai.reporting.actions import correct_cell

    theirs = report_of(agency="云州市财政局")
    mine = report_of()
    texts = {c.id: c.text for c in theirs.chapters}
    copied = with_blocks(
        mine.with_(
            chapters=tuple(c.__class__(c.id, c.no, c.title, c.where, c.last_block, texts[c.id]) for c in mine.chapters)
        )
    )
    _, item = bring("officer", ("甲.json", data_file(theirs)), ("乙.json", data_file(copied)))
    row = item.report
    assert "S-REUSE-OTHER" in {f.rule for f in row.findings.all()}
    correct_cell(row, "t3.new_received.natural_person", "987", why="试", by=city.people["officer"])
    assert "S-REUSE-OTHER" in {f.rule for f in row.findings.all()}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("空.txt", b""),
        ("坏.pdf", b"%PDF-1.4 cut off"),
        ("别的.txt", "今天天气很好。".encode()),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ],
)
def test_the_result_is_kept_in_both_languages(bring, name, data):
    [item] = bring("drafter", (name, data))
    assert re.search("[\u4e00-\u9fff]", item.words)
    with override("en"):
        assert not re.search("[\u4e00-\u9fff]", item.words.replace(name, ""))
        assert item.words


def test_what_was_taken_in_is_summed_up_in_both_languages(bring):
    [item] = bring("drafter", ("年报.json", data_file(report_of())))
    assert item.words.startswith("单元格 ")
    with override("en"):
        assert item.words.startswith("Cells: ")
