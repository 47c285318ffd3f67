"""Filing a released publication from its page, pictures without a description, and hits that run across tags."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from gongkai.publishing.actions import drafting, submitting
from gongkai.publishing.models import Directory, DirectoryRow, Filing, Publication, RowDuty
from gongkai.publishing.pictures import undescribed

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(city):
    """A matter that 云州市教育局 must fill."""
    directory = Directory.objects.create(name="义务教育标准目录", agency=city["yunzhou"], version="1")
    matter = DirectoryRow.objects.create(
        directory=directory, number="1", level1="校园安全", level2="校园安全检查", content="结果"
    )
    RowDuty.objects.create(row=matter, agency=city["jiaoyu"])
    return matter


def detail(pk):
    return reverse("desk:publication", args=[pk])


def move(pk, verb):
    return reverse("desk:publication-move", args=[pk, verb])


def test_a_released_publication_is_filed_from_its_page_and_taken_out_again(signed_in, draft, at, row):
    at(draft, "")
    client = signed_in("drafter")
    shown = client.get(detail(draft.pk)).content.decode()
    assert f'<option value="{row.pk}">' in shown
    client.post(move(draft.pk, "file"), {"row": row.pk})
    assert Filing.objects.get().publication_id == draft.pk
    assert "移出" in client.get(detail(draft.pk)).content.decode()
    client.post(move(draft.pk, "unfile"), {"row": row.pk})
    assert not Filing.objects.exists()


def test_matters_that_do_not_look_alike_can_be_chosen_too_the_likely_ones_first(signed_in, city, draft, at, row):
    other = DirectoryRow.objects.create(
        directory=row.directory, number="2", level1="教师", level2="职称评审", content="结果"
    )
    RowDuty.objects.create(row=other, agency=city["jiaoyu"])
    at(draft, "")
    client = signed_in("drafter")
    shown = client.get(detail(draft.pk)).content.decode()
    assert 0 < shown.index(f'<option value="{row.pk}">') < shown.index(f'<option value="{other.pk}">')
    client.post(move(draft.pk, "file"), {"row": other.pk})
    assert Filing.objects.get().row == other


@pytest.mark.parametrize("number", ["", "x", "999999", "99999999999999999999"])
def test_a_matter_that_is_not_there_is_told(signed_in, draft, at, row, number):
    at(draft, "")
    answer = signed_in("drafter").post(move(draft.pk, "file"), {"row": number}, follow=True)
    assert "请选择要归入的事项" in answer.content.decode()


def test_who_may_not_file_sees_no_button_and_cannot(signed_in, draft, at, row):
    at(draft, "")
    client = signed_in("reviewer")
    assert "filing-row" not in client.get(detail(draft.pk)).content.decode()
    client.post(move(draft.pk, "file"), {"row": row.pk})
    assert not Filing.objects.exists()


def test_a_picture_without_a_description_is_not_submitted(city, draft):
    by = city.people["drafter"]
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf50"
        "0f0003860180345b8c240000000049454e44ae426082"
    )
    file = drafting.attach(draft, pixel, "校门.png", by=by)
    for alt in ("", ' alt=""', ' alt="  "'):
        drafting.save_draft(draft, by=by, body=f'<p>如图。<img src="/files/{file.pk}/"{alt}></p>')
        with pytest.raises(ValidationError) as refused:
            submitting.submit(Publication.objects.get(pk=draft.pk), by=by)
        assert "替代文字" in refused.value.message_dict["body"][0]
    drafting.save_draft(draft, by=by, body=f'<p>如图。<img src="/files/{file.pk}/" alt="校门正面"></p>')
    assert submitting.submit(Publication.objects.get(pk=draft.pk), by=by).step


def test_pictures_without_a_description_are_counted():
    html = '<p><img src="/a"><img src="/b" alt=""><img alt="校门" src="/c"><img alt=\'门\' src="/d"></p>'
    assert undescribed(html) == 2


def test_a_hit_that_runs_across_tags_is_marked_piece_by_piece(signed_in, drafted):
    row = drafted(body="<p>联系人身份证号110101<strong>19900307</strong>4514。</p>")
    client = signed_in("drafter")
    client.get(reverse("desk:publication-scan", args=[row.pk]))
    html = client.get(detail(row.pk)).content.decode()
    assert html.count('<mark class="desk-hit') == 3
    assert html.count('id="hit-') == 1
    assert ">19900307</mark></strong>" in html
