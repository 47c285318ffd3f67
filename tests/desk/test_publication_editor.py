"""The editor of publications: saved by hand or by itself, with files, relations and suggestions."""

from __future__ import annotations

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from publication_pages import JSON, TITLE, form, page, text

from gongkai.publishing.actions import drafting
from gongkai.publishing.models import (
    Publication,
    Step,
)

pytestmark = pytest.mark.django_db


def test_a_draft_is_begun_without_any_script_and_its_text_is_cleaned(city, signed_in):
    files = [SimpleUploadedFile("名单.txt", "学校名单".encode())]
    bad = "<p onclick=alert(1)>好<script>alert(2)</script></p>"
    client = signed_in("drafter")
    answer = client.post(page("publication-new"), form(body=bad, files=files, categories=["livelihood"]))
    row = Publication.objects.get()
    assert answer.headers["Location"] == page("publication-edit", row.pk)
    held = row.get_latest_revision_as_object()
    assert held.body == "<p>好</p>"
    assert [f["title"] for f in held.files] == ["名单"]
    assert held.categories == ["livelihood"]
    assert row.agency == city["jiaoyu"]
    assert client.cookies["desk_kind"].value == "notice"


def test_what_is_wrong_stands_beside_its_field_and_in_a_summary_and_nothing_is_lost(signed_in):
    answer = signed_in("drafter").post(page("publication-new"), form(document_number="第几号", body="<p>写了很久</p>"))
    html = text(answer)
    assert answer.status_code == 422
    assert '<a href="#id_document_number">' in html
    assert 'value="第几号"' in html
    assert "写了很久" in html
    assert not Publication.objects.exists()


def test_saving_by_itself_begins_a_draft_and_keeps_what_can_be_kept(signed_in):
    client = signed_in("drafter")
    first = client.post(page("publication-new"), form(title=""), **JSON).json()
    row = Publication.objects.get(pk=first["id"])
    assert row.title == "未命名信息"
    later = form(title="有了标题", made_on="2026-02-31", based_on=first["revision"])
    answer = client.post(first["edit"], later, **JSON).json()
    assert answer["errors"]["made_on"]
    assert answer["revision"] != first["revision"]
    row.refresh_from_db()
    assert row.title == "有了标题"
    assert "发布前扫描" in answer["scan"]


def test_a_newer_version_of_somebody_else_is_not_overwritten(city, signed_in, draft):
    old = draft.latest_revision_id
    drafting.save_draft(draft, by=city.people["jyj_qicao"], title="同事改过的标题")
    answer = signed_in("drafter").post(page("publication-edit", draft.pk), form(based_on=old), **JSON)
    assert answer.status_code == 409
    assert answer.json()["conflict"]
    draft.refresh_from_db()
    assert draft.title == "同事改过的标题"


def begun_elsewhere(city, draft):
    """A draft on which the same person saved something else in another window; the version that both began from."""
    began = draft.latest_revision_id
    drafting.save_draft(draft, by=city.people["drafter"], window="other", title="另一个窗口的标题")
    return began


def test_another_window_of_the_same_person_is_not_overwritten(city, signed_in, draft):
    began = begun_elsewhere(city, draft)
    answer = signed_in("drafter").post(page("publication-edit", draft.pk), form(based_on=began, window="mine"), **JSON)
    assert answer.status_code == 409
    assert "另一个窗口" in answer.json()["message"]


def test_two_texts_stand_side_by_side_and_nothing_that_was_sent_is_missing(city, signed_in, draft):
    began = begun_elsewhere(city, draft)
    sent = form(based_on=began, title="这里的标题", body="<p>写了很久的正文</p>", summary="概述<b>")
    answer = signed_in("drafter").post(page("publication-edit", draft.pk), sent)
    html = text(answer)
    assert answer.status_code == 409
    assert "<del>另一个窗口的标题</del>" in html
    assert "<ins>这里的标题</ins>" in html
    for line in ("&lt;p&gt;写了很久的正文&lt;/p&gt;</textarea>", "概述&lt;b&gt;</textarea>", 'name="all_fields"'):
        assert line in html
    draft.refresh_from_db()
    assert draft.title == "另一个窗口的标题"
    assert f'name="based_on" value="{draft.latest_revision_id}"' in html


def test_of_two_texts_mine_replaces_the_other_which_stays_among_the_versions(city, signed_in, draft):
    begun_elsewhere(city, draft)
    client = signed_in("drafter")
    draft.refresh_from_db()
    other = draft.latest_revision_id
    client.post(page("publication-edit", draft.pk), form(based_on=other, title="这里的标题", keep="mine"))
    draft.refresh_from_db()
    assert draft.title == "这里的标题"
    html = text(client.get(page("publication-version", draft.pk, other)))
    assert "<del>另一个窗口的标题</del>" in html
    client.post(page("publication-version", draft.pk, other))
    draft.refresh_from_db()
    assert draft.title == "另一个窗口的标题"


def test_both_texts_are_kept_where_mine_becomes_a_draft_of_its_own(city, signed_in, draft):
    begun_elsewhere(city, draft)
    signed_in("drafter").post(page("publication-edit", draft.pk), form(title="这里的标题", keep="both"))
    draft.refresh_from_db()
    assert draft.title == "另一个窗口的标题"
    assert Publication.objects.exclude(pk=draft.pk).get().title == "这里的标题"


def test_versions_are_for_those_who_write_on_it(city, signed_in, draft, asked):
    address = page("publication-versions", draft.pk)
    assert "陈若溪" in text(signed_in("drafter").get(address))
    for username in ("head", "reviewer", "czj_gongkai"):
        assert signed_in(username).get(address).status_code == 404
        assert signed_in(username).get(f"{address}{draft.latest_revision_id}/").status_code == 404


def test_what_is_under_review_cannot_be_edited(signed_in, draft, at):
    at(draft, Step.UNIT_HEAD)
    client = signed_in("drafter")
    assert client.get(page("publication-edit", draft.pk)).status_code == 302
    assert client.post(page("publication-edit", draft.pk), form(), **JSON).status_code == 403
    draft.refresh_from_db()
    assert draft.title == TITLE


def test_an_empty_editor_starts_from_what_is_usual(signed_in):
    html = text(signed_in("drafter").get(page("publication-new")))
    assert '<option value="30" selected>' in html
    assert '<option value="proactive" selected>' in html


def test_who_may_not_draft_is_told_so(signed_in, draft):
    client = signed_in("head")
    assert "需要“起草人”" in text(client.get(page("publication-new"), follow=True))
    assert client.post(page("publication-edit", draft.pk), form(), **JSON).status_code == 403


def test_files_are_ordered_renamed_and_removed(city, signed_in, draft):
    ids = [drafting.attach(draft, b"x%d" % n, f"{n}.txt", by=city.people["drafter"]).pk for n in range(3)]
    given = form(file_id=[ids[2], ids[0], ids[1]], file_title=["三", "一", "二"], file_remove=[ids[1]])
    signed_in("drafter").post(page("publication-edit", draft.pk), given)
    held = Publication.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert held.files == [{"attachment": ids[2], "title": "三"}, {"attachment": ids[0], "title": "一"}]


def test_relations_point_to_a_publication_or_name_a_document_that_is_not_here(signed_in, draft, drafted):
    other = drafted(title="旧办法")
    given = form(
        relation_kind=["repeals", "implements", "interprets"],
        relation_target=[other.pk, "", ""],
        relation_text=["旧办法", "《某条例》", ""],
    )
    signed_in("drafter").post(page("publication-edit", draft.pk), given)
    held = Publication.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert [(r["kind"], r["target"], r["text"]) for r in held.relations] == [
        ("repeals", other.pk, "旧办法"),
        ("implements", None, "《某条例》"),
    ]


def test_several_files_are_uploaded_and_one_that_is_refused_is_named(signed_in, draft):
    files = [SimpleUploadedFile("好.txt", b"ok"), SimpleUploadedFile("坏.exe", b"MZ\x00\x01\x02\x03")]
    answer = signed_in("drafter").post(page("publication-upload", draft.pk), {"files": files}, **JSON).json()
    assert [f["name"] for f in answer["files"]] == ["好.txt"]
    assert "坏.exe" in answer["refused"][0]


def test_what_is_pasted_comes_back_clean_with_notes(signed_in):
    word = "<html><p class=MsoNormal style='mso-pagination:none'>甲<o:p></o:p></p><script>x</script></html>"
    answer = signed_in("drafter").post(page("publication-clean"), {"html": word}).json()
    assert answer["html"] == "<p>甲</p>"
    assert answer["notes"]
    assert signed_in("head").post(page("publication-clean"), {"html": word}).status_code == 403


@pytest.mark.parametrize(
    ("title", "head", "found"),
    [
        ("", "<p align=center>云州市教育局</p><p align=center>关于放假的<b>通知</b></p>", "云州市教育局关于放假的通知"),
        ("关于放假的通知", "<p>关于放假的 通知</p>", "关于放假的通知"),
        ("", "<p>各县区教育局：</p>", ""),
        ("别的标题", "<p align=center>关于放假的通知</p>", ""),
    ],
)
def test_the_title_at_the_head_of_a_pasted_text_goes_to_its_field(signed_in, title, head, found):
    given = {"html": f"<html>{head}<p>正文第一句。</p></html>", "title": title, "whole": "1"}
    answer = signed_in("drafter").post(page("publication-clean"), given).json()
    assert answer["title"] == found
    assert answer["html"].startswith("<p>正文第一句") == bool(found)


def test_one_button_saves_and_sends_on_the_path_or_says_what_is_missing(signed_in, draft):
    client = signed_in("drafter")
    address = page("publication-edit", draft.pk)
    answer = client.post(address, form(title="改过的标题", then_submit="1"))
    html = text(answer)
    assert answer.status_code == 422
    assert "草稿已保存，改好以下几处才能提交" in html
    assert '<a href="#id_categories">' in html
    draft.refresh_from_db()
    assert (draft.title, draft.step) == ("改过的标题", "")
    whole = form(made_on="2026-01-05", theme="T0201", categories=["livelihood"], then_submit="1")
    assert client.post(address, whole).headers["Location"] == page("publication", draft.pk)
    draft.refresh_from_db()
    assert draft.step == Step.UNIT_HEAD


def test_pasted_pictures_are_kept_as_files_and_shown_to_staff(signed_in, draft):
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    html = f'<p>图</p><p><img src="data:image/png;base64,{pixel}" alt="示意图"></p>'
    client = signed_in("drafter")
    answer = client.post(page("publication-clean"), {"html": html, "publication": draft.pk}).json()
    assert f"/admin/publications/{draft.pk}/files/" in answer["html"]
    client.post(page("publication-edit", draft.pk), form(body=answer["html"]))
    held = Publication.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert 'src="/files/' in held.body
    address = answer["html"].split('src="')[1].split('"')[0]
    assert client.get(address).status_code == 200
    assert signed_in("czj_qicao").get(address).status_code == 404


def test_a_sum_in_a_table_is_computed_when_the_draft_is_saved(signed_in, draft):
    rows = [("甲", "10"), ("乙", "20.5"), ("合计", "=SUM(ABOVE)")]
    table = "<table>" + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows) + "</table>"
    answer = signed_in("drafter").post(page("publication-edit", draft.pk), form(body=table), **JSON).json()
    assert ">30.5</td>" in answer["sums"]["html"]


def test_a_document_number_is_read_corrected_and_compared(city, signed_in, draft):
    drafting.save_draft(draft, by=city.people["drafter"], document_number="云教发〔2026〕7号")
    client = signed_in("drafter")
    answer = client.get(page("publication-number"), {"text": "云教发[2026]第07号"}).json()
    assert answer["canonical"] == "云教发〔2026〕7号"
    assert any("六角括号" in line for line in answer["problems"])
    assert any(draft.title in line for line in answer["problems"])
    own = client.get(page("publication-number"), {"text": "云教发〔2026〕7号", "publication": draft.pk}).json()
    assert own["problems"] == []
    hidden = signed_in("czj_qicao").get(page("publication-number"), {"text": "云教发〔2026〕7号"}).json()
    assert hidden["problems"] == []


def test_title_and_text_suggest_the_other_fields(city, signed_in):
    lines = ("各县区财政局：", "经云州市财政局同意，现将部门预算予以公布，请认真执行。", "云州市教育局", "2026年1月8日")
    body = "".join(f"<p>{line}</p>" for line in lines)
    given = {"title": "云州市教育局2026年部门预算", "body": body, "agency": city["jiaoyu"].pk}
    found = signed_in("drafter").post(page("publication-suggest"), given).json()
    assert (found["kind"], found["categories"], found["made_on"]) == ("budget", ["budget"], "2026-01-08")
    assert found["touched_agencies"] == [{"id": city["caizheng"].pk, "title": "云州市财政局"}]
    assert found["summary"].startswith("经云州市财政局同意")


def test_the_picker_finds_public_publications_and_ones_own_but_no_draft_of_others(signed_in, draft, at):
    mine = signed_in("drafter").get(page("publication-pick"), {"q": "校园"}).json()["items"]
    assert [i["id"] for i in mine] == [draft.pk]
    assert signed_in("czj_qicao").get(page("publication-pick"), {"q": "校园"}).json()["items"] == []
    at(draft, "")
    assert signed_in("czj_qicao").get(page("publication-pick"), {"q": "校园"}).json()["items"]


def test_a_word_file_fills_title_number_and_text(signed_in):
    document = docx.Document()
    document.add_heading("关于公布中小学名单的通知", 0)
    document.add_paragraph("云教发〔2026〕5号")
    document.add_paragraph("现将名单公布如下，请各校遵照执行。")
    data = io.BytesIO()
    document.save(data)
    upload = SimpleUploadedFile("通知.docx", data.getvalue())
    answer = signed_in("drafter").post(page("publication-new-word"), {"word": upload}, **JSON).json()
    row = Publication.objects.get()
    assert answer["edit"] == page("publication-edit", row.pk)
    held = row.get_latest_revision_as_object()
    assert held.title == "关于公布中小学名单的通知"
    assert held.document_number == "云教发〔2026〕5号"
    assert "请各校遵照执行" in held.body


def test_a_broken_word_file_is_refused_with_a_reason(signed_in):
    upload = SimpleUploadedFile("坏.docx", b"PK\x03\x04broken")
    answer = signed_in("drafter").post(page("publication-new-word"), {"word": upload}, **JSON)
    assert answer.status_code == 422
    assert answer.json()["message"]
    assert not Publication.objects.exists()


def test_any_agency_is_found_by_name_by_who_may_draft(city, signed_in):
    found = signed_in("drafter").get(page("publication-agencies"), {"q": "临溪县教育"}).json()["items"]
    assert found == [{"id": city["linxi-jiaoyu"].pk, "title": "临溪县教育局"}]
    assert signed_in("head").get(page("publication-agencies"), {"q": "教育"}).json()["items"] == []


def test_an_agency_from_afar_that_was_chosen_stays_chosen(city, signed_in, draft):
    signed_in("drafter").post(page("publication-edit", draft.pk), form(touched_agencies=[city["shiqiao"].pk]))
    html = text(signed_in("drafter").get(page("publication-edit", draft.pk)))
    assert f'<option value="{city["shiqiao"].pk}" selected>' in html
