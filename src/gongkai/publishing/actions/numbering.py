"""Index numbers (索引号): taken in order, kept for ever, never given twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.law import index_number
from gongkai.publishing.models import IndexCounter, IndexEntry, Publication


def give_index_number(publication: Publication) -> str:
    """Gives a publication its index number, by the year of its publishing; it keeps the one that it has.

    Must be called within a transaction. Raises ValidationError where the agency's code cannot begin an index number.
    """
    if publication.index_number:
        return str(publication.index_number)
    year = (publication.published_at or timezone.now()).astimezone(timezone.get_current_timezone()).year
    serial = take_serials(publication.agency, year, 1)[0]
    number = made(publication.agency, year, serial)
    publication.index_number = number
    IndexEntry.objects.create(
        number=number, prefix=publication.agency.index_prefix, year=year, serial=serial, publication=publication
    )
    return number


def made(agency: Agency, year: int, serial: int) -> str:
    """The number by the rule; raises ValidationError where the agency's code or the serial does not fit it."""
    try:
        return index_number.make(agency.index_prefix, year, serial)
    except index_number.BadIndexNumber as error:
        words = _("无法生成索引号：%(agency)s的机构代码“%(code)s”应为9位组织机构代码或18位统一社会信用代码。")
        raise ValidationError(words % {"agency": agency.name, "code": agency.index_prefix}) from error


def take_serials(agency: Agency, year: int, count: int, brought: Collection[int] = ()) -> Sequence[int]:
    """The next serials of an agency in a year, in order; those that came in with an import are passed over.

    `brought` are those of rows that are about to be stored with them.
    """
    with transaction.atomic():
        counter, _created = IndexCounter.objects.get_or_create(prefix=agency.index_prefix, year=year)
        counter = IndexCounter.objects.select_for_update().get(pk=counter.pk)
        taken = set(
            IndexEntry.objects.filter(prefix=agency.index_prefix, year=year, serial__gt=counter.last).values_list(
                "serial", flat=True
            )
        )
        serials: list[int] = []
        serial = counter.last
        while len(serials) < count:
            serial += 1
            if serial not in taken and serial not in brought:
                serials.append(serial)
        counter.last = serial
        counter.save(update_fields=["last"])
    return serials
