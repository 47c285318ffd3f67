"""Takes understood rows into the database: adds, changes, or leaves out with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.queries import normal_name
from gongkai.files.actions import store
from gongkai.files.checks import Checked, Refused, check
from gongkai.office.working_days import calendar
from gongkai.publishing.actions.drafting import ATTACHMENTS
from gongkai.publishing.importing.folders import readable_name
from gongkai.publishing.importing.inserting import Maker, insert_many
from gongkai.publishing.importing.known import BY_NUMBER, There, likes_of, names_of, parts
from gongkai.publishing.importing.likeness import Likes
from gongkai.publishing.importing.model import Candidate, Fault
from gongkai.publishing.importing.storing import announce, settle_many, spread_again, store_new
from gongkai.publishing.models import Change, ImportProblem, IndexEntry, Publication, ScanReport, State
from gongkai.publishing.queries.paths import policy_for

_CHANGEABLE = (
    *("title", "summary", "body", "kind", "genre", "theme", "categories", "subject_words", "audience"),
    *("document_number", "made_on", "effective_on", "expires_on", "joint_agencies", "mode", "legal_basis", "term"),
    *("retention", "source", "series", "claim", "relations"),
)
"""What a row that comes again may change; its files only where they differ in number."""


@dataclass
class Taken:
    """What became of the rows of a batch."""

    new: list[Publication] = field(default_factory=list)
    changed: list[Publication] = field(default_factory=list)
    unchanged: int = 0
    duplicates: int = 0
    rejected: int = 0
    problems: list[ImportProblem] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """As a run counts them."""
        return {
            "added": len(self.new),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "duplicates": self.duplicates,
            "rejected": self.rejected,
        }


class Taker:
    """Takes batches of one run; remembers the texts of the run, so that near duplicates are remarked."""

    def __init__(self, agency: Agency, by: Person, run: Any, *, dry_run: bool = False) -> None:
        self.agency, self.by, self.run, self.dry_run = agency, by, run, dry_run
        self.names = names_of(agency, by)
        self.all_names = names_of(None, by)
        self.release_days = policy_for(agency).release_days
        self.seen: dict[tuple[int, str], int] = {}
        self.ids: set[tuple[int, str]] = set()
        self.numbers: set[str] = set()
        """Index numbers that rows of this run bear."""
        self.kept: set[str] = set()
        """Those that new publications of this run keep."""
        self.dues: dict[Any, Any] = {}
        self.calendar = calendar()
        self.likes: Likes | None = None
        self.agencies: dict[int, Agency] = {}
        self.maker = Maker(Publication)
        self.stored: list[Any] = []
        """Attachments whose bytes this batch has written."""
        self.looked: dict[int, list[tuple[bytes, Checked]]] = {}
        """What a dry run read of the files of each row."""
        self.like_words = (
            _("与来源第%(row)d行的正文很相似。"),
            _("与信息%(number)d的正文很相似。"),
            _("请核对是否同一条信息。"),
        )

    def take(self, candidates: Sequence[Candidate]) -> Taken:
        """Takes a batch. Must be called within a transaction."""
        taken = Taken()
        whole = [c for c in candidates if self._whole(c, taken)]
        there = There(self.agencies, whole)
        if self.likes is None:
            self.likes = likes_of({agency.pk for agency in self.names.values()})
        pairs: list[tuple[Candidate, Publication]] = []
        for candidate in whole:
            self._one(candidate, there, taken, pairs)
        store_new(taken.new)
        self._change(taken.changed)
        # A new row was settled when it was stored, unless it does something to another one.
        touching = [row for row in taken.new if any(relation["target"] for relation in row.relations)]
        if touched := [row.pk for row in (*touching, *taken.changed)]:
            settle_many(touched, timezone.localdate())
        self._reports(pairs, taken)
        taken.problems.sort(key=lambda problem: problem.row)
        return taken

    def _whole(self, candidate: Candidate, taken: Taken) -> bool:
        agency = self._agency_of(candidate)
        joint = [self.all_names.get(normal_name(name)) for name in candidate.joint]
        for name, found in zip(candidate.joint, joint, strict=True):
            if found is None:
                words = _("联合发文机关“%(name)s”不在机构库中，未记录。") % {"name": name[:40]}
                candidate.remarks.append(Fault("joint", words))
        if candidate.faults:
            self._reject(candidate, taken)
            return False
        assert agency is not None
        candidate.content["joint_agencies"] = [a.pk for a in joint if a is not None and a.pk != agency.pk]
        self.agencies[id(candidate)] = agency
        return True

    def _agency_of(self, candidate: Candidate) -> Agency | None:
        if not candidate.agency:
            return self.agency
        found = self.names.get(normal_name(candidate.agency))
        if found is None:
            known = normal_name(candidate.agency) in self.all_names
            words = (
                _("发布机构“%(name)s”不在所选机关之下，或者您没有为它导入的权限。")
                if known
                else _("发布机构“%(name)s”不在机构库中。")
            )
            remedy = _("请核对名称，或者在对照文件的 values.agency 里说明它是哪个机关。")
            candidate.faults.append(Fault("agency", words % {"name": candidate.agency[:60]}, remedy))
        return found

    def _one(
        self, candidate: Candidate, there: There, taken: Taken, pairs: list[tuple[Candidate, Publication]]
    ) -> None:
        agency = self.agencies.pop(id(candidate))
        if words := self._came_before(candidate, agency):
            self._double(candidate, taken, words, None)
            return
        existing = there.find(candidate, agency, self.numbers)
        self._remember(candidate, agency)
        if existing is not None:
            self.seen[agency.pk, candidate.same] = candidate.number
            self._again(candidate, existing, taken, pairs)
            return
        double = self.seen.get((agency.pk, candidate.same)) or there.same(candidate, agency)
        if double is not None:
            there_is = double if isinstance(double, Publication) else None
            words = (
                _("与信息%(number)d标题和正文相同，没有重复导入。")
                if there_is
                else _("与来源第%(number)d行标题和正文相同，没有重复导入。")
            )
            self._double(candidate, taken, words % {"number": there_is.pk if there_is else double}, there_is)
            return
        files = self._stored(candidate, agency)
        if candidate.faults:
            self._reject(candidate, taken)
            return
        self._number(candidate, there)
        row = self._row(candidate, agency, files)
        self.seen[agency.pk, candidate.same] = candidate.number
        assert self.likes is not None
        like = self.likes.add(agency.pk, candidate.number, candidate.likeness)
        if like:
            words, words_there, remedy = self.like_words
            said = words % {"row": like} if like > 0 else words_there % {"number": -like}
            candidate.remarks.append(Fault("body", said, remedy))
        taken.new.append(row)
        pairs.append((candidate, row))

    def _number(self, candidate: Candidate, there: There) -> None:
        number = candidate.index_number
        if number and (number in there.taken_numbers or number in self.kept):
            words = _("索引号%(number)s已被占用，已重新编号。") % {"number": number}
            candidate.remarks.append(Fault("index_number", words))
            candidate.index_number = ""
        elif number:
            self.kept.add(number)

    def _came_before(self, candidate: Candidate, agency: Agency) -> str:
        """Why a row is one that this import had already: by its source id, else by its index number."""
        if candidate.external_id:
            words = _("来源编号“%(id)s”在本次导入中出现了两次。") % {"id": candidate.external_id[:60]}
            return words if (agency.pk, candidate.external_id) in self.ids else ""
        words = _("索引号%(number)s在本次导入中出现了两次。") % {"number": candidate.index_number}
        return words if candidate.index_number and candidate.index_number in self.numbers else ""

    def _remember(self, candidate: Candidate, agency: Agency) -> None:
        if candidate.external_id:
            self.ids.add((agency.pk, candidate.external_id))
        if candidate.index_number:
            self.numbers.add(candidate.index_number)

    def remember(self, rows: Iterable[dict[str, Any]]) -> None:
        """Remembers what an interrupted run took already, from the values of its rows by field."""
        ids: set[str] = set()
        numbers: set[str] = set()
        for given in rows:
            ids.add(str(given.get("external_id") or "").strip()[:200])
            numbers.add(str(given.get("index_number") or "").strip())
        for part in parts(ids - {""}):
            self.ids |= set(Publication.objects.filter(external_id__in=part).values_list("agency_id", "external_id"))
        for part in parts(numbers - {""}):
            self.numbers |= set(IndexEntry.objects.filter(number__in=part).values_list("number", flat=True))

    def _row(self, candidate: Candidate, agency: Agency, files: list[dict[str, Any]]) -> Publication:
        at, number = candidate.published_at, candidate.index_number
        row = self.maker(
            candidate.content
            | {
                "agency_id": agency.pk,
                "files": files,
                "state": State.PUBLISHED,
                "live": True,
                "index_number": number or None,
                "published_at": at,
                "first_published_at": at,
                "last_published_at": at,
                "changed_at": at,
                "created_by_id": self.by.pk,
                "release_due": self._due(candidate),
                "declared_validity": candidate.declared_validity,
                "ended_on": candidate.ended_on,
                "external_id": candidate.external_id or (number and f"{BY_NUMBER}{number}"),
                "content_hash": candidate.same,
            }
        )
        row.agency = agency
        return row

    def _due(self, candidate: Candidate) -> Any:
        made = candidate.content["made_on"]
        if made not in self.dues:
            self.dues[made] = self.calendar.add_provisional(made, self.release_days)[0]
        return self.dues[made]

    def _again(
        self, candidate: Candidate, row: Publication, taken: Taken, pairs: list[tuple[Candidate, Publication]]
    ) -> None:
        """A row that is there: unchanged, changed, or edited here since and therefore left alone."""
        differing = [n for n in _CHANGEABLE if n in candidate.content and getattr(row, n) != candidate.content[n]]
        files_differ = len(candidate.files) != len(row.files)
        if not differing and not files_differ:
            taken.unchanged += 1
            return
        if row.latest_revision_id or row.state != State.PUBLISHED:
            taken.unchanged += 1
            words = _("信息%(number)d在本站修改或撤下过，没有用来源的内容覆盖。") % {"number": row.pk}
            candidate.remarks.append(Fault("", words, _("需要时请在工作台修改。")))
            self._remark(candidate, row, taken)
            return
        if files_differ:
            row.files = self._stored(candidate, row.agency)
            if candidate.faults:
                self._reject(candidate, taken)
                return
        for name in differing:
            setattr(row, name, candidate.content[name])
        row.content_hash, row.changed_at = candidate.same, timezone.now()
        row.last_published_at = row.changed_at
        taken.changed.append(row)
        pairs.append((candidate, row))

    def _change(self, rows: list[Publication]) -> None:
        if not rows:
            return
        fields = [*_CHANGEABLE, "files", "content_hash", "changed_at", "last_published_at"]
        Publication.objects.bulk_update(rows, fields, batch_size=100)
        spread_again(rows)
        announce(rows, Change.Verb.CHANGED)

    def _stored(self, candidate: Candidate, agency: Agency) -> list[dict[str, Any]]:
        """Keeps the files of a row; one that is refused rejects the row."""
        kept: list[dict[str, Any]] = []
        before = len(self.stored)
        try:
            with transaction.atomic():
                for path, title in candidate.files:
                    data, name = Path(path).read_bytes(), readable_name(Path(path).name)
                    if self.dry_run:
                        found = check(data, name, limit=settings.UPLOAD_BYTES, types=ATTACHMENTS)
                        self.looked.setdefault(candidate.number, []).append((data, found))
                        continue
                    attachment = store(data, name, by=self.by, agency=agency, types=ATTACHMENTS)
                    self.stored.append(attachment)
                    kept.append({"attachment": attachment.pk, "title": (title or attachment.name)[:255]})
        except (Refused, PermissionError, FileNotFoundError, IsADirectoryError) as error:
            self.discard(before)
            candidate.faults.append(Fault("files", str(error.args[0] if isinstance(error, Refused) else error)[:300]))
            return []
        return kept

    def discard(self, before: int = 0) -> None:
        """Takes the bytes of files away whose rows were not kept."""
        for attachment in self.stored[before:]:
            attachment.file.delete(save=False)
        del self.stored[before:]

    def _reports(self, pairs: list[tuple[Candidate, Publication]], taken: Taken) -> None:
        """What the scan found is kept with the publication and listed; it does not keep a row out."""
        from gongkai.files.models import Attachment
        from gongkai.publishing.scanner import in_bytes, in_file

        reports = []
        for candidate, row in pairs:
            hits = list(candidate.hits)
            for attachment in (
                Attachment.objects.filter(pk__in=[f["attachment"] for f in row.files]) if row.files else ()
            ):
                hits += [found.stored() for found in in_file(attachment)]
            for data, file in self.looked.pop(candidate.number, ()):
                hits += [found.stored() for found in in_bytes(data, file.name, file.type)]
            if hits:
                reports.append(ScanReport(publication=row, hits=hits))
                for hit in hits[:5]:
                    candidate.remarks.append(_found(hit))
            if candidate.remarks:
                self._remark(candidate, row, taken)
        insert_many(reports)

    def _reject(self, candidate: Candidate, taken: Taken) -> None:
        taken.rejected += 1
        taken.problems += [self._problem(candidate, fault, True, None) for fault in candidate.faults]
        self._remark(candidate, None, taken)

    def _double(self, candidate: Candidate, taken: Taken, words: str, of: Publication | None) -> None:
        taken.duplicates += 1
        fault = Fault("", words, _("如果确实是两条信息，请给出不同的标题。"))
        taken.problems.append(self._problem(candidate, fault, True, of))

    def _remark(self, candidate: Candidate, row: Publication | None, taken: Taken) -> None:
        taken.problems += [self._problem(candidate, fault, False, row) for fault in candidate.remarks]
        candidate.remarks = []

    def _problem(self, candidate: Candidate, fault: Fault, rejected: bool, row: Publication | None) -> ImportProblem:
        return ImportProblem(
            run=self.run,
            row=candidate.number,
            reference=candidate.reference[:300],
            field=fault.field[:60],
            message=str(fault)[:500],
            rejected=rejected,
            publication=row,
        )


def _found(hit: dict[str, Any]) -> Fault:
    """What the scan found, in the language of whoever imports."""
    end = "" if (get_language() or "").startswith("zh") else "_en"
    words = _("扫描：%(message)s（%(excerpt)s）")
    said = {"message": hit[f"message{end}"], "excerpt": hit["excerpt"]}
    return Fault(hit["place"], words % said, hit[f"remedy{end}"])
