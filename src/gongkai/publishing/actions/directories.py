"""What may be done with standard directories: import, retire, say who fills a row, file publications under rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.queries import descendants
from gongkai.agencies.rights import NotAllowed, Right, may, require
from gongkai.files.actions import content, store
from gongkai.files.models import Attachment
from gongkai.publishing.directories_import import Problem, ReadRow, ReadSheet, Unreadable, read_directories
from gongkai.publishing.directories_import.agencies import Duties
from gongkai.publishing.directories_import.words import refresh_days
from gongkai.publishing.models import Directory, DirectoryRow, Filing, Publication, RowDuty
from gongkai.trail.chain import record

BASIS = "《中华人民共和国政府信息公开条例》第二十二条"


@dataclass(frozen=True, slots=True)
class PlannedDirectory:
    """A sheet as it would be imported: its rows with the agencies that they bind."""

    sheet: ReadSheet
    rows: tuple[tuple[ReadRow, tuple[Agency, ...]], ...]
    problems: tuple[Problem, ...]
    replaces: Directory | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do; nothing has been changed."""

    directories: tuple[PlannedDirectory, ...]

    @property
    def problems(self) -> list[Problem]:
        """All problems, by sheet and row."""
        return [p for directory in self.directories for p in directory.problems]

    @property
    def blocked(self) -> bool:
        """Whether a problem must be mended before anything is imported."""
        return any(p.blocking for p in self.problems)


def plan_import(data: bytes, name: str, agency: Agency, *, by: Person) -> Plan:
    """Reads a workbook and says what importing it would do, every problem with its row. Changes nothing.

    Raises NotAllowed; ValidationError where the file holds no standard directory.
    """
    require(by, Right.MANAGE_DIRECTORIES, agency)
    try:
        found = read_directories(data, name)
    except Unreadable as error:
        raise ValidationError({"file": str(error)}) from error
    duties = Duties.below(agency)
    return Plan(tuple(_planned(sheet, agency, duties) for sheet in found.sheets))


def import_directories(
    data: bytes, name: str, agency: Agency, *, by: Person, version: str = "", kept: Attachment | None = None
) -> list[Directory]:
    """Takes every sheet of a workbook as a directory; all or nothing.

    A directory of the same agency and field (or name) is retired, and what was filed under its rows is filed under the
    same rows of the new one. Raises NotAllowed; ValidationError listing the rows to mend.
    """
    plan = plan_import(data, name, agency, by=by)
    if plan.blocked:
        words = _("%(sheet)s 第 %(row)s 行 %(column)s：%(message)s")
        raise ValidationError(
            [
                words % {"sheet": p.sheet, "row": p.row, "column": p.column, "message": p.message}
                for p in plan.problems
                if p.blocking
            ]
        )
    with transaction.atomic():
        file = kept or keep(data, name, agency, by=by)
        return [_import(planned, agency, by, file, version) for planned in plan.directories]


def keep(data: bytes, name: str, agency: Agency, *, by: Person) -> Attachment:
    """Keeps a workbook between its dry run and its import. Raises NotAllowed, files.checks.Refused."""
    require(by, Right.MANAGE_DIRECTORIES, agency)
    return store(data, name, by=by, agency=agency, types=("xlsx", "xls"))


def import_kept(attachment: Attachment, agency: Agency, *, by: Person, version: str = "") -> list[Directory]:
    """Imports a file that was kept at the dry run. Raises like `import_directories`."""
    if attachment.uploaded_by_id != by.pk or attachment.agency_id != agency.pk:
        raise NotAllowed(_("只能导入自己为本机关上传的文件。请重新上传。"))
    data = content(attachment)
    return import_directories(data, attachment.name, agency, by=by, version=version, kept=attachment)


def retire(directory: Directory, *, by: Person) -> Directory:
    """Takes a directory out of use; its rows and what was filed under them stay on record."""
    require(by, Right.MANAGE_DIRECTORIES, directory.agency)
    with transaction.atomic():
        row = Directory.objects.select_for_update(of=("self",)).get(pk=directory.pk)
        if not row.retired:
            row.retired = True
            row.save(update_fields=["retired"])
            record("publishing.retire_directory", by=by, agency=row.agency, target=row, basis=BASIS)
    return row


def set_duties(row: DirectoryRow, agencies: Iterable[Agency], *, by: Person) -> None:
    """Says which agencies fill a row. Raises NotAllowed; ValidationError for one outside the directory's reach."""
    owner = row.directory.agency
    require(by, Right.MANAGE_DIRECTORIES, owner)
    wanted = {a.pk: a for a in agencies}
    outside = [a.name for pk, a in wanted.items() if pk not in ({owner.pk} | descendants([owner.pk]))]
    if outside:
        raise ValidationError(
            {
                "agencies": _("%(names)s不在%(owner)s之下，不能承担本目录的事项。")
                % {"names": "、".join(outside), "owner": owner}
            }
        )
    with transaction.atomic():
        had = set(row.duties.values_list("agency_id", flat=True))
        row.duties.exclude(agency_id__in=wanted).delete()
        RowDuty.objects.bulk_create([RowDuty(row=row, agency=a) for pk, a in wanted.items() if pk not in had])
        data = {"agencies": [sorted(had), sorted(wanted)]}
        record("publishing.set_duties", by=by, agency=owner, target=row, data=data, basis=BASIS)


def file_under(publication: Publication, row: DirectoryRow, *, by: Person) -> Filing:
    """Files a publication under a row; doing it twice changes nothing.

    Raises NotAllowed without the right to draft for its agency or to manage the directory; ValidationError where the
    publication's agency has no duty in this row, or the directory is retired.
    """
    _allow_filing(publication, row, by)
    if row.directory.retired:
        raise ValidationError(_("“%(name)s”已停用，不能再归入信息。") % {"name": row.directory.name})
    bound = set(row.duties.values_list("agency_id", flat=True))
    if bound and publication.agency_id not in bound:
        words = _("该事项的公开主体不包括%(agency)s。请核对，或由目录管理人员调整公开主体。")
        raise ValidationError(words % {"agency": publication.agency.name})
    with transaction.atomic():
        filing, made = Filing.objects.get_or_create(row=row, publication=publication)
        if made:
            data = {"row": row.pk, "matter": row.level2 or row.level1}
            record("publishing.file", by=by, agency=publication.agency, target=publication, data=data, basis=BASIS)
    return filing


def unfile(publication: Publication, row: DirectoryRow, *, by: Person) -> None:
    """Takes a publication out of a row; nothing happens where it is not there."""
    _allow_filing(publication, row, by)
    with transaction.atomic():
        gone, _each = Filing.objects.filter(row=row, publication=publication).delete()
        if gone:
            data = {"row": row.pk, "matter": row.level2 or row.level1}
            record("publishing.unfile", by=by, agency=publication.agency, target=publication, data=data, basis=BASIS)


def _allow_filing(publication: Publication, row: DirectoryRow, by: Person) -> None:
    if not may(by, Right.MANAGE_DIRECTORIES, row.directory.agency) or publication.agency_id not in (
        {row.directory.agency_id} | descendants([row.directory.agency_id])
    ):
        require(by, Right.DRAFT_PUBLICATIONS, publication.agency)


def _planned(sheet: ReadSheet, agency: Agency, duties: Duties) -> PlannedDirectory:
    rows, problems = [], list(sheet.problems)
    for row in sheet.rows:
        bound, unknown = duties.of(row)
        for name in unknown:
            words = _("没有找到机关“%(name)s”。导入后请在该事项中指定公开主体。") % {"name": name[:60]}
            problems.append(Problem(sheet.sheet, row.line, "公开主体", words, blocking=False))
        if not bound and not unknown:
            words = _("没有公开主体。导入后请在该事项中指定。")
            problems.append(Problem(sheet.sheet, row.line, "公开主体", words, blocking=False))
        rows.append((row, tuple(bound)))
    problems.sort(key=lambda p: p.row)
    return PlannedDirectory(sheet, tuple(rows), tuple(problems), _earlier(sheet, agency))


def _earlier(sheet: ReadSheet, agency: Agency) -> Directory | None:
    mine = Directory.objects.filter(agency=agency, retired=False)
    found: Directory | None = (mine.filter(field=sheet.field) if sheet.field else mine.filter(name=sheet.title)).first()
    return found


def _import(planned: PlannedDirectory, agency: Agency, by: Person, kept: Attachment, version: str) -> Directory:
    sheet = planned.sheet
    directory = Directory.objects.create(
        name=sheet.title, field=sheet.field, agency=agency, version=version[:40], file=kept
    )
    rows = DirectoryRow.objects.bulk_create(
        [_row(directory, row, order) for order, (row, _bound) in enumerate(planned.rows)]
    )
    RowDuty.objects.bulk_create(
        [RowDuty(row=row, agency=a) for row, (_r, bound) in zip(rows, planned.rows, strict=True) for a in bound]
    )
    if planned.replaces is not None:
        planned.replaces.retired = True
        planned.replaces.save(update_fields=["retired"])
        _refile(planned.replaces, rows)
    data = {
        "name": directory.name,
        "rows": len(rows),
        "replaces": planned.replaces.pk if planned.replaces else None,
        "sha256": kept.sha256,
    }
    record("publishing.import_directory", by=by, agency=agency, target=directory, data=data, basis=BASIS)
    return directory


def _row(directory: Directory, row: ReadRow, order: int) -> DirectoryRow:
    return DirectoryRow(
        directory=directory,
        number=row.number,
        level1=row.level1,
        level2=row.level2,
        content=row.content,
        basis=row.basis,
        time_limit=row.time_limit,
        refresh_days=refresh_days(row.time_limit),
        agency_text=row.agency[:200],
        channels=list(row.channels),
        to_all=row.to_all,
        group=row.group,
        proactive=row.proactive,
        tiers=list(row.tiers),
        order=order,
    )


def _refile(old: Directory, rows: Iterable[DirectoryRow]) -> None:
    """Files under the new rows what stood under rows of the same matter: of the same content where it has several."""
    same: dict[tuple[str, ...], DirectoryRow] = {}
    for row in rows:
        same.setdefault((row.level1, row.level2), row)
        same[row.level1, row.level2, row.content] = row
    found = []
    for filing in Filing.objects.filter(row__directory=old).select_related("row"):
        matter = (filing.row.level1, filing.row.level2)
        new = same.get((*matter, filing.row.content)) or same.get(matter)
        if new is not None:
            found.append(Filing(row=new, publication_id=filing.publication_id, at=filing.at))
    Filing.objects.bulk_create(found, ignore_conflicts=True)
