# ruff: noqa: E501 - whole sentences in one line
"""What lies on the desks of the demo city: publications at every step of the path, brought there by its people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Agency, Person
from gongkai.law.review import CHECKLIST, Outcome, Withheld
from gongkai.publishing.actions import coordinating, deciding, drafting, inviting, scanning, submitting
from gongkai.publishing.demo.items import Item, draw, weekday
from gongkai.publishing.demo.words import templates
from gongkai.publishing.models import CoordinationRequest, Kind, Publication

NO = {question.id: "no" for question in CHECKLIST}
_KINDS = ("notice", "policy", "licensing", "procurement", "livelihood", "inspection", "emergency")


@dataclass(frozen=True)
class Desk:
    """The people of an agency's path."""

    agency: str
    drafter: Any
    head: Any
    reviewer: Any
    leader: Any
    officer: Any
    other: str
    """An agency that is asked for its consent."""


_DESKS = (
    ("jiaoyu", "drafter", "head", "reviewer", "jyj_qianfa", "jyj_gongkai", "caizheng"),
    ("caizheng", "czj_qicao", "czj_keshi", "czj_baomi", "czj_qianfa", "czj_gongkai", "jiaoyu"),
    ("weijian", "wjw_qicao", "wjw_keshi", "wjw_baomi", "wjw_qianfa", "wjw_gongkai", "caizheng"),
    ("linxi", "lxx_qicao", "lxx_keshi", "lxx_baomi", "lxx_qianfa", "county", "shiqiao"),
    ("yunzhou", "szf_qicao", "szf_keshi", "szf_baomi", "leader", "officer", "weijian"),
    ("shiqiao", "town", "sqz_shenhe", "sqz_shenhe", "sqz_qianfa", "county", "linxi"),
)
Stage = Callable[[Publication, Desk, "Desks"], None]


class Desks:
    """Writes drafts and carries each as far as its stage says."""

    def __init__(self, today: Any) -> None:
        self.today = today
        self.agencies = {a.slug: a for a in Agency.objects.all()}
        self.people = {p.username: p for p in Person.objects.all()}
        self.desks = [
            Desk(agency, *map(self.people.__getitem__, names[:5]), names[5])  # type: ignore[call-arg]
            for agency, *names in _DESKS
        ]

    def fill(self, desks: int | None = None) -> int:
        """Puts publications at every step onto the first desks, all where no number is given; returns how many."""
        count = 0
        with transaction.atomic():
            for place, desk in enumerate(self.desks[:desks]):
                for number, stage in enumerate(STAGES):
                    # Two desks are full, the others half full.
                    if place < 2 or (place + number) % 2:
                        stage(self.write(desk, stage, number), desk, self)
                        count += 1
        return count

    def write(self, desk: Desk, stage: Stage, number: int) -> Publication:
        """A draft for a stage, by the drafter of the desk."""
        item = self.item(desk, number)
        content = self.content(item)
        special = _SPECIAL.get(stage.__name__)
        content |= special(desk, self) if special else {}
        return drafting.create_draft(self.agencies[desk.agency], by=desk.drafter, **content)

    def item(self, desk: Desk, number: int) -> Item:
        """A text of the agency that was made some days ago."""
        rng = Random(f"desk {desk.agency} {number}")
        kind = _KINDS[number % len(_KINDS)]
        forms = [t for t in templates() if t.kind == kind and t.agencies == ("*",)]
        forms = forms or [t for t in templates() if t.kind == "notice" and t.agencies == ("*",)]
        made = weekday(self.today - timedelta(days=rng.choice((1, 2, 3, 5, 8, 12, 40))))
        form = rng.choice(forms)
        own = type(form)(form.kind, form.genre, form.form, (desk.agency,), form.title)
        item = draw(own, f"desk {desk.agency} {number}", made, self.today)
        assert item is not None
        return item

    def content(self, item: Item) -> dict[str, Any]:
        """The content of a draft."""
        return {
            "title": item.title, "body": item.body, "kind": item.kind, "genre": item.genre, "theme": item.theme,
            "categories": [item.category], "made_on": item.made, "subject_words": [item.topic],
            "audience": list(item.audience), "legal_basis": "《中华人民共和国政府信息公开条例》第二十条",
        }  # fmt: skip


# Stages, from the first words to the last signature


def draft(publication: Publication, desk: Desk, desks: Desks) -> None:
    """A draft that nobody but its drafter has seen."""


def draft_with_hits(publication: Publication, desk: Desk, desks: Desks) -> None:
    """A draft in which the scan finds what must not go out."""
    scanning.scan(publication)


def returned(publication: Publication, desk: Desk, desks: Desks) -> None:
    """Returned by the head of the unit."""
    submitting.submit(publication, by=desk.drafter)
    deciding.return_to_drafter(
        publication, by=desk.head, reason="办理时限与现行规定不一致，请核对后修改；联系电话请写办公电话。"
    )


def returned_by_reviewer(publication: Publication, desk: Desk, desks: Desks) -> None:
    """Returned by the confidentiality reviewer, mended, submitted again and back with the head."""
    submitting.submit(publication, by=desk.drafter)
    deciding.approve_as_head(publication, by=desk.head)
    deciding.return_to_drafter(publication, by=desk.reviewer, reason="名单中个人信息过细，请按最少必要原则删减后再报。")
    body = publication.body.replace("</p>", "（已按要求删减个人信息）</p>", 1)
    drafting.save_draft(publication, by=desk.drafter, body=body)
    submitting.submit(publication, by=desk.drafter)


def with_head(publication: Publication, desk: Desk, desks: Desks) -> None:
    """Waits for the head of the unit."""
    submitting.submit(publication, by=desk.drafter)


def with_reviewer(publication: Publication, desk: Desk, desks: Desks) -> None:
    """Waits for the confidentiality review."""
    with_head(publication, desk, desks)
    deciding.approve_as_head(publication, by=desk.head, comment="内容属实，同意公开。")


def hits_with_reviewer(publication: Publication, desk: Desk, desks: Desks) -> None:
    """Waits for the confidentiality review, and the scan found something to decide on."""
    with_reviewer(publication, desk, desks)


def _reviewed(publication: Publication, desk: Desk, desks: Desks) -> None:
    """Goes through the confidentiality review; what the scan takes for personal data and is not, is let stand."""
    with_reviewer(publication, desk, desks)
    for hit in scanning.blocking(publication):
        scanning.override(
            publication, hit["fingerprint"], by=desk.reviewer, reason="经核对为政策条文的表述，不涉及具体个人。"
        )
    deciding.review_confidentiality(
        publication, by=desk.reviewer, result=Outcome.OPEN, checklist=NO, opinion="不涉密，同意公开。"
    )


def coordinating_open(publication: Publication, desk: Desk, desks: Desks) -> None:
    """Waits for the consent of another agency."""
    _reviewed(publication, desk, desks)
    if desk.agency == "caizheng":
        inviting.invite(publication, desks.people["wjw_keshi"], by=desk.drafter)


def coordinating_overdue(publication: Publication, desk: Desk, desks: Desks) -> None:
    """The other agency has let its day pass."""
    coordinating_open(publication, desk, desks)
    due = desks.today - timedelta(days=3)
    asked = desks.today - timedelta(days=11)
    CoordinationRequest.objects.filter(publication=publication).update(due_on=due, asked_at=_moment(asked))
    Publication.objects.filter(pk=publication.pk).update(step_due=due, step_since=_moment(asked))


def coordinating_disagreed(publication: Publication, desk: Desk, desks: Desks) -> None:
    """The other agency does not agree; the disclosure office has to rule."""
    coordinating_open(publication, desk, desks)
    request = CoordinationRequest.objects.get(publication=publication)
    by = next((d.officer for d in desks.desks if d.agency == desk.other), desk.officer)
    reason = "涉及我单位的数据口径与我单位发布的数据不一致，建议核对后再发布。"
    coordinating.answer(request, by=by, answer=CoordinationRequest.Answer.DISAGREED, reason=reason)


def with_leader(publication: Publication, desk: Desk, desks: Desks) -> None:
    """Waits for the signature."""
    _reviewed(publication, desk, desks)


def scheduled(publication: Publication, desk: Desk, desks: Desks) -> None:
    """Signed, and waits for its time."""
    with_leader(publication, desk, desks)
    deciding.sign(publication, by=desk.leader, comment="同意，按时发布。")


def withheld(publication: Publication, desk: Desk, desks: Desks) -> None:
    """Not disclosed, with the article, to be looked at again next year."""
    with_reviewer(publication, desk, desks)
    deciding.review_confidentiality(
        publication, by=desk.reviewer, result=Outcome.WITHHOLD, checklist=NO, grounds=[Withheld.INTERNAL],
        opinion="属于内部管理信息，不予公开，下一年度再评估。",
    )  # fmt: skip


def released(publication: Publication, desk: Desk, desks: Desks) -> None:
    """Went the whole way and is public."""
    with_leader(publication, desk, desks)
    deciding.sign(publication, by=desk.leader, comment="同意发布。")


def revised(publication: Publication, desk: Desk, desks: Desks) -> None:
    """Is public and has a correction on its way."""
    released(publication, desk, desks)
    body = publication.body + "<p>注：办理地点已调整至政务服务中心二楼。</p>"
    drafting.save_draft(publication, by=desk.drafter, body=body, correction_note="更正办理地点。")
    submitting.submit(publication, by=desk.drafter)


def discarded(publication: Publication, desk: Desk, desks: Desks) -> None:
    """Given up."""
    drafting.discard(publication, by=desk.drafter, reason="与已发布的信息重复。")


STAGES: tuple[Stage, ...] = (
    draft, draft_with_hits, returned, returned_by_reviewer, with_head, with_reviewer, hits_with_reviewer,
    coordinating_open, coordinating_overdue, coordinating_disagreed, with_leader, scheduled, withheld, released,
    revised, discarded, draft,
)  # fmt: skip


def _moment(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 30)))


def _hits(desk: Desk, desks: Desks) -> dict[str, Any]:
    """A list with personal data such as clerks paste by mistake; all numbers are invented."""
    rng = Random(f"hits {desk.agency}")
    rows = "".join(
        f"<tr><td>{n}</td><td>{name}</td><td>{identity(rng)}</td><td>138{rng.randint(10000000, 99999999)}</td></tr>"
        for n, name in enumerate(("郦文澜", "濮若衡", "逄子牧"), 1)
    )
    body = (
        "<p>现将拟发放补助人员名单公示如下（金额：XXX元，待定）：</p>"
        "<table><caption>名单</caption><thead><tr><th>序号</th><th>姓名</th><th>身份证号</th><th>手机</th></tr></thead>"
        f"<tbody>{rows}</tbody></table><p>内部资料，注意保存。</p>"
    )
    return {"title": f"{desks.agencies[desk.agency].label}拟发放补助人员名单公示", "body": body, "kind": Kind.LIVELIHOOD,
            "categories": ["livelihood"]}  # fmt: skip


def _touching(desk: Desk, desks: Desks) -> dict[str, Any]:
    return {"touched_agencies": [desks.agencies[desk.other].pk]}


def _later(desk: Desk, desks: Desks) -> dict[str, Any]:
    day = desks.today + timedelta(days=2 + len(desk.agency))
    return {"go_live_at": _moment(day), "expire_at": _moment(day + timedelta(days=90))}


_SPECIAL: dict[str, Callable[[Desk, Desks], dict[str, Any]]] = {
    "draft_with_hits": _hits,
    "hits_with_reviewer": _hits,
    "coordinating_open": _touching,
    "coordinating_overdue": _touching,
    "coordinating_disagreed": _touching,
    "scheduled": _later,
}


def identity(rng: Random) -> str:
    """An invented identity number of the demo city whose check digit is right."""
    body = f"659901{rng.randint(1955, 2001)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{rng.randint(1, 999):03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(d) * w for d, w in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]
