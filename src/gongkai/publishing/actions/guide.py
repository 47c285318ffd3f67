"""What may be done with a guide: write its own words, state that it was looked through, remind of what was not."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.queries import existing
from gongkai.agencies.rights import ROLES, Right, require
from gongkai.office.actions import notify
from gongkai.office.models import Notification
from gongkai.publishing.actions.shared import holders
from gongkai.publishing.dates import months_after
from gongkai.publishing.models import Guide
from gongkai.publishing.queries.catalogue import refreshes
from gongkai.publishing.queries.guide import WORDS
from gongkai.publishing.queries.paths import policy_for
from gongkai.trail.chain import record

BASIS = "《中华人民共和国政府信息公开条例》第十二条"
GUIDE_DUE = gettext_noop("%(agency)s的公开指南应在%(day)s前检查。内容仍然准确的，请确认；有变化的，请先修改。")
CATALOGUE_STALE = gettext_noop("%(agency)s的公开目录自%(day)s以来没有更新，已超过规定的天数。")
LONGEST = 5000
"""Characters in one part of a guide."""


def update_guide(agency: Agency, *, by: Person, **words: str) -> Guide:
    """Writes an agency's own words into its guide; an empty part goes back to the standard words.

    Raises NotAllowed; ValidationError by part for one that is too long; TypeError for a part that does not exist.
    """
    require(by, Right.MANAGE_GUIDE, agency)
    unknown = set(words) - set(WORDS)
    if unknown:
        raise TypeError(f"update_guide() changes {', '.join(WORDS)} only, not {', '.join(sorted(unknown))}")
    clean = {part: text.replace("\r\n", "\n").replace("\x00", "").strip() for part, text in words.items()}
    too_long = _("这一部分有 %(n)s 字，最多 5000 字。请删减，或把细节发布为一条信息。")
    errors = {part: too_long % {"n": len(text)} for part, text in clean.items() if len(text) > LONGEST}
    if errors:
        raise ValidationError(errors)
    with transaction.atomic():
        guide = _locked(agency)
        changed = {part: [getattr(guide, part), text] for part, text in clean.items() if getattr(guide, part) != text}
        if not changed:
            return guide
        for part, (_old, text) in changed.items():
            setattr(guide, part, text)
        guide.changed_at = timezone.now()
        guide.save()
        record("publishing.update_guide", by=by, agency=agency, target=guide, data=changed, basis=BASIS)
    return guide


def confirm_guide(agency: Agency, *, by: Person, on: date | None = None) -> Guide:
    """States that the guide was looked through and holds; the next check is due after the months of the policy.

    Raises NotAllowed; ValidationError for a day to come, or one before the last check.
    """
    require(by, Right.MANAGE_GUIDE, agency)
    today = timezone.localdate()
    day = on or today
    with transaction.atomic():
        guide = _locked(agency)
        if day > today:
            raise ValidationError({"on": _("检查日期 %(day)s 还没有到。请在检查之后确认。") % {"day": day}})
        if guide.checked_on and day < guide.checked_on:
            words = _("检查日期 %(day)s 早于上次检查的 %(last)s。请核对日期。")
            raise ValidationError({"on": words % {"day": day, "last": guide.checked_on}})
        guide.checked_on, guide.checked_by = day, by
        guide.check_due = months_after(day, policy_for(agency).guide_review_months)
        guide.save()
        data = {"on": day, "next": guide.check_due}
        record("publishing.confirm_guide", by=by, agency=agency, target=guide, data=data, basis=BASIS)
    return guide


def remind_of_upkeep(today: date | None = None) -> int:
    """Tells those who keep them which guides are due for their check and which catalogues stand still, once for each.

    Returns how many messages were left. A guide that nobody ever checked stands on the home page until somebody does.
    """
    day = today or timezone.localdate()
    before = Notification.objects.count()
    with transaction.atomic():
        found = existing(day)
        for refresh in refreshes(found, day):
            if refresh.stale and refresh.newest is not None:
                since = timezone.localdate(refresh.newest)
                _tell_once(refresh.agency, CATALOGUE_STALE, since, f"{reverse('desk_guides')}?only=stale", day)
        for agency in found.filter(guide__check_due__lte=day).select_related("guide"):
            _tell_once(agency, GUIDE_DUE, agency.guide.check_due, reverse("desk_guide", args=[agency.slug]), day)
    return Notification.objects.count() - before


def _tell_once(agency: Agency, message: str, day: date, link: str, today: date) -> None:
    told = Notification.objects.filter(message=message, values__agency=agency.name, values__day=day.isoformat())
    people = holders(agency, ROLES[Right.MANAGE_GUIDE], today).exclude(pk__in=told.values("person_id"))
    notify(people, message, link=link, agency=agency.name, day=day.isoformat())


def _locked(agency: Agency) -> Guide:
    Guide.objects.get_or_create(agency=agency)
    found: Guide = Guide.objects.select_for_update().get(agency=agency)
    return found
