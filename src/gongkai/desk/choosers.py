"""The window in which editors of topic columns pick a publication: released ones only, so that no draft shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenMultipleView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from gongkai.publishing.models import Publication, State


class _Released:
    """Released publications, newest first, found by words of their title or number."""

    def get_object_list(self) -> Any:
        """What may be picked."""
        found = Publication.objects.filter(state=State.PUBLISHED).select_related("agency")
        return found.order_by("-published_at", "-pk")

    @property
    def columns(self) -> list[Any]:
        """Title, number, agency and date, so that the right one is found among many of one name."""
        return [
            *super().columns,  # type: ignore[misc]
            Column("document_number", label=_("发文字号"), accessor="document_number"),
            Column("agency", label=_("发布机构"), accessor="agency.label"),
            DateColumn("published_at", label=_("发布日期"), accessor="published_at"),
        ]


class _Choose(_Released, ChooseView):
    pass


class _ChooseResults(_Released, ChooseResultsView):
    pass


class _OnlyReleased:
    def get_object(self, pk: Any) -> Any:
        """The publication, if it is released."""
        if not _ids([pk]):
            raise Http404
        return get_object_or_404(Publication, pk=pk, state=State.PUBLISHED)


class _Chosen(_OnlyReleased, ChosenView):
    pass


class _ChosenMultiple(ChosenMultipleView):
    def get_objects(self, pks: Any) -> Any:
        """The publications, those of them that are released."""
        return Publication.objects.filter(pk__in=_ids(pks), state=State.PUBLISHED)


def _ids(values: Iterable[Any]) -> list[int]:
    """Those that may be ids of rows."""
    return [int(v) for v in map(str, values) if v.isascii() and v.isdigit() and len(v) < 16]


class PublicationChooser(ChooserViewSet):
    """Chooses a released publication."""

    model = Publication
    icon = "doc-full"
    choose_one_text = _("选择信息")
    choose_another_text = _("另选一条")
    edit_item_text = _("查看")
    per_page = 20
    choose_view_class = _Choose
    choose_results_view_class = _ChooseResults
    chosen_view_class = _Chosen
    chosen_multiple_view_class = _ChosenMultiple


publication_chooser = PublicationChooser("publication_chooser", url_prefix="publications/choose")
