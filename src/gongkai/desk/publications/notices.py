"""Messages to a person (消息): read, marked as read, counted in the menu; and the panel of what waits for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.ui.components import Component

from gongkai.agencies.models import Person
from gongkai.agencies.rights import Right, may_anywhere
from gongkai.desk.publications.common import header, numbers
from gongkai.office.actions import mark_read
from gongkai.office.models import Notification
from gongkai.publishing.models import Step
from gongkai.publishing.queries import desk

PAGE = 50
SHOWN = 15
NEWEST = 5

KINDS: dict[str, Any] = {
    Step.UNIT_HEAD: gettext_lazy("待科室审核"),
    Step.CONFIDENTIALITY: gettext_lazy("待保密审查"),
    Step.SIGN_OFF: gettext_lazy("待签发"),
    "returned": gettext_lazy("退回给我修改的"),
    "succession": gettext_lazy("原机关已撤销、待接手的"),
    "coordination": gettext_lazy("待答复的发布协调"),
    "ruling": gettext_lazy("待裁定的发布协调"),
    "reassess": gettext_lazy("待重新评估的不公开信息"),
    "invited": gettext_lazy("邀请我阅读的"),
}


@dataclass(frozen=True, slots=True)
class Queue:
    """Tasks of one kind."""

    kind: str
    title: Any
    tasks: list[desk.Task]
    count: int

    @property
    def shown(self) -> list[desk.Task]:
        """The most urgent of them."""
        return self.tasks[:SHOWN]


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The person's messages, newest first."""
    found = Notification.objects.filter(person=request.user)
    context = header(_("消息"), icon="mail") | {
        "page": Paginator(found, PAGE).get_page(request.GET.get("p")),
        "unread": found.filter(read_at__isnull=True).count(),
        "query": "",
    }
    return render(request, "desk/publications/notices.html", context)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Marks messages as read; all of them where none are named."""
    ids = numbers(request.POST.getlist("id"))
    mark_read(request.user, ids or None)
    return redirect("desk:notices")


@require_GET
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Goes where a message points, and marks it as read: a mark of one's own, that changes nothing else."""
    notice = get_object_or_404(Notification, pk=pk, person=request.user)
    mark_read(request.user, [notice.pk])
    link = notice.link if notice.link.startswith("/") and not notice.link.startswith("//") else reverse("desk:notices")
    return redirect(link)


def unread(person: Person) -> int:
    """How many messages wait to be read."""
    return Notification.objects.filter(person=person, read_at__isnull=True).count()


def to_coordinate(person: Person) -> int:
    """How many questions of other agencies wait for an answer or a ruling of the person."""
    return desk.questions_to(person).count() + desk.rulings_for(person).count()


class PublicationsPanel(Component):
    """What waits for the person in publishing: tasks by step and by day, late releases, messages."""

    template_name = "desk/publications/todo.html"
    order = 5

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """The tasks of the person, by kind and by day."""
        person = parent_context["request"].user
        tasks = desk.tasks_of(person)
        late, soon = desk.late_for(person), desk.soon_for(person)
        found = Notification.objects.filter(person=person, read_at__isnull=True)
        uninterpreted = desk.to_interpret(person)
        return {
            "may_draft": may_anywhere(person, Right.DRAFT_PUBLICATIONS),
            "queues": queues(tasks),
            "days": by_day(tasks, timezone.localdate()),
            "total": len(tasks),
            "late": late[:SHOWN],
            "late_count": late.count(),
            "soon": soon[:SHOWN],
            "soon_count": soon.count(),
            "uninterpreted": uninterpreted[:SHOWN],
            "uninterpreted_count": len(uninterpreted),
            "notices": found[:NEWEST],
            "unread": found.count(),
        }


def queues(tasks: Iterable[desk.Task]) -> list[Queue]:
    """The tasks by kind, in the order of the path."""
    by_kind: dict[str, list[desk.Task]] = {}
    for task in tasks:
        by_kind.setdefault(task.kind, []).append(task)
    return [
        Queue(str(kind), title, by_kind[kind], len(by_kind[kind])) for kind, title in KINDS.items() if kind in by_kind
    ]


def by_day(tasks: Iterable[desk.Task], today: date) -> list[tuple[Any, str, int]]:
    """How many tasks are overdue, due today, tomorrow and this week: word, tone, count."""
    sunday = today + timedelta(days=6 - today.weekday())
    late = now = tomorrow = week = 0
    for task in tasks:
        if task.due is None:
            continue
        late += task.due < today
        now += task.due == today
        tomorrow += task.due == today + timedelta(days=1)
        week += today <= task.due <= sunday
    return [
        (_("已超期"), "error", late),
        (_("今天到期"), "warning", now),
        (_("明天到期"), "info", tomorrow),
        (_("本周到期"), "plain", week),
    ]
