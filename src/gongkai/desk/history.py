"""The record of a report or an agency in words that people read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency, Role
from gongkai.reporting.correcting import cell_spec
from gongkai.reporting.models import AnnualReport
from gongkai.trail import chain
from gongkai.trail.models import Entry


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that somebody did."""

    at: datetime
    who: str
    words: str


def report_history(report: AnnualReport, limit: int = 50) -> list[Line]:
    """What was done to a report, newest first."""
    return _lines(chain.history(report)[:limit], report.form)


def agency_history(agency: Agency, limit: int = 20) -> list[Line]:
    """What was done to an agency's office and posts, newest first."""
    return _lines(chain.history_of_agency(agency, "agencies")[:limit])


def _lines(entries: Iterable[Entry], form: str = "") -> list[Line]:
    return [Line(entry.at, entry.actor_name or _("系统"), _words(entry, form)) for entry in entries]


def _words(entry: Entry, form: str) -> str:
    say = _SAID.get(entry.action)
    return say(dict(entry.data), form) if say else str(entry.action)


def _corrected(data: dict[str, Any], form: str) -> str:
    spec = cell_spec(form, data["cell"])
    empty = _("空")
    return _("将“%(cell)s”由 %(old)s 更正为 %(new)s，理由：%(why)s") % {
        "cell": spec.label if spec else data["cell"],
        "old": empty if data["old"] is None else data["old"],
        "new": empty if data["new"] is None else data["new"],
        "why": data["why"],
    }


def _role(data: dict[str, Any]) -> dict[str, Any]:
    labels = {str(role): str(label) for role, label in Role.choices}
    return {"person": data.get("name") or data["person"], "role": labels.get(data["role"], data["role"])}


_SAID: dict[str, Callable[[dict[str, Any], str], str]] = {
    "reporting.add": lambda d, _f: _("导入 %(file)s") % {"file": d["file"]},
    "reporting.replace": lambda d, _f: _("用 %(file)s 替换原有草稿") % {"file": d["file"]},
    "reporting.correct": _corrected,
    "reporting.confirm": lambda _d, _f: _("确认了读取结果"),
    "reporting.reopen": lambda _d, _f: _("退回了待确认"),
    "reporting.publish": lambda _d, _f: _("公布了报告"),
    "reporting.withdraw": lambda d, _f: _("撤回，理由：%(why)s") % {"why": d["why"]},
    "reporting.discard": lambda d, _f: _("作废，理由：%(why)s") % {"why": d["why"]},
    "reporting.restore": lambda _d, _f: _("恢复了报告"),
    "agencies.update_office": lambda _d, _f: _("修改政府信息公开工作机构的信息"),
    "agencies.appoint": lambda d, _f: _("设置岗位：%(person)s，%(role)s") % _role(d),
    "agencies.end_post": lambda d, _f: _("结束岗位：%(person)s，%(role)s") % _role(d),
}
