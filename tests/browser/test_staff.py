"""What staff do on their side, in a real browser."""

from types import SimpleNamespace

import pytest

from gongkai.agencies.demo import PASSWORD
from gongkai.annual.render import render
from gongkai.annual.sample import dirty, sample_report
from gongkai.reporting.models import AnnualReport, ImportItem, ItemState, Status

TITLE = "云州市水利局2024年政府信息公开工作年度报告"
CELL = "t3.new_received.natural_person"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A report in Word whose totals do not balance, and a file that is none."""
    folder = tmp_path_factory.mktemp("files")
    report, _ = dirty(sample_report("gov-2021", year=2024, agency="云州市水利局", seed=5), ["unbalanced_total"], seed=5)
    (folder / "水利局2024年报.docx").write_bytes(render(report, "docx"))
    (folder / "坏文件.pdf").write_bytes(b"%PDF-1.4 cut off")
    return sorted(folder.iterdir())


@pytest.fixture
def sign_in(open_page, library):
    """Opens the staff side as a person of the demo city."""

    def open_as(username: str, path: str = "/admin/", **options):
        page = open_page(f"/admin/login/?next={path}", **options)
        page.get_by_label("账号").fill(username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(f"**{path}")
        return page

    return open_as


def import_files(page, files) -> None:
    page.get_by_role("link", name="年度报告", exact=True).click()
    page.get_by_role("link", name="导入年度报告").click()
    page.set_input_files("#id_files", files)
    page.get_by_role("button", name="开始导入").click()
    page.get_by_role("heading", name="导入结果").wait_for(state="attached")


def test_from_a_file_to_the_public_with_a_correction(sign_in, open_page, files):
    page = sign_in("officer")
    import_files(page, files)
    broken, good = page.locator(".desk tbody tr").all()
    assert "坏文件.pdf" in broken.inner_text()
    assert "读取失败" in broken.inner_text()
    assert "请" in broken.inner_text()
    assert "已入库" in good.inner_text()
    good.get_by_role("link", name="核对").click()

    # a finding leads to its cell, which opens beside it
    page.locator(".desk-goto").first.click()
    panel = page.get_by_role("region", name="单元格")
    panel.get_by_label("更正为").wait_for()
    page.locator(f"[data-desk-cell='{CELL}']:not(.desk-goto)").click()
    page.locator(f"#panel code:text-is('{CELL}')").wait_for()
    read = panel.locator("dd").nth(1).inner_text()
    panel.get_by_label("更正为").fill("4321")
    panel.get_by_label("理由").fill("原文为4321件，读取有误")
    panel.get_by_role("button", name="更正", exact=True).click()
    page.get_by_text("已更正。读取的原值仍然保留").wait_for()
    cell = page.locator(f"[id='cell-{CELL}']")
    assert cell.locator("del").inner_text() == read
    assert cell.locator("ins").inner_text() == "4321"
    assert "原文为4321件，读取有误" in panel.inner_text()
    page.get_by_role("link", name="逐格对照").click()
    row = page.locator(f"tr[id='cell-{CELL}']").inner_text()
    assert row.count(read) >= 2, "the raw text and the value read stand beside the correction"
    assert "4321" in row

    page.get_by_role("button", name="确认读取无误").click()
    page.get_by_text("已确认。").wait_for()
    page.get_by_role("button", name="公布", exact=True).click()
    page.get_by_text("已公布，公众可以").wait_for()

    citizen = open_page("/reports/?q=水利局")
    citizen.get_by_role("link", name=TITLE).click()
    citizen.get_by_text("有 1 个单元格经人工更正").wait_for()
    public = citizen.locator(f"[id='c-{CELL}']")
    assert "4321" in public.inner_text()
    assert public.locator("del").inner_text() == read


def test_results_come_in_without_reloading(sign_in, files, monkeypatch):
    from gongkai.reporting import importing

    waiting: list[int] = []
    monkeypatch.setattr(importing, "read_file", SimpleNamespace(enqueue=waiting.append))
    page = sign_in("officer")
    import_files(page, files[1:])
    assert page.get_by_text("排队中").first.is_visible()
    page.evaluate("window.stayed = true")
    for item in waiting:
        importing.read_item(item)
    page.get_by_role("link", name="核对").wait_for()
    assert page.evaluate("window.stayed")
    assert ImportItem.objects.get().state == ItemState.DONE


def test_what_was_done_is_taken_back_in_one_step(sign_in):
    report = AnnualReport.objects.get(agency__slug="jiaoyu", year=2024)
    AnnualReport.objects.filter(pk=report.pk).update(status=Status.DRAFT)
    page = sign_in("officer", f"/admin/annual-reports/{report.pk}/")
    page.get_by_role("button", name="确认读取无误").click()
    page.get_by_role("button", name="退回待确认").click()
    page.get_by_text("已退回待确认。").wait_for()
    page.locator(f"[data-desk-cell='{CELL}']").last.click()
    panel = page.get_by_role("region", name="单元格")
    panel.get_by_label("更正为").fill("4321")
    panel.get_by_label("理由").fill("试一试")
    panel.get_by_role("button", name="更正", exact=True).click()
    panel.get_by_role("button", name="恢复读取值").click()
    page.locator(f"[id='cell-{CELL}'] ins").wait_for()
    assert page.locator(f"[id='cell-{CELL}'] ins").inner_text() == page.locator(f"[id='cell-{CELL}'] del").inner_text()


def test_a_list_is_walked_by_keys(sign_in):
    page = sign_in("officer", "/admin/annual-reports/")
    page.locator("h1").first.wait_for(state="attached")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator(".desk tbody tr").nth(1)
    assert "is-current" in (second.get_attribute("class") or "")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.get_by_text("发现的问题").first.wait_for()


def test_it_works_without_javascript(sign_in):
    report = AnnualReport.objects.get(agency__slug="jiaoyu", year=2024)
    AnnualReport.objects.filter(pk=report.pk).update(status=Status.DRAFT)
    page = sign_in("officer", f"/admin/annual-reports/{report.pk}/", java_script_enabled=False)
    page.locator(f"[data-desk-cell='{CELL}']").last.click()
    panel = page.get_by_role("region", name="单元格")
    panel.get_by_label("更正为").fill("4321")
    panel.get_by_label("理由").fill("原文如此")
    panel.get_by_role("button", name="更正", exact=True).click()
    assert page.locator(f"[id='cell-{CELL}'] ins").inner_text() == "4321"


def pages(report: AnnualReport) -> list[str]:
    own = f"/admin/annual-reports/{report.pk}/"
    return [
        "/admin/",
        "/admin/annual-reports/",
        "/admin/annual-reports/?q=没有",
        "/admin/annual-reports/import/",
        own,
        f"{own}?view=check&cell={CELL}",
        "/admin/agencies/",
        "/admin/agencies/jiaoyu/",
        "/admin/agencies/jiaoyu/merge/",
        "/admin/agencies/jiaoyu/rename/",
    ]


def test_no_staff_page_scrolls_sideways(sign_in, files):
    page = sign_in("officer")
    import_files(page, files)
    for path in (page.url, *pages(AnnualReport.objects.get(title=TITLE))):
        page.goto(path)
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            assert page.evaluate("document.querySelector('#main').scrollWidth") <= width, (path, width)


def test_our_part_of_staff_pages_is_accessible(sign_in, accessible, files):
    """Wagtail's shell around it (menu, header) is Wagtail's own and not looked at here."""
    page = sign_in("root")
    import_files(page, files)
    for path in (page.url, *pages(AnnualReport.objects.get(title=TITLE))):
        page.goto(path)
        for scheme in ("light", "dark") if "view=check" in path or "imports" in path else ("light",):
            page.emulate_media(color_scheme=scheme)
            accessible(page, ".desk")
