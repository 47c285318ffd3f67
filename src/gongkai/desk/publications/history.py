"""The record of a publication in words that people read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from gongkai.agencies.models import Agency, Person
from gongkai.desk.history import Line
from gongkai.desk.publications.presenting import outcome_label
from gongkai.publishing.models import Channel, CoordinationRequest, Publication, Step, Validity
from gongkai.trail import chain


def publication_history(publication: Publication, limit: int = 100) -> list[Line]:
    """What was done with a publication, newest first; one line for a run of savings by the same person."""
    lines: list[Line] = []
    last: tuple[str, str] = ("", "")
    for entry in chain.history(publication)[:limit]:
        now = (entry.action, entry.actor_name)
        if now == last and entry.action == "publishing.save_draft":
            continue
        last = now
        lines.append(Line(entry.at, entry.actor_name or _("系统"), _words(entry.action, dict(entry.data))))
    return lines


def _words(action: str, data: dict[str, Any]) -> str:
    say = _SAID.get(action.removeprefix("publishing."))
    return say(data) if say else action


def _label(choices: Any, value: Any) -> str:
    return str(choices(value).label) if value in choices.values else str(value)


def _fields(data: dict[str, Any]) -> str:
    names = {f.name: str(f.verbose_name) for f in Publication._meta.concrete_fields}
    joined = pgettext("between items of a list", "、").join(names.get(n, n) for n in data.get("fields", []))
    return _("修改了%(fields)s") % {"fields": joined}


def _removed(data: dict[str, Any]) -> str:
    n = len(data.get("removed", []))
    return ngettext("脱敏 %(n)d 处", "脱敏 %(n)d 处", n) % {"n": n}


def _outcome(data: dict[str, Any]) -> str:
    return _("保密审查：%(result)s") % {"result": outcome_label(str(data.get("result", "")))}


def _answered(data: dict[str, Any]) -> str:
    agency = Agency.objects.filter(pk=data.get("agency_asked")).first()
    values = {"agency": agency or "", "answer": _label(CoordinationRequest.Answer, data.get("answer"))}
    return _("%(agency)s答复：%(answer)s") % values


def _ruled(data: dict[str, Any]) -> str:
    words = _("裁定发布：%(ruling)s") if data.get("released") else _("裁定不发布：%(ruling)s")
    return words % {"ruling": data.get("ruling", "")}


def _invited(data: dict[str, Any]) -> str:
    return _("邀请%(person)s阅读") % {"person": Person.objects.filter(pk=data.get("person")).first() or ""}


def _taken_over(data: dict[str, Any]) -> str:
    names = {a.pk: a.name for a in Agency.objects.filter(pk__in=[data.get("before"), data.get("now")])}
    values = {"before": names.get(data.get("before"), ""), "now": names.get(data.get("now"), "")}
    return _("%(before)s撤销，由%(now)s接手，重新审查") % values


def _approved(step: str, data: dict[str, Any]) -> str:
    words = _("%(step)s通过") % {"step": _label(Step, step)}
    return words + _("：") + data["comment"] if data.get("comment") else words


_SAID: dict[str, Callable[[dict[str, Any]], str]] = {
    "create_draft": lambda _d: _("新建草稿"),
    "save_draft": _fields,
    "restore_version": lambda _d: _("恢复了一个早先的版本"),
    "read_draft": lambda _d: _("阅读了草稿"),
    "attach": lambda d: _("上传 %(name)s") % {"name": d.get("name", "")},
    "submit": lambda _d: _("提交审查"),
    "take_back": lambda _d: _("撤回修改"),
    "take_over": _taken_over,
    "discard": lambda d: _("作废：%(reason)s") % {"reason": d.get("reason", "")},
    "approve_unit_head": lambda d: _approved(Step.UNIT_HEAD, d),
    "approve_sign_off": lambda d: _("签发") + (_("：") + d["comment"] if d.get("comment") else ""),
    "return": lambda d: (
        _("%(step)s退回：%(reason)s") % {"step": _label(Step, d.get("step")), "reason": d.get("reason", "")}
    ),
    "review_confidentiality": _outcome,
    "redact": _removed,
    "override": lambda d: _("放行一处扫描结果：%(reason)s") % {"reason": d.get("reason", "")},
    "answer_coordination": _answered,
    "rule_on_coordination": _ruled,
    "invite": _invited,
    "call_off": lambda d: (
        _("收回对%(person)s的阅读邀请") % {"person": Person.objects.filter(pk=d.get("person")).first() or ""}
    ),
    "give_opinion": lambda d: _("提出意见：%(opinion)s") % {"opinion": d.get("opinion", "")},
    "schedule": lambda d: _("定于 %(at)s 发布") % {"at": str(d.get("at", ""))[:16].replace("T", " ")},
    "release": lambda d: _("发布，索引号 %(number)s") % {"number": d.get("index_number", "")},
    "withdraw": lambda d: _("撤下：%(reason)s") % {"reason": d.get("reason", "")},
    "declare_validity": lambda d: (
        _("登记有效性：%(validity)s %(note)s")
        % {"validity": _label(Validity, d.get("validity")), "note": d.get("note", "")}
    ),
    "settle_validity": lambda d: _("有效性变为%(now)s") % {"now": _label(Validity, d.get("now"))},
    "record_channel": lambda d: _("登记%(channel)s发布") % {"channel": _label(Channel, d.get("channel"))},
    "reassess": lambda d: (
        (_("评估后继续不公开：%(why)s") if d.get("keep") else _("评估后转为公开：%(why)s"))
        % {"why": d.get("reason", "")}
    ),
    "set_declassification": lambda d: _("登记解密日期 %(on)s") % {"on": d.get("on", "")},
    "import": lambda _d: _("导入"),
}
