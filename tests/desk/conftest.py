"""What tests of the staff side start from: a draft, a question to another agency, and the way along the path."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

# Makes `publication_pages` importable by the tests beside it.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def content() -> Callable[..., dict[str, Any]]:
    """Gives the content of a notice that may be submitted."""

    def make(**more: Any) -> dict[str, Any]:
        return {
            "title": "关于做好校园安全检查的通知",
            "body": "<p>各县（市、区）教育局：</p><p>现就做好校园安全检查工作通知如下。</p>",
            "kind": "notice",
            "theme": "T0201",
            "categories": ["livelihood"],
            "made_on": timezone.localdate() - timedelta(days=3),
            **more,
        }

    return make


@pytest.fixture
def drafted(city: Any, content: Callable[..., dict[str, Any]]) -> Callable[..., Any]:
    """Makes a draft of 云州市教育局."""
    from gongkai.publishing.actions import drafting

    return lambda **more: drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], **content(**more))


@pytest.fixture
def draft(drafted: Callable[..., Any]) -> Any:
    """A draft of 云州市教育局."""
    return drafted()


@pytest.fixture
def at(city: Any) -> Callable[..., Any]:
    """Leads a publication to a step of the common path, or ("") to its release."""
    from gongkai.law.review import CHECKLIST
    from gongkai.publishing.actions import deciding, submitting

    def lead(row: Any, step: str) -> Any:
        people = city.people
        row = submitting.submit(row, by=people["drafter"])
        if row.step == step:
            return row
        row = deciding.approve_as_head(row, by=people["head"])
        if row.step == step:
            return row
        clean = {q.id: "no" for q in CHECKLIST}
        row = deciding.review_confidentiality(
            row, by=people["reviewer"], result="open", checklist=clean, opinion="同意"
        )
        return row if row.step == step else deciding.sign(row, by=people["jyj_qianfa"])

    return lead


@pytest.fixture
def asked(city: Any, drafted: Callable[..., Any], draft: Any, at: Callable[..., Any]) -> Any:
    """The question to 云州市财政局 whether `draft` may be released."""
    from gongkai.publishing.actions import drafting
    from gongkai.publishing.models import CoordinationRequest, Publication

    drafting.save_draft(draft, by=city.people["drafter"], touched_agencies=[city["caizheng"].pk])
    at(Publication.objects.get(pk=draft.pk), "coordination")
    return CoordinationRequest.objects.get()


@pytest.fixture
def with_identity(drafted: Callable[..., Any]) -> Any:
    """A draft in which an identity number stands twice."""
    number = "110101199003074514"
    return drafted(body=f"<p>联系人王小明，身份证号{number}。</p><p>再写一遍：{number}。</p>")
