"""The editor of publications in a real browser: nothing typed is lost, what is pasted is cleaned, hits are shown."""

import pytest
from django.contrib.sessions.models import Session

from gongkai.agencies import demo
from gongkai.publishing.models import Publication

IDENTITY = "110101199003074514"
WORD = f"""<html><body><p class=MsoNormal style='mso-pagination:none'>各县（市、区）教育局：<o:p></o:p></p>
<p class=MsoNormal>联系人身份证号{IDENTITY}。</p><script>alert(1)</script></body></html>"""
PASTE = """(body, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def sign_in(open_page, transactional_db):
    """Opens a staff page as a person of the demo city."""
    demo.load()

    def open_as(username: str, path: str, page=None):
        address = f"/admin/login/?next={path}"
        if page is None:
            page = open_page(address)
        else:
            page.goto(address)
        page.get_by_label("账号").fill(username)
        page.get_by_label("密码").fill(demo.PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(f"**{path}")
        return page

    return open_as


def text_of(page):
    """The body of the text inside the editor."""
    body = page.frame_locator(".tox-edit-area__iframe").locator("body")
    body.wait_for()
    return body


def test_what_is_written_saves_itself_and_shows_what_the_reviewer_will_object_to(sign_in):
    page = sign_in("drafter", "/admin/publications/new/")
    text_of(page)
    page.locator("#id_title").fill("关于公布学校名单的通知")
    page.keyboard.press("Tab")
    page.wait_for_url("**/edit/")
    row = Publication.objects.get()
    assert row.title == "关于公布学校名单的通知"

    body = text_of(page)
    body.click()
    body.evaluate(PASTE, WORD)
    page.frame_locator(".tox-edit-area__iframe").get_by_text("联系人身份证号").wait_for()
    assert "Mso" not in body.inner_html()
    assert "脚本" in page.locator("[data-desk-notes]").inner_text()

    page.locator("#id_title").click()
    page.keyboard.press("Tab")
    page.locator(".desk-hitline").first.wait_for()
    assert "其中 1 处须处理后才能发布" in page.locator("[data-desk-scanpanel]").inner_text()
    page.locator("[data-desk-hit]").first.click()
    assert body.evaluate("body => body.ownerDocument.getSelection().toString()") == IDENTITY

    page.locator("[data-desk-scan=redact]").click()
    page.get_by_text("没有发现问题").wait_for()
    assert IDENTITY not in Publication.objects.get().get_latest_revision_as_object().body


def test_writing_goes_on_after_signing_in_again_elsewhere(sign_in):
    page = sign_in("drafter", "/admin/publications/new/")
    text_of(page)
    page.locator("#id_title").fill("写到一半的通知")
    page.keyboard.press("Tab")
    page.wait_for_url("**/edit/")
    Session.objects.all().delete()
    page.locator("#id_title").fill("接着写的通知")
    page.keyboard.press("Tab")
    page.get_by_text("登录已过期，文字已保存在本机").wait_for()

    sign_in("drafter", "/admin/notices/", page.context.new_page())
    page.evaluate("dispatchEvent(new Event('focus'))")
    page.get_by_text("已自动保存").wait_for()
    assert page.locator("[data-desk-trouble]").is_hidden()
    assert Publication.objects.get().title == "接着写的通知"


def test_no_word_is_lost_when_the_session_ends(sign_in):
    page = sign_in("drafter", "/admin/publications/new/")
    text_of(page)
    page.locator("#id_title").fill("写到一半的通知")
    page.keyboard.press("Tab")
    page.wait_for_url("**/edit/")
    path = page.url[page.url.index("/admin/") :]

    Session.objects.all().delete()
    page.locator("#id_title").fill("会话结束以后写下的标题")
    page.keyboard.press("Tab")
    page.get_by_text("登录已过期，文字已保存在本机").wait_for()
    assert Publication.objects.get().title == "写到一半的通知"

    page.close(run_before_unload=False)
    again = sign_in("drafter", path, page.context.new_page())
    again.get_by_role("button", name="恢复本机保存的文字").click()
    assert again.locator("#id_title").input_value() == "会话结束以后写下的标题"
    text_of(again)
    again.locator("#id_title").click()
    again.keyboard.press("Tab")
    again.get_by_text("已自动保存").wait_for()
    assert Publication.objects.get().title == "会话结束以后写下的标题"


def test_two_windows_of_one_writer_lose_neither_text(sign_in):
    first = sign_in("drafter", "/admin/publications/new/")
    text_of(first)
    first.locator("#id_title").fill("两个窗口的通知")
    first.keyboard.press("Tab")
    first.wait_for_url("**/edit/")
    path = first.url[first.url.index("/admin/") :]
    second = first.context.new_page()
    second.goto(path)
    text_of(second)

    first.locator("#id_title").fill("第一个窗口写的")
    first.keyboard.press("Enter")
    first.keyboard.press("Tab")
    first.get_by_text("已自动保存").wait_for()
    second.locator("#id_title").fill("第二个窗口写的")
    second.keyboard.press("Tab")
    second.get_by_role("button", name="对照两份").click()
    second.get_by_text("第一个窗口写的").wait_for()
    assert Publication.objects.get().title == "第一个窗口写的"

    second.get_by_role("button", name="两份都留：我的另存为新草稿").click()
    second.get_by_text("已另存为这份新草稿").wait_for()
    titles = ["第一个窗口写的", "第二个窗口写的"]
    assert sorted(Publication.objects.values_list("title", flat=True)) == titles
    assert second.evaluate("Object.keys(localStorage).filter((name) => name.includes('publication'))") == []
