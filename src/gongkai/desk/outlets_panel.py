"""The part of 我的待办 that is about guides, catalogues, transfers and deliveries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from gongkai.publishing.queries.outlets import waiting_outlets

_PLACES: dict[str, tuple[Any, str, str]] = {
    "receive": (_("等待接收的送交"), "desk_transfers", ""),
    "send": (_("上月信息待送交"), "desk_transfers", ""),
    "missed": (_("以前月份漏送，尚未补送"), "desk_transfers", ""),
    "guides": (_("公开指南待检查"), "desk_guides", "?only=due"),
    "catalogues": (_("公开目录停更"), "desk_guides", "?only=stale"),
    "deliveries": (_("推送失败"), "desk_subscriptions", ""),
}


class OutletsPanel(Component):
    """A line for each sort of thing that waits; nothing where nothing does."""

    template_name = "desk/outlets.html"
    order = 5

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """The lines with their addresses."""
        person = parent_context["request"].user
        lines = []
        for waiting in waiting_outlets(person, timezone.localdate()):
            label, name, query = _PLACES[waiting.id]
            address = reverse(name) + (f"?month={waiting.month:%Y-%m}" if waiting.month else query)
            lines.append({"label": label, "count": waiting.count, "urgent": waiting.urgent, "url": address})
        return {"lines": lines}
