"""The line above 我的待办 that says when the background clock stands still, or when something in it fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from gongkai.office.clockwork import trouble

CHORES: dict[str, Any] = {
    "release": _("定时发布"),
    "expire": _("定时撤下"),
    "validity": _("有效性到期"),
    "columns": _("栏目定时发布"),
    "index": _("检索更新"),
    "deliver": _("推送"),
    "day": _("每日提醒和送交"),
}


class ClockPanel(Component):
    """Nothing where the clock runs as it should."""

    template_name = "desk/clock.html"
    order = 1

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Since when it stands still, or which of its chores failed."""
        found = trouble(timezone.now())
        return {"trouble": found, "failed": [CHORES[name] for name in found.failed if name in CHORES] if found else []}
