"""What the actions on agencies share: the check of the right, the locked row, the changes that go on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.rights import NotAllowed, Right, require
from gongkai.law.org_codes import valid_uscc

BASIS = "《中华人民共和国政府信息公开条例》第四条、第十二条"
ALMOST = (16, 17, 19, 20)
"""Lengths of codes that lack a character or have one too many."""
SUCCESSION = "《中华人民共和国政府信息公开条例》第十条"
"""What an abolished agency made is disclosed by the one that goes on with its functions."""


def allow(by: Person | None, right: Right, agency: Agency) -> None:
    """Raises NotAllowed without the right; None is the platform itself: whoever runs it at the command line."""
    if by is not None:
        require(by, right, agency)


def allow_reorganising(by: Person | None, above: Agency | None) -> None:
    """Raises NotAllowed where the person may not change which agencies there are below one.

    Nobody decides over their own agency: the right is asked for at the one above. What stands at the top of the tree
    is for the system's administrator.
    """
    if above is not None:
        allow(by, Right.REORGANISE, above)
    elif by is not None and not (by.is_active and by.is_superuser):
        raise NotAllowed(_("没有上级机关的机关，只能由系统管理员调整。"))


def locked(agency: Agency) -> Agency:
    """The agency's row, locked until the transaction ends, with the agencies it points to."""
    row: Agency = Agency.objects.select_for_update(of=("self",)).select_related("parent", "successor").get(pk=agency.pk)
    return row


def change(row: Agency, fields: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Puts values into a row, checks and saves it; gives what changed as old and new. Raises ValidationError."""
    changes = {name: [getattr(row, name), value] for name, value in fields.items() if getattr(row, name) != value}
    for name, (_old, value) in changes.items():
        setattr(row, name, value)
    if changes:
        checked(row, code="code" in changes)
        row.save(update_fields=list(changes))
    return {name: [_plain(old), _plain(new)] for name, (old, new) in changes.items()}


def checked(row: Agency, *, code: bool) -> None:
    """Raises ValidationError by field for whatever is wrong with an agency; its code only where that is new."""
    errors: dict[str, list[Any]] = {}
    try:
        # The constraints are asked in Python, below: asking the database costs six queries a row.
        row.full_clean(validate_constraints=False)
    except ValidationError as error:
        errors.update(error.error_dict)
    if row.founded is not None and row.abolished is not None and row.abolished < row.founded:
        errors["founded"] = [ValidationError(_("撤销日期早于成立日期。"))]
    if code and len(row.code) == 18 and not valid_uscc(row.code):
        words = _("统一社会信用代码 %(code)s 的校验位不对。请对照登记证书核对。")
        errors.setdefault("code", []).append(ValidationError(words, params={"code": row.code}))
    if code and len(row.code) in ALMOST and row.code.isalnum():
        words = _("代码 %(code)s 有 %(n)s 位，统一社会信用代码是 18 位。请对照登记证书核对。")
        errors.setdefault("code", []).append(ValidationError(words, params={"code": row.code, "n": len(row.code)}))
    clash = _same_prefix(row) if not {"code", "org_code"} & set(errors) else None
    if clash is not None:
        words = _("组织机构代码与%(agency)s重复，索引号将无法区分。")
        errors["org_code"] = [ValidationError(words, params={"agency": clash.name})]
    if errors:
        raise ValidationError(errors)


def _same_prefix(row: Agency) -> Agency | None:
    """Another agency whose index numbers would begin alike."""
    prefix = row.index_prefix
    if not prefix:
        return None
    # `contains` narrows in the database, quicker than a pattern; a code may hold the characters elsewhere.
    near = Agency.objects.exclude(pk=row.pk).filter(Q(org_code=prefix) | Q(org_code="", code__contains=prefix))
    return next((agency for agency in near if agency.index_prefix == prefix), None)


def day_of(on: date | None, field: str) -> date:
    """The day on which something took place: today where none is given. Raises ValidationError for a day to come."""
    today = timezone.localdate()
    if on is not None and on > today:
        raise ValidationError({field: _("日期 %(day)s 还没有到。请在当天或之后办理。") % {"day": on.isoformat()}})
    return on or today


def refuse_abolished(agency: Agency, field: str = "") -> None:
    """Raises ValidationError where the agency has been abolished: nothing about it changes any more."""
    if agency.abolished is None:
        return
    words = _("%(agency)s已于 %(day)s 撤销。") % {"agency": agency.name, "day": agency.abolished.isoformat()}
    if agency.successor is not None:
        words += _("其职能由%(agency)s承接，请选择该机关。") % {"agency": agency.successor.name}
    raise ValidationError({field: words} if field else words)


def _plain(value: Any) -> Any:
    return value.name if isinstance(value, models.Model) and isinstance(value, Agency) else value
