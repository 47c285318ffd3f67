"""What may be done with the gazette: compile an issue, publish it, bind a year, record its print run and places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.queries import descendants
from gongkai.agencies.rights import Right, require
from gongkai.annual.render.fonts import NoFont
from gongkai.files.actions import store
from gongkai.publishing.exporting.gazette import Typeset, bind, typeset_issue
from gongkai.publishing.models import (
    Channel,
    ChannelRelease,
    GazetteDelivery,
    GazetteIssue,
    GazetteItem,
    GazetteVolume,
    Publication,
    State,
)
from gongkai.publishing.queries.compiling import default_section, rank, repealed_until
from gongkai.trail.chain import record

BASIS = "《中华人民共和国政府信息公开条例》第二十三条"
_YEARS = range(1949, 2101)


def create_issue(
    agency: Agency, *, by: Person, dated: date, title: str = "", number: int | None = None, overall: int | None = None
) -> GazetteIssue:
    """Begins an issue; it follows the last one of the agency unless numbers are given.

    Raises NotAllowed; ValidationError by field for a number that was given before or an issue of another year open.
    """
    require(by, Right.COMPILE_GAZETTE, agency)
    if dated.year not in _YEARS:
        raise ValidationError({"dated": _("出版日期 %(day)s 不对。请核对年份。") % {"day": dated}})
    with transaction.atomic():
        Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
        mine = GazetteIssue.objects.filter(agency=agency)
        last = mine.filter(year=dated.year).aggregate(n=Max("number"))["n"] or 0
        issue = GazetteIssue(
            agency=agency,
            year=dated.year,
            number=number or last + 1,
            overall=overall or (mine.aggregate(n=Max("overall"))["n"] or 0) + 1,
            title=title.strip()[:120] or _default_title(agency),
            dated=dated,
            made_by=by,
        )
        if mine.filter(year=issue.year, number=issue.number).exists():
            words = _("%(year)s年第%(n)s期已经有了。请换一个期号。") % {"year": issue.year, "n": issue.number}
            raise ValidationError({"number": words})
        if mine.filter(overall=issue.overall).exists():
            raise ValidationError({"overall": _("总第%(n)s期已经有了。请换一个总期号。") % {"n": issue.overall}})
        issue.save()
        _note("create_issue", issue, by, overall=issue.overall, dated=dated)
    return issue


def add_items(
    issue: GazetteIssue,
    publications: Iterable[Publication],
    *,
    by: Person,
    section: str = "",
    include_ended: bool = False,
) -> list[GazetteItem]:
    """Puts publications at the end of an issue, in their usual sections unless one is named; those there already stay.

    Sections that are new stand in their usual order, after those of before.

    Raises NotAllowed; ValidationError for one that is not released, belongs to no body below, or is no longer in force
    (unless `include_ended` says that it is meant).
    """
    with transaction.atomic():
        row = _open(issue, by)
        reach = {row.agency_id} | descendants([row.agency_id])
        there = set(row.items.values_list("publication_id", flat=True))
        place = row.items.aggregate(n=Max("order"))["n"] or 0
        made = []
        for publication in publications:
            if publication.pk in there:
                continue
            _check(publication, reach, include_ended)
            name = section.strip()[:60] or default_section(publication, row)
            made.append(GazetteItem(issue=row, section=name, publication=publication))
        made.sort(key=lambda item: rank(item.section))
        for item in made:
            place += 1
            item.order = place
        GazetteItem.objects.bulk_create(made)
        _in_sections(row)
        if made:
            _note("add_gazette_items", row, by, publications=[m.publication_id for m in made])
    return made


def remove_item(item: GazetteItem, *, by: Person) -> None:
    """Takes a publication out of an issue that is not out yet."""
    with transaction.atomic():
        row = _open(item.issue, by)
        row.items.filter(pk=item.pk).delete()
        _note("remove_gazette_item", row, by, publication=item.publication_id)


def move_item(item: GazetteItem, *, by: Person, up: bool) -> None:
    """Moves an item one place within its section; at the end of the section the whole section changes places."""
    with transaction.atomic():
        row = _open(item.issue, by)
        items = list(row.items.all())
        place = next((n for n, other in enumerate(items) if other.pk == item.pk), None)
        if place is None:
            return
        beside = place - 1 if up else place + 1
        if not 0 <= beside < len(items):
            return
        if items[place].section == items[beside].section:
            items[place], items[beside] = items[beside], items[place]
        else:
            items = _swapped_sections(items, items[place].section, items[beside].section)
        _number(items)
        _note("move_gazette_item", row, by, publication=item.publication_id, up=up)


def set_section(item: GazetteItem, section: str, *, by: Person) -> None:
    """Puts an item into another section, at its end."""
    name = section.strip()[:60]
    if not name:
        raise ValidationError({"section": _("请填写栏目名称，例如“市政府文件”。")})
    with transaction.atomic():
        row = _open(item.issue, by)
        if not row.items.filter(pk=item.pk).update(section=name):
            return
        _in_sections(row)
        _note("set_gazette_section", row, by, publication=item.publication_id, section=name)


def preview(issue: GazetteIssue, *, by: Person) -> bytes:
    """The PDF of an issue as it stands. Raises NotAllowed; ValidationError where it is empty or no font is there."""
    require(by, Right.COMPILE_GAZETTE, issue.agency)
    return _typeset(issue).pdf


def publish_issue(issue: GazetteIssue, *, by: Person, at: datetime | None = None) -> GazetteIssue:
    """Sets the issue, keeps its PDF and puts it on the public shelf; from then on it is never changed.

    Each item is recorded as released through the gazette (条例第二十三条). Raises NotAllowed; ValidationError where an
    item has been withdrawn since, or there is none.
    """
    with transaction.atomic():
        row = _open(issue, by)
        gone = [i.publication.title for i in _items(row) if i.publication.state != State.PUBLISHED]
        if gone:
            words = _("下列信息已不在公开状态，请先移出本期：%(titles)s") % {"titles": "；".join(gone)[:200]}
            raise ValidationError(words)
        done = _typeset(row)
        now = at or timezone.now()
        name = f"{row.title}{row.year}年第{row.number}期.pdf"
        row.file = store(done.pdf, name, by=by, agency=row.agency, types=("pdf",))
        row.published_at = now
        row.save(update_fields=["file", "published_at"])
        items = list(_items(row))
        for item in items:
            item.page = done.pages.get(item.pk)
        GazetteItem.objects.bulk_update(items, ["page"])
        place = f"{row.title}{row.year}年第{row.number}期"[:120]
        ChannelRelease.objects.bulk_create(
            [
                ChannelRelease(
                    publication=item.publication, channel=Channel.GAZETTE, at=now, place=place, recorded_by=by
                )
                for item in items
            ]
        )
        _note("publish_issue", row, by, items=len(items), sha256=row.file.sha256)
    issue.refresh_from_db()
    return issue


def discard_issue(issue: GazetteIssue, *, by: Person) -> None:
    """Throws away an issue that never came out; its numbers are free again, the trail keeps what it held."""
    with transaction.atomic():
        row = _open(issue, by)
        _note("discard_issue", row, by, publications=list(row.items.values_list("publication_id", flat=True)))
        row.items.all().delete()
        row.deliveries.all().delete()
        row.delete()


def set_print_run(issue: GazetteIssue, copies: int, *, by: Person) -> GazetteIssue:
    """Records how many copies were printed; not fewer than were delivered."""
    require(by, Right.COMPILE_GAZETTE, issue.agency)
    with transaction.atomic():
        row = _locked(issue)
        delivered = row.deliveries.aggregate(n=Sum("copies"))["n"] or 0
        if not 0 <= copies <= 10_000_000 or copies < delivered:
            words = _("印数应为不少于已赠阅份数（%(n)s）的整数。") % {"n": delivered}
            raise ValidationError({"print_run": words})
        row.print_run = copies
        row.save(update_fields=["print_run"])
        _note("set_print_run", row, by, copies=copies)
    issue.refresh_from_db()
    return issue


def record_delivery(issue: GazetteIssue, place: str, copies: int, on: date, *, by: Person) -> GazetteDelivery:
    """Records copies that were brought to a place. Raises NotAllowed; ValidationError by field."""
    require(by, Right.COMPILE_GAZETTE, issue.agency)
    with transaction.atomic():
        row = _locked(issue)
        errors: dict[str, Any] = {}
        if not place.strip():
            errors["place"] = _("请填写赠阅点，例如“市图书馆”。")
        left = row.print_run - (row.deliveries.aggregate(n=Sum("copies"))["n"] or 0)
        if copies < 1 or (row.print_run and copies > left):
            errors["copies"] = _("份数应在 1 到剩余的 %(n)s 之间。") % {"n": left}
        if on > timezone.localdate():
            errors["on"] = _("日期还没有到。请在送达之后登记。")
        if errors:
            raise ValidationError(errors)
        made: GazetteDelivery = row.deliveries.create(place=place.strip()[:120], copies=copies, on=on)
        _note("record_gazette_delivery", row, by, place=made.place, copies=copies, on=on)
    return made


def remove_delivery(delivery: GazetteDelivery, *, by: Person) -> None:
    """Takes back a delivery that was recorded by mistake; the trail keeps it."""
    require(by, Right.COMPILE_GAZETTE, delivery.issue.agency)
    with transaction.atomic():
        data = {"place": delivery.place, "copies": delivery.copies, "on": delivery.on}
        _note("remove_gazette_delivery", delivery.issue, by, **data)
        delivery.delete()


def bind_volume(agency: Agency, year: int, *, by: Person) -> GazetteVolume:
    """Binds the published issues of a year in one PDF with contents over all of them; done again, it is replaced.

    Raises NotAllowed; ValidationError where no issue of the year is out.
    """
    require(by, Right.COMPILE_GAZETTE, agency)
    issues = list(
        GazetteIssue.objects.filter(agency=agency, year=year, file__isnull=False)
        .select_related("agency", "file")
        .order_by("number")
    )
    if not issues:
        raise ValidationError(_("%(year)s年还没有已出版的公报，不能合订。") % {"year": year})
    with transaction.atomic():
        pdf = _with_font(lambda: bind(issues))
        file = store(pdf, f"{issues[-1].title}{year}年合订本.pdf", by=by, agency=agency, types=("pdf",))
        volume, _made = GazetteVolume.objects.update_or_create(agency=agency, year=year, defaults={"file": file})
        data = {"year": year, "issues": [i.number for i in issues], "sha256": file.sha256}
        record("publishing.bind_volume", by=by, agency=agency, target=volume, data=data, basis=BASIS)
    return volume


def _typeset(issue: GazetteIssue) -> Typeset:
    items = list(_items(issue))
    if not items:
        raise ValidationError(_("本期还没有内容。请先加入已公开的信息。"))
    return _with_font(lambda: typeset_issue(issue, items, repealed_until(issue)))


def _with_font(make: Any) -> Any:
    try:
        return make()
    except NoFont as error:
        raise ValidationError(error.message) from error


def _items(issue: GazetteIssue) -> Any:
    return issue.items.select_related("publication__agency").order_by("order", "pk")


def _check(publication: Publication, reach: set[int], include_ended: bool) -> None:
    title = publication.title[:60]
    if publication.state != State.PUBLISHED:
        raise ValidationError(_("“%(title)s”还没有公开，不能编入公报。") % {"title": title})
    if publication.agency_id not in reach:
        raise ValidationError(_("“%(title)s”不是本机关及下属机关的信息，不能编入公报。") % {"title": title})
    if publication.is_ended and not include_ended:
        words = _("“%(title)s”已经%(state)s。确需刊登的，请勾选“包括已失效、废止的”。")
        raise ValidationError(words % {"title": title, "state": publication.get_validity_display()})


def _swapped_sections(items: list[GazetteItem], one: str, other: str) -> list[GazetteItem]:
    names = list(dict.fromkeys(item.section for item in items))
    a, b = names.index(one), names.index(other)
    names[a], names[b] = names[b], names[a]
    return [item for name in names for item in items if item.section == name]


def _in_sections(issue: GazetteIssue) -> None:
    """Keeps the items of a section together, sections in the order in which they first appear."""
    items = list(issue.items.all())
    names = list(dict.fromkeys(item.section for item in items))
    _number([item for name in names for item in items if item.section == name])


def _number(items: list[GazetteItem]) -> None:
    for place, item in enumerate(items, 1):
        item.order = place
    GazetteItem.objects.bulk_update(items, ["order"])


def _open(issue: GazetteIssue, by: Person) -> GazetteIssue:
    require(by, Right.COMPILE_GAZETTE, issue.agency)
    row = _locked(issue)
    if row.published_at is not None:
        raise ValidationError(_("本期已经出版，不能再改动。如有差错，请在下一期刊登更正。"))
    return row


def _locked(issue: GazetteIssue) -> GazetteIssue:
    found: GazetteIssue = GazetteIssue.objects.select_for_update(of=("self",)).select_related("agency").get(pk=issue.pk)
    return found


def _default_title(agency: Agency) -> str:
    return f"{agency.name}公报"


def _note(verb: str, issue: GazetteIssue, by: Person, **data: Any) -> None:
    record(f"publishing.{verb}", by=by, agency=issue.agency, target=issue, data=data, basis=BASIS)
