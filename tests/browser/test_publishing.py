"""From a clerk's draft to a citizen's search, by everybody who takes part, in a real browser."""

from __future__ import annotations

import io
from datetime import timedelta

import docx
import pytest
from django.utils import timezone

from gongkai.agencies import demo
from gongkai.agencies.models import Agency, Person
from gongkai.law.review import CHECKLIST
from gongkai.publishing.actions import deciding, drafting, releasing, submitting
from gongkai.publishing.models import Publication, State, Step
from gongkai.publishing.tasks import turn

PHRASE = "东湖体育馆每周六对市民免费开放"
TITLE = "关于向社会开放学校体育场地的通知"


@pytest.fixture
def attachment(tmp_path):
    """A Word file; what the citizen looks for stands only in it."""
    document = docx.Document()
    document.add_paragraph(f"开放安排：{PHRASE}，请自带运动鞋。")
    buffer = io.BytesIO()
    document.save(buffer)
    path = tmp_path / "开放安排.docx"
    path.write_bytes(buffer.getvalue())
    return path


@pytest.fixture
def city(transactional_db, common_path):
    """云州市 with the common path."""
    demo.load()


@pytest.fixture
def as_person(open_page, city):
    """Opens a staff page as a person."""

    def open_as(username: str, path: str = "/admin/", **options):
        page = open_page(f"/admin/login/?next={path}", **options)
        page.get_by_label("账号").fill(username)
        page.get_by_label("密码").fill(demo.PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(f"**{path}")
        return page

    return open_as


def write(page, words: str) -> None:
    """Types into the text of the editor, in place of what is there."""
    body = page.frame_locator(".tox-edit-area__iframe").locator("body")
    body.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def detail(publication: Publication) -> str:
    return f"/admin/publications/{publication.pk}/"


def test_a_draft_is_returned_mended_agreed_to_signed_and_found_by_a_phrase_in_its_attachment(
    as_person, open_page, attachment
):
    drafter = as_person("drafter", "/admin/publications/new/")
    drafter.locator("#id_title").fill(TITLE)
    write(drafter, "各学校：现就开放体育场地有关事项通知如下。")
    drafter.wait_for_url("**/edit/")
    drafter.set_input_files("#id_files", attachment)
    drafter.locator("[data-desk-files] li").wait_for()
    drafter.locator("#id_made_on").fill(timezone.localdate().isoformat())
    drafter.get_by_label("扶贫、教育、医疗").check()
    drafter.locator("#id_theme").select_option(index=3)
    drafter.locator("details.desk-group:has(#id_touched_agencies) > summary").click()
    find = drafter.get_by_role("textbox", name="涉及的其他机关")
    find.fill("财政局")
    drafter.locator("#desk-options").get_by_text("云州市财政局").wait_for()
    find.press("Enter")
    drafter.get_by_role("button", name="提交审查").click()
    drafter.get_by_role("button", name="撤回修改").wait_for()
    publication = Publication.objects.get()

    head = as_person("head", detail(publication))
    head.get_by_role("button", name="审核通过").click()
    head.get_by_text("办理中").wait_for()

    reviewer = as_person("reviewer")
    reviewer.get_by_role("link", name=TITLE).first.click()
    reviewer.locator("[data-key='6']").check()
    reviewer.locator("#opinion").fill("请写明开放的依据")
    reviewer.get_by_role("button", name="记录审查结果").click()
    reviewer.wait_for_load_state()

    drafter.goto("/admin/")
    drafter.get_by_role("link", name=TITLE).first.click()
    assert "请写明开放的依据" in drafter.locator("main").inner_text()
    drafter.get_by_role("link", name="修改", exact=True).click()
    write(drafter, "各学校：依据《全民健身条例》，现就开放体育场地有关事项通知如下。")
    drafter.get_by_role("button", name="提交审查").click()
    drafter.get_by_role("button", name="撤回修改").wait_for()

    head.goto(detail(publication))
    assert "全民健身条例" in head.locator("ins").first.inner_text()
    head.get_by_role("button", name="审核通过").click()
    head.get_by_text("办理中").wait_for()

    reviewer.goto(f"{detail(publication)}review/")
    reviewer.get_by_role("button", name="未答的都答").click()
    reviewer.locator("[data-key='1']").check()
    reviewer.get_by_role("button", name="记录审查结果").click()
    reviewer.wait_for_load_state()

    finance = as_person("czj_gongkai", "/admin/coordination/")
    finance.get_by_label("同意发布", exact=True).check()
    finance.get_by_role("button", name="答复").click()
    finance.get_by_text("已经答复的").wait_for()

    leader = as_person("jyj_qianfa", detail(publication), viewport={"width": 390, "height": 844})
    leader.get_by_role("button", name="签发并发布").click()
    leader.get_by_text("索引号").first.wait_for()

    citizen = open_page(f"/search/?q=“{PHRASE}”", viewport={"width": 390, "height": 844})
    citizen.get_by_role("link", name=TITLE).click()
    assert citizen.get_by_role("heading", level=1).inner_text() == TITLE
    assert "全民健身条例" in citizen.locator("main").inner_text()
    with citizen.expect_download() as download:
        citizen.get_by_role("link", name="开放安排").first.click()
    assert PHRASE in docx.Document(download.value.path()).paragraphs[0].text


def release(agency: str, drafter: str, title: str, **content) -> Publication:
    """Leads a publication through its path by the actions."""
    people = {p.username: p for p in Person.objects.all()}
    publication = drafting.create_draft(
        Agency.objects.get(slug=agency),
        by=people[drafter],
        title=title,
        body="<p>第一条 为了规范管理，制定本办法。</p>",
        theme="T0201",
        categories=["rules_docs"],
        made_on=timezone.localdate(),
        **{"kind": "normative", "effective_on": timezone.localdate(), **content},
    )
    publication = submitting.submit(publication, by=people[drafter])
    publication = deciding.approve_as_head(publication, by=people["head"])
    publication = deciding.review_confidentiality(
        publication, by=people["reviewer"], result="open", checklist={q.id: "no" for q in CHECKLIST}
    )
    assert publication.step == Step.SIGN_OFF
    return deciding.sign(publication, by=people["jyj_qianfa"])


def test_a_repeal_shows_everywhere_at_once(open_page, city):
    old = release("jiaoyu", "drafter", "云州市校车管理办法", document_number="云教规〔2026〕8号")
    page = open_page("/policies/")
    assert "废止" not in page.locator("main").get_by_role("listitem").filter(has_text="校车管理办法").first.inner_text()
    release(
        "jiaoyu",
        "drafter",
        "云州市教育局关于废止校车管理办法的决定",
        document_number="云教规〔2026〕9号",
        relations=[{"kind": "repeals", "target": old.pk, "text": ""}],
    )
    page.goto("/policies/?validity=repealed")
    assert "废止" in page.locator("main").inner_text()
    assert "云州市校车管理办法" in page.locator("main").inner_text()
    page.goto(f"/p/{old.pk}/")
    ribbon = page.locator("main").inner_text()
    assert "废止" in ribbon
    page.get_by_role("link", name="云州市教育局关于废止校车管理办法的决定").first.wait_for()
    page.goto("/search/?q=校车管理办法")
    titles = page.locator("main h2, main h3").all_inner_texts()
    hit = page.locator("main li, main article").filter(has_text="云教规〔2026〕8号").first
    assert "废止" in hit.inner_text(), titles
    feed = page.request.get("/policies/?format=json")
    entry = next(e for e in feed.json()["items"] if e["url"].endswith(f"/p/{old.pk}/"))
    assert "废止" in str(entry)


def test_what_is_scheduled_appears_at_its_time_and_not_before(open_page, city):
    start = timezone.now() + timedelta(hours=1)
    publication = release("jiaoyu", "drafter", "明年招生计划", kind="notice", go_live_at=start)
    publication.refresh_from_db()
    assert publication.state == State.SCHEDULED
    turn.call()
    page = open_page("/")
    assert page.request.get(f"/p/{publication.pk}/").status == 404
    assert "明年招生计划" not in page.locator("main").inner_text()
    assert releasing.release_due(start + timedelta(seconds=1)) == 1
    page.goto(f"/p/{publication.pk}/")
    assert page.get_by_role("heading", level=1).inner_text() == "明年招生计划"
    page.goto("/")
    assert "明年招生计划" in page.locator("main").inner_text()
