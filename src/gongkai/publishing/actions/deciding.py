"""Decisions on the path: the head of the unit, the confidentiality reviewer, the leader who signs; and returning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongkai.agencies.models import Person
from gongkai.agencies.rights import Right, require
from gongkai.law.review import CHECKLIST, Outcome, Withheld
from gongkai.office.working_days import due
from gongkai.publishing.actions.drafting import leave_path
from gongkai.publishing.actions.inviting import end_reading
from gongkai.publishing.actions.scanning import blocking, removed_in
from gongkai.publishing.actions.shared import BASIS_REVIEW, expect, locked, note, tell
from gongkai.publishing.actions.steps import approve_step, reject_step, require_decider
from gongkai.publishing.dates import months_after
from gongkai.publishing.fingerprint import fingerprint
from gongkai.publishing.models import ConfidentialityReview, Mode, Publication, State, Step
from gongkai.publishing.queries.paths import policy_for

RESULTS = (Outcome.OPEN, Outcome.OPEN_REDACTED, Outcome.ON_REQUEST, Outcome.WITHHOLD, Outcome.REFER)
"""What a reviewer can decide on the form; returning to the drafter is an action of its own."""

REFERRAL_DAYS = 10
"""Working days within which a doubtful matter is answered (保守国家秘密法实施条例第二十五条)."""


def approve_as_head(publication: Publication, *, by: Person, comment: str = "") -> Publication:
    """The head of the unit passes it on. Raises NotAllowed, WrongState."""
    return _approve(publication, Step.UNIT_HEAD, by, comment)


def sign(publication: Publication, *, by: Person, comment: str = "") -> Publication:
    """The leader signs: it is released now or at its time. Raises NotAllowed, WrongState, ValidationError."""
    return _approve(publication, Step.SIGN_OFF, by, comment)


def _approve(publication: Publication, step: str, by: Person, comment: str) -> Publication:
    with transaction.atomic():
        row = locked(publication)
        require_decider(row, step, by)
        note(row, f"approve_{step}", by=by, basis=BASIS_REVIEW, comment=comment, revision=row.latest_revision_id)
        return approve_step(row, by, comment)


def return_to_drafter(publication: Publication, *, by: Person, reason: str) -> Publication:
    """Sends it back with the reason, from whatever step it is at. Raises NotAllowed, WrongState, ValidationError."""
    if len(reason.strip()) < 2:
        raise ValidationError({"reason": _("请写明退回的原因，让起草人知道改什么。")})
    with transaction.atomic():
        row = locked(publication)
        if not row.step:
            require(by, Right.SEE_PUBLICATIONS, row.agency)
            expect(row)
        require_decider(row, row.step, by)
        send_back(row, by, reason.strip())
    return row


def send_back(row: Publication, by: Person, reason: str) -> None:
    """Ends the path of a locked row with a reason. Must be called within a transaction."""
    step = Step(row.step).label
    reject_step(row, by, reason)
    note(row, "return", by=by, basis=BASIS_REVIEW, step=row.step, reason=reason, revision=row.latest_revision_id)
    leave_path(row, State.RETURNED)
    people = Person.objects.filter(pk__in=row.drafters)
    tell(people, gettext_noop("“%(title)s”在%(step)s环节被退回：%(reason)s"), row, step=step, reason=reason[:100])


def review_confidentiality(
    publication: Publication,
    *,
    by: Person,
    result: str,
    checklist: Mapping[str, str],
    grounds: Sequence[str] = (),
    articles: str = "",
    opinion: str = "",
    referred_to: str = "",
) -> Publication:
    """Records the confidentiality review of this very content and does what follows from it (条例第十七条).

    `checklist` answers each question of `gongkai.law.review` with "yes" or "no". Raises NotAllowed, WrongState;
    ValidationError by field.
    """
    with transaction.atomic():
        row = locked(publication)
        require_decider(row, Step.CONFIDENTIALITY, by)
        draft = row.get_latest_revision_as_object()
        removed = removed_in(row)
        _check_form(row, draft, result, checklist, grounds, referred_to)
        articles = articles or "、".join(dict.fromkeys(Withheld(g).article for g in grounds))
        ConfidentialityReview.objects.create(
            publication=row,
            revision=draft.latest_revision,
            content_hash=fingerprint(draft),
            reviewer=by,
            reviewer_name=str(by),
            checklist=dict(checklist),
            result=result,
            grounds=list(grounds),
            articles=articles[:300],
            removed=removed,
            opinion=opinion,
            referred_to=referred_to[:120],
        )
        note(row, "review_confidentiality", by=by, basis=BASIS_REVIEW, result=result, grounds=list(grounds))
        return _follow(row, by, Outcome(result), list(grounds), articles, opinion)


def _check_form(
    row: Publication,
    draft: Publication,
    result: str,
    checklist: Mapping[str, str],
    grounds: Sequence[str],
    referred_to: str,
) -> None:
    problems: dict[str, str] = {}
    if result not in RESULTS:
        raise ValidationError({"result": _("请选择审查结果。")})
    outcome = Outcome(result)
    unanswered = [q for q in CHECKLIST if checklist.get(q.id) not in ("yes", "no")]
    if unanswered:
        problems["checklist"] = _("还有%(count)d项没有回答。") % {"count": len(unanswered)}
    elif outcome == Outcome.OPEN and any(checklist[q.id] == "yes" for q in CHECKLIST):
        problems["result"] = _("有回答为“是”的项目，不能选择主动公开。请删减后公开，或者选择其他结果。")
    if set(grounds) - set(Withheld):
        problems["grounds"] = _("请从列表中选择依据。")
    elif outcome == Outcome.WITHHOLD and not grounds:
        problems["grounds"] = _("不予公开须注明依据的条款。")
    if outcome.may_publish and draft.mode != Mode.PROACTIVE:
        words = _("起草人填写的公开属性是“%(mode)s”。要主动公开的，请退回起草人改正。")
        problems["result"] = words % {"mode": draft.get_mode_display()}
    elif outcome == Outcome.OPEN_REDACTED and not removed_in(row):
        problems["result"] = _("还没有删减任何内容。请先在扫描结果中脱敏，再选择删减、隐去后公开。")
    if outcome == Outcome.REFER and not referred_to.strip():
        problems["referred_to"] = _("请填写报送的主管部门或者保密行政管理部门。")
    if outcome.may_publish and (left := blocking(row)):
        words = _("还有%(count)d处不得公开的内容没有处理：%(first)s")
        problems["scan"] = words % {"count": len(left), "first": left[0]["message"]}
    if problems:
        raise ValidationError(problems)


def _follow(
    row: Publication, by: Person, outcome: Outcome, grounds: list[str], articles: str, opinion: str
) -> Publication:
    if outcome.may_publish:
        return approve_step(row, by, opinion)
    if outcome == Outcome.REFER:
        row.step_due = due(timezone.localdate(), REFERRAL_DAYS).day
        row.save(update_fields=["step_due"])
        return row
    _withhold(row, by, outcome, grounds, articles, opinion)
    return row


def _withhold(row: Publication, by: Person, outcome: Outcome, grounds: list[str], articles: str, opinion: str) -> None:
    reject_step(row, by, opinion)
    if row.state == State.PUBLISHED:
        leave_path(row, State.PUBLISHED)
    else:
        row.mode = Mode.ON_REQUEST if outcome == Outcome.ON_REQUEST else Mode.WITHHELD
        row.withholding, row.legal_basis = grounds, articles[:300]
        row.reassess_on = months_after(timezone.localdate(), policy_for(row.agency).reassess_months)
        row.release_due = None
        row.save(update_fields=["mode", "withholding", "legal_basis", "reassess_on", "release_due"])
        leave_path(row, State.WITHHELD)
    end_reading(row)
    people = Person.objects.filter(pk__in=row.drafters)
    tell(people, gettext_noop("“%(title)s”经保密审查：%(result)s"), row, result=outcome.label)


# The results that no other list marks: so that messages can say them in the reader's language.
_MARKED = (
    gettext_noop("删减、隐去后公开"),
    gettext_noop("报有关主管部门或者保密行政管理部门确定"),
    gettext_noop("征求意见"),
    gettext_noop("先解密再公开"),
)
