"""The public site in a real browser: on a phone, with the keyboard, without JavaScript, for everybody."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

PAGES = ["/", "/search/?q=公积金", "/search/?q=没有这样的词", "/policies/", "/latest/?agency=zhujian", "/agencies/",
         "/agencies/zhujian/", "/statistics/", "/gazette/", "/apply/?agency=zhujian", "/feeds/", "/categories/",
         "/interpretations/"]  # fmt: skip


@pytest.fixture
def site(transactional_db, settings, tmp_path):
    """云州市 with a document that another one amended, its interpretation, a clarification and a withdrawn notice."""
    from gongkai.agencies import demo
    from gongkai.agencies.models import Agency
    from gongkai.files.actions import store
    from gongkai.portal import bodies
    from gongkai.publishing.actions.releasing import materialise
    from gongkai.publishing.models import Publication, RelationKind, State

    settings.SEARCH_FOLDER = tmp_path / "search"
    demo.load()
    bodies.forget()
    agency = Agency.objects.get(slug="zhujian")
    made = []

    def put(title, **content):
        content = {"state": State.PUBLISHED, "made_on": timezone.localdate() - timedelta(days=3)} | content
        number = f"TEST00001/2026-{len(made) + 1:05d}"
        with transaction.atomic():
            row = Publication.objects.create(
                agency=agency, title=title, live=True, published_at=timezone.now(), index_number=number, **content
            )
            if row.state == State.PUBLISHED:
                materialise(row)
        made.append(row)
        return row

    file = store("公积金提取申请表".encode(), "申请表.txt", by=None, agency=agency)
    chapters = "".join(f"<h2>第{n}章 规定</h2><p>公积金的提取按照下列规定办理。</p>" for n in "一二三四")
    document = put(
        "云州市住房和城乡建设局关于印发《云州市住房公积金提取和既有住宅加装电梯补贴资金使用管理办法（试行）》的通知",
        kind="normative", document_number="云建发〔2026〕8号", theme="T1002", categories=["rules_docs"], body=chapters
        + "<table><tr><th>项目</th><th>标准</th></tr><tr><td>加装电梯</td><td>20万元</td></tr></table>",
        files=[{"attachment": file.pk, "title": "公积金提取申请表"}],
    )  # fmt: skip
    put(
        "公积金办法的补充规定",
        kind="normative",
        relations=[{"kind": RelationKind.AMENDS, "target": document.pk, "text": ""}],
    )
    put(
        "公积金办法解读",
        kind="interpretation",
        relations=[{"kind": RelationKind.INTERPRETS, "target": document.pk, "text": ""}],
    )
    put("关于停水的澄清", kind="clarification", claim="全城停水", claim_source="短视频", body="<p>供水正常。</p>")
    put("已撤下的名单", state=State.WITHDRAWN, withdrawn_at=timezone.now(), withdrawal_reason="名单有误")
    yield made
    bodies.forget()


def addresses(site) -> list[str]:
    return [*PAGES, f"/p/{site[0].pk}/", f"/p/{site[3].pk}/"]


VARIANTS = [
    ("light", "elder=off"),
    ("dark", "size=large"),
    ("light", "elder=on&language=en"),
    ("dark", "contrast=high"),
]


def seldom(site) -> list[str]:
    """Pages that are built like others: each is looked at in one variant only."""
    return ["/categories/rules_docs/", "/topics/", f"/p/{site[4].pk}/", "/clarifications/", "/site-map/",
            "/search/?q=-", "/agencies/weiji/", f"/p/{site[2].pk}/"]  # fmt: skip


@pytest.mark.parametrize(("scheme", "preferences"), VARIANTS)
def test_public_pages_are_accessible_at_phone_width(open_page, accessible, site, scheme, preferences):
    page = open_page(f"/preferences/?{preferences}", color_scheme=scheme, viewport={"width": 390, "height": 844})
    mine = [path for n, path in enumerate(seldom(site)) if n % 4 == VARIANTS.index((scheme, preferences))]
    for path in addresses(site) + mine:
        page.goto(path)
        for details in page.locator("details:not([open]) > summary").all():
            if details.is_visible():
                details.click()
        accessible(page)


def test_no_public_page_scrolls_sideways(open_page, site):
    page = open_page("/")
    for path in addresses(site):
        page.goto(path)
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


def test_a_citizen_finds_a_document_by_its_attachment_and_sees_whether_it_holds(open_page, site):
    page = open_page("/", viewport={"width": 390, "height": 844})
    page.get_by_role("combobox").fill("公积金提取申请表")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="管理办法（试行）").first.click()
    assert "已修改" in page.get_by_role("note").inner_text()
    assert page.get_by_role("link", name="公积金办法解读").is_visible()
    assert not page.locator(".meta dl").is_visible()
    page.get_by_text("信息要素").click()
    assert page.locator(".meta dl").is_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="公积金提取申请表").click()
    assert download.value.suggested_filename == "申请表.txt"


def test_the_keyboard_takes_a_suggestion(open_page, site):
    page = open_page("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("公积金", delay=30)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    offered = page.locator("[role=option][aria-selected=true]").inner_text()
    assert box.get_attribute("aria-activedescendant")
    page.keyboard.press("Escape")
    assert page.get_by_role("listbox").is_hidden()
    box.fill("")
    box.press_sequentially("公积金", delay=30)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("ol.found").wait_for()
    assert page.get_by_role("combobox").input_value() == offered


def test_everything_can_be_read_without_javascript(open_page, site):
    page = open_page("/", java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.get_by_role("searchbox").fill("公积金")
    page.get_by_role("button", name="检索").click()
    page.get_by_role("link", name="管理办法（试行）").first.click()
    assert page.locator(".meta dl").is_visible()
    page.get_by_role("link", name="长辈版").first.click()
    assert page.locator("html[data-elder]").count() == 1
    assert page.url.endswith(f"/p/{site[0].pk}/")


def test_a_document_prints_with_its_address_and_code(open_page, site):
    page = open_page(f"/p/{site[0].pk}/")
    assert page.evaluate("document.querySelector('.source img').naturalWidth") > 0
    page.emulate_media(media="print")
    assert page.locator(".source img").is_visible()
    assert f"/p/{site[0].pk}/" in page.locator(".source").inner_text()
    assert not page.locator("header.head").is_visible()
    assert page.pdf().startswith(b"%PDF")
    page.goto("/policies/")
    page.emulate_media(media="print")
    assert not page.locator("form.filters").is_visible()


def test_a_read_is_counted_by_the_page_itself(open_page, site):
    from gongkai.publishing import reading
    from gongkai.publishing.models import ReadCount

    page = open_page(f"/p/{site[0].pk}/")
    with page.expect_request("**/read/"):
        pass
    page.wait_for_timeout(300)
    reading.write()
    assert ReadCount.objects.filter(publication=site[0]).exists()
