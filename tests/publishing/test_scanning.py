"""What the scan finds in attached files, and what redaction takes out of them."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
import typst
from django.core.exceptions import ValidationError

from gongkai.files.actions import content
from gongkai.files.models import Attachment
from gongkai.publishing.actions import drafting, scanning
from gongkai.publishing.models import Publication, PublishingPolicy
from gongkai.text.scan.files import attachment_text

ID = "11010519491231002X"


def word(*paragraphs: str, author: str = "") -> bytes:
    document = docx.Document()
    document.core_properties.author = author
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf(text: str) -> bytes:
    return bytes(typst.compile(f"#set page(width: 12cm, height: 6cm)\n{text}".encode()))


@pytest.fixture
def draft(city: Any) -> Publication:
    return drafting.create_draft(
        city["jiaoyu"], by=city.people["drafter"], title="资助名单公示", body="<p>见附件。</p>"
    )


def with_file(draft: Publication, city: Any, data: bytes, name: str) -> Attachment:
    attachment = drafting.attach(draft, data, name, by=city.people["drafter"])
    files = [{"attachment": attachment.pk, "title": "名单"}]
    drafting.save_draft(draft, by=city.people["drafter"], files=files)
    return attachment


def test_the_names_of_people_leave_the_properties_of_a_file(city, draft):
    attachment = with_file(draft, city, word("资助名单", author="王起草"), "名单.docx")
    assert docx.Document(io.BytesIO(content(attachment))).core_properties.author == ""
    assert "file_metadata" not in {h["rule"] for h in scanning.open_hits(Publication.objects.get(pk=draft.pk))}


def test_a_number_in_a_word_file_blocks_and_is_taken_out(city, draft):
    with_file(draft, city, word("受助人张小明", f"身份证号：{ID}", "金额1000元"), "名单.docx")
    draft = Publication.objects.get(pk=draft.pk)
    hit = next(h for h in scanning.blocking(draft) if h["rule"] == "idcard18")
    assert hit["place"] == "名单.docx"
    redacted = scanning.redact(draft, [hit["fingerprint"]], by=city.people["drafter"])
    fresh = Attachment.objects.get(pk=redacted.files[0]["attachment"])
    text = attachment_text(content(fresh), "docx")
    assert ID not in text
    assert "金额1000元" in text


def test_a_number_in_a_pdf_is_taken_out_of_the_file_and_not_covered(city, draft):
    with_file(draft, city, pdf(f"Name list \n\n ID {ID} \n\n amount 1000"), "list.pdf")
    draft = Publication.objects.get(pk=draft.pk)
    hit = next(h for h in scanning.blocking(draft) if h["rule"] == "idcard18")
    redacted = scanning.redact(draft, [hit["fingerprint"]], by=city.people["drafter"])
    fresh = Attachment.objects.get(pk=redacted.files[0]["attachment"])
    text = attachment_text(content(fresh), "pdf")
    assert ID not in text
    assert "1000" in text
    assert redacted.title == "资助名单公示"
    assert "idcard18" not in {h["rule"] for h in scanning.blocking(Publication.objects.get(pk=draft.pk))}


def test_what_is_in_the_text_is_masked_there(city, draft):
    drafting.save_draft(
        draft, by=city.people["drafter"], body=f"<p>受助人张小明，身份证号<b>{ID[:6]}</b>{ID[6:]}。</p>"
    )
    draft = Publication.objects.get(pk=draft.pk)
    prints = [h["fingerprint"] for h in scanning.blocking(draft)]
    body = scanning.redact(draft, prints, by=city.people["drafter"]).body
    assert ID[6:14] not in body
    assert "受助人" in body


def test_redacting_what_has_changed_meanwhile_changes_nothing(city, draft):
    drafting.save_draft(draft, by=city.people["drafter"], body=f"<p>身份证号{ID}</p>")
    draft = Publication.objects.get(pk=draft.pk)
    prints = [h["fingerprint"] for h in scanning.blocking(draft)]
    drafting.save_draft(draft, by=city.people["drafter"], body="<p>已经改掉</p>")
    draft = Publication.objects.get(pk=draft.pk)
    before = draft.latest_revision_id
    with pytest.raises(ValidationError):
        scanning.redact(draft, prints, by=city.people["drafter"])
    assert Publication.objects.get(pk=draft.pk).latest_revision_id == before


def test_levels_follow_the_policy_of_the_nearest_body(city, draft):
    drafting.save_draft(draft, by=city.people["drafter"], body=f"<p>身份证号{ID}</p>")
    PublishingPolicy.objects.create(agency=city["yunzhou"], scan_levels={"idcard18": "warn"})
    draft = Publication.objects.get(pk=draft.pk)
    assert scanning.blocking(draft) == []
    assert "idcard18" in {h["rule"] for h in scanning.open_hits(draft)}


def test_figures_that_jump_within_a_series_are_pointed_out(city, released):
    earlier = (
        "<table><tr><th>指标</th><th>金额（万元）</th></tr><tr><td>一般公共预算收入</td><td>1200</td></tr></table>"
    )
    now = earlier.replace("1200", "12500000")
    released(city["jiaoyu"], "5月财政收支", body=earlier, series="月度财政收支")
    draft = drafting.create_draft(
        city["jiaoyu"], by=city.people["drafter"], title="6月财政收支", body=now, series="月度财政收支"
    )
    assert "unit_slip" in {h["rule"] for h in scanning.open_hits(draft)}
