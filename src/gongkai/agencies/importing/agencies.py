"""Takes the table of agencies in: new ones are founded, those that are there are changed by the usual actions."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongkai.agencies.actions import abolish, found, move, rename, update_details, update_office
from gongkai.agencies.actions.details import DETAIL_FIELDS
from gongkai.agencies.actions.office import OFFICE_FIELDS
from gongkai.agencies.importing.columns import AGENCIES
from gongkai.agencies.importing.reading import Row, Sheet
from gongkai.agencies.importing.taking_in import Parsed, Run, duplicates
from gongkai.agencies.importing.writing import written
from gongkai.agencies.models import Agency

DETAILS = tuple(name for name in DETAIL_FIELDS if name != "code")
_DEFAULTS = {"order": 1000}


def take(sheet: Sheet, parsed: Parsed, run: Run) -> None:
    """Takes the rows in, those above before those below; then what is abolished, when every successor is there."""
    parsed = duplicates(sheet, parsed, run, "code")
    run.code_rows.update((row.cells["code"].strip().upper(), row.number) for row in sheet.rows)
    for row, values in _from_the_top(parsed):
        with run.attempt(sheet, row.number):
            _take_row(sheet, row, values, run)
    for row, values in parsed:
        if {"abolished", "successor"} & set(values):
            with run.attempt(sheet, row.number):
                _abolish(sheet, row, values, run)


def _from_the_top(parsed: Parsed) -> Parsed:
    """The rows in such an order that the agency above comes before the ones below, as far as there is such an order."""
    by_code = {values["code"]: (row, values) for row, values in parsed}
    ordered: dict[str, tuple[Row, dict[str, Any]]] = {}
    for code in by_code:
        chain: list[str] = []
        current: str | None = code
        while current is not None and current in by_code and current not in ordered and current not in chain:
            chain.append(current)
            current = by_code[current][1].get("parent")
        ordered.update((c, by_code[c]) for c in reversed(chain))
    return list(ordered.values())


def _take_row(sheet: Sheet, row: Row, values: dict[str, Any], run: Run) -> None:
    agency = Agency.objects.select_related("parent", "successor").filter(code=values["code"]).first()
    parent = _other(values.get("parent"), "parent", run)
    if agency is None:
        _found(values, parent, run)
        run.change(sheet, row.number, values["name"], new=True)
        return
    details = tuple(_differences(agency, values, parent))
    if "name" in values and values["name"] != agency.name:
        rename(agency, values["name"], by=run.by)
    fields = {k: _or_default(k, values[k]) for k in DETAILS if k in values}
    if any(getattr(agency, k) != v for k, v in fields.items()):
        update_details(agency, by=run.by, **fields)
    if "parent" in values and parent != agency.parent:
        move(agency, parent, by=run.by)
    office = {k: values[k] for k in OFFICE_FIELDS if k in values}
    if any(getattr(agency, k) != v for k, v in office.items()):
        update_office(agency, by=run.by, **office)
    run.change(sheet, row.number, agency.name, new=False, details=details)


def _found(values: dict[str, Any], parent: Agency | None, run: Run) -> Agency:
    missing = [id for id in ("name", "kind", "level") if not values.get(id)]
    if missing:
        raise ValidationError({id: _("新增机构必须填写这一列") for id in missing})
    fields = {k: _or_default(k, values[k]) for k in ("code", *DETAILS, *OFFICE_FIELDS) if k in values}
    slug = values.get("slug") or re.sub(r"[^a-z0-9]+", "-", values["code"].lower()).strip("-")
    return found(parent=parent, by=run.by, name=values["name"], slug=slug, **fields)


def _differences(agency: Agency, values: dict[str, Any], parent: Agency | None) -> list[str]:
    """What a row changes about an agency that is there, in words. Raises ValidationError for what cannot be changed."""
    if values.get("slug") and values["slug"] != agency.slug:
        words = _("网址标识是 %(slug)s，不能修改，以免网址失效")
        raise ValidationError({"slug": words % {"slug": agency.slug}})
    wanted = {k: _or_default(k, v) for k, v in values.items() if k in {"name", *DETAILS, *OFFICE_FIELDS}}
    pairs = [(k, getattr(agency, k), new) for k, new in wanted.items() if getattr(agency, k) != new]
    if "parent" in values and parent != agency.parent:
        pairs.append(("parent", agency.parent, parent))
    return [
        _("%(column)s：%(old)s → %(new)s")
        % {
            "column": AGENCIES.column(k).label,
            "old": written(AGENCIES.column(k), old) or "—",
            "new": written(AGENCIES.column(k), new) or "—",
        }
        for k, old, new in pairs
    ]


def _abolish(sheet: Sheet, row: Row, values: dict[str, Any], run: Run) -> None:
    """Abolishes where a row says so; refuses to change or to take back an abolition."""
    agency = Agency.objects.select_related("parent", "successor").filter(code=values["code"]).first()
    if agency is None:
        return
    day: date | None = values.get("abolished", agency.abolished)
    successor = _other(values["successor"], "successor", run) if "successor" in values else agency.successor
    if (day, successor) == (agency.abolished, agency.successor):
        return
    if agency.abolished is not None:
        words = _("该机构已于 %(day)s 撤销，撤销日期和承接机构不能通过导入修改")
        raise ValidationError({"abolished": words % {"day": agency.abolished.isoformat()}})
    if day is None:
        raise ValidationError({"abolished": _("填写了承接机构，没有填写撤销日期")})
    if successor is None:
        raise ValidationError({"successor": _("填写了撤销日期，没有填写承接机构")})
    abolish(agency, successor, by=run.by, on=day)
    words = _("撤销：%(day)s，由%(name)s承接") % {"day": day.isoformat(), "name": successor.name}
    run.change(sheet, row.number, agency.name, new=False, details=(words,))


def _other(code: str | None, column: str, run: Run) -> Agency | None:
    if code is None:
        return None
    agency = Agency.objects.select_related("parent", "successor").filter(code=code).first()
    if agency is None:
        words = _("没有代码为 %(code)s 的机构") % {"code": code}
        if code in run.code_rows:
            words = _("代码 %(code)s 的机构在第 %(row)s 行，该行有错误或者互为上级") % {
                "code": code,
                "row": run.code_rows[code],
            }
        raise ValidationError({column: words})
    return agency


def _or_default(name: str, value: Any) -> Any:
    return _DEFAULTS.get(name) if value is None else value
