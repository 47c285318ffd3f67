"""What a reader does on the public site, in a real browser."""

import pytest

from gongkai.annual.render import render
from gongkai.annual.sample import dirty, sample_report

PAGES = ["/", "/reports/", "/reports/?q=教育", "/reports/jiaoyu/", "/reports/jiaoyu/2024/",
         "/rules/", "/reports/compare/?a=jiaoyu/2023&b=jiaoyu/2024", "/checkup/"]  # fmt: skip


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """A report with an unbalanced total, in Word."""
    report, _ = dirty(sample_report("gov-2021", year=2024, agency="云州市水务局", seed=5), ["unbalanced_total"], seed=5)
    path = tmp_path_factory.mktemp("files") / "水务局2024年报.docx"
    path.write_bytes(render(report, "docx"))
    return path


def test_a_clerk_checks_a_report_and_takes_it_away_marked(open_page, transactional_db, faulty):
    page = open_page("/")
    page.get_by_role("link", name="年报体检").first.click()
    page.set_input_files("#file", faulty)
    page.get_by_role("button", name="开始体检").click()
    page.get_by_role("heading", name="体检结果").wait_for()
    assert page.locator(".tag.error").first.is_visible()
    page.get_by_role("link", name="看原处").first.click()
    place = page.url.partition("#")[2]
    assert page.locator(f'[id="{place}"]').is_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载标注版 Word").click()
    assert download.value.suggested_filename.endswith(".docx")
    assert download.value.path().read_bytes().startswith(b"PK")


def test_the_checkup_answers_within_a_second_or_so(open_page, transactional_db, faulty):
    page = open_page("/checkup/")
    page.set_input_files("#file", faulty)
    page.get_by_role("button", name="开始体检").click()
    page.get_by_text("用时").wait_for(timeout=10_000)


def test_it_works_without_javascript(open_page, transactional_db, faulty):
    page = open_page("/checkup/", java_script_enabled=False)
    page.set_input_files("#file", faulty)
    page.get_by_role("button", name="开始体检").click()
    assert page.get_by_role("heading", name="体检结果").is_visible()
    assert page.locator(".tag.error").first.is_visible()


def test_a_file_may_be_dropped(open_page, transactional_db, faulty):
    page = open_page("/checkup/")
    handle = page.evaluate_handle(
        """([name, bytes]) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array(bytes)], name));
            return transfer;
        }""",
        [faulty.name, list(faulty.read_bytes())],
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": handle})
    page.get_by_role("heading", name="体检结果").wait_for()


def test_tables_come_along_when_a_web_page_is_pasted(open_page, transactional_db):
    report = sample_report("gov-2021", year=2024, agency="云州市水务局", seed=5)
    page = open_page("/checkup/")
    page.locator("#text").evaluate(
        """(field, [text, html]) => {
            const transfer = new DataTransfer();
            transfer.setData("text/plain", text);
            transfer.setData("text/html", html);
            field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: transfer, bubbles: true}));
            field.value = text;
        }""",
        ["云州市水务局2024年政府信息公开工作年度报告", render(report, "html").decode()],
    )
    assert "已识别粘贴内容中的表格" in page.locator("#pasted").inner_text()
    page.get_by_role("button", name="开始体检").click()
    assert page.locator("[id='r1-c-t3.new_received.total']").inner_text() == str(report.value("t3.new_received.total"))


def test_a_citizen_finds_an_agency_and_compares_two_years(open_page, library):
    page = open_page("/reports/")
    page.get_by_label("查找").fill("教育局 2024")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="云州市教育局2024年政府信息公开工作年度报告").click()
    assert page.get_by_role("heading", level=1).inner_text() == "云州市教育局2024年政府信息公开工作年度报告"
    page.get_by_role("link", name="对照上年").click()
    page.get_by_text("乙减甲").wait_for()
    page.get_by_role("link", name="年度报告", exact=True).first.click()
    page.get_by_role("link", name="市教育局", exact=True).first.click()
    page.locator("figure.chart canvas").first.wait_for()
    page.get_by_label("选择任意一项数字").select_option("t2.licensing.decisions")
    page.get_by_role("button", name="看这一项").click()
    assert page.locator("figure.chart").count() == 1


def test_no_page_scrolls_sideways(open_page, library):
    page = open_page("/")
    for path in PAGES:
        page.goto(path)
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


@pytest.mark.parametrize("path", ["/reports/?q=教育", "/reports/jiaoyu/", "/rules/"])
def test_words_of_a_list_stay_readable_on_a_phone(open_page, library, path):
    page = open_page(path, viewport={"width": 390, "height": 844})
    cell = page.locator("table.rows tbody td").nth(1)
    assert cell.bounding_box()["width"] >= 120


@pytest.mark.parametrize(
    ("scheme", "preferences"), [("light", "elder=off"), ("dark", "elder=off"), ("light", "elder=on&language=en")]
)
def test_pages_are_accessible(open_page, accessible, library, scheme, preferences):
    page = open_page(f"/preferences/?{preferences}", color_scheme=scheme)
    for path in PAGES:
        page.goto(path)
        accessible(page)


def test_the_result_of_a_checkup_is_accessible(open_page, accessible, transactional_db, faulty):
    page = open_page("/checkup/")
    page.set_input_files("#file", faulty)
    page.get_by_role("button", name="开始体检").click()
    page.get_by_role("heading", name="体检结果").wait_for()
    accessible(page)


def test_the_keyboard_reaches_the_content_at_once(open_page, transactional_db):
    page = open_page("/checkup/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "file"
