"""The form of a topic column: its agency is one of the editor's, its rule is made of the official lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import current_posts
from gongkai.agencies.rights import ROLES, Right
from gongkai.law import catalogue
from gongkai.publishing.columns_access import managed_agencies


class ColumnForm(WagtailAdminPageForm):
    """A column as its editors fill it in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "agency" in self.fields:
            self.fields["agency"].queryset = managed_agencies(self.for_user).order_by("order", "pk")
            self.fields["agency"].empty_label = None
            if self.instance.agency_id is None:
                self.initial["agency"] = self._usual_agency()
        if "category" in self.fields:
            self.fields["category"] = _choice(self.fields["category"].label, _categories)
        if "theme" in self.fields:
            self.fields["theme"] = _choice(self.fields["theme"].label, _themes)

    def clean(self) -> dict[str, Any]:
        """Also a draft belongs to an agency: nobody could go on with it otherwise."""
        cleaned: dict[str, Any] = super().clean()
        if "agency" in self.fields and not cleaned.get("agency") and "agency" not in self.errors:
            self.add_error("agency", _("请选择主办机关。"))
        return cleaned

    def _usual_agency(self) -> int | None:
        """That of the column above if the editor may edit it, else that of their post."""
        agencies = managed_agencies(self.for_user)
        above = getattr(self.parent_page.specific, "agency_id", None) if self.parent_page is not None else None
        if above and agencies.filter(pk=above).exists():
            return int(above)
        held = current_posts(self.for_user).filter(role__in=ROLES[Right.MANAGE_PUBLISHING])
        post = held.filter(person=self.for_user).first() or held.first()
        first: Agency | None = agencies.order_by("order", "pk").first()
        return post.agency_id if post is not None else first.pk if first else None


def _choice(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False)


def _categories() -> Iterable[tuple[str, str]]:
    return [("", "—"), *((c.id, _said(c)) for c in catalogue.statutory_categories())]


def _themes() -> Iterable[tuple[str, Any]]:
    groups = [(_said(t), [(t.id, _said(t)), *((c.id, _said(c)) for c in t.children)]) for t in catalogue.themes()]
    return [("", "—"), *groups]


def _said(entry: catalogue.Entry) -> str:
    return entry.label_en if (get_language() or "").startswith("en") else entry.label
