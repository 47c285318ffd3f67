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


def _absence(data: dict[str, Any]) -> dict[str, Any]:
    return {**_role(data), "deputy": data["deputy_name"]}


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
    "agencies.open_account": lambda d, _f: _("开设账号 %(username)s") % {"username": d["username"]},
    "agencies.announce_absence": lambda d, _f: _("%(person)s（%(role)s）离岗，由%(deputy)s代理") % _absence(d),
    "agencies.end_absence": lambda d, _f: _("%(person)s（%(role)s）返岗，%(deputy)s的代理结束") % _absence(d),
    "agencies.found": lambda _d, _f: _("新增机构"),
    "agencies.update_details": lambda _d, _f: _("修改基本情况"),
    "agencies.rename": lambda d, _f: _("更名：%(old)s → %(new)s") % {"old": d["name"][0], "new": d["name"][1]},
    "agencies.correct_name": lambda d, _f: (
        _("更正名称：%(old)s → %(new)s，理由：%(why)s") % {"old": d["name"][0], "new": d["name"][1], "why": d["reason"]}
    ),
    "agencies.reinstate": lambda d, _f: (
        _("撤回撤销，恢复岗位 %(n)s 个，理由：%(why)s") % {"n": d["posts"], "why": d["reason"]}
    ),
    "agencies.move": lambda d, _f: (
        _("上级机关由%(old)s调整为%(new)s") % {"old": d["before"] or "—", "new": d["after"] or "—"}
    ),
    "agencies.abolish": lambda d, _f: _("撤销机构，职能由%(name)s承接") % {"name": d["successor"]},
    "agencies.merge": lambda d, _f: _("并入：%(names)s") % {"names": "、".join(d["from"])},
    "agencies.set_leading_group": lambda _d, _f: _("修改领导小组"),
    "agencies.set_staff": lambda d, _f: _("填报 %(year)s 年人员力量") % {"year": d["year"]},
}
