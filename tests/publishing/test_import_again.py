"""Imports done twice, dry, in pieces of any size, or broken off: always the same outcome, each row once."""

from __future__ import annotations

import json
from random import Random

import pytest

BASE = {"正文": "照常开放。", "栏目": "公告", "发布日期": "2020-05-01"}
LONG = "".join(f"第{n}条是关于公园第{n * 7}号草地和{n * 13}号路灯的管理要求。" for n in range(40))


def mess(seed: int, prefix: str) -> list[dict[str, str]]:
    """Rows with ids, index numbers and texts that come again, and rows with faults."""
    draw = Random(seed)
    rows = []
    for n in range(14):
        row = BASE | {"标题": f"公告{draw.randrange(6)}", "正文": draw.choice(["甲。", "乙。", LONG, LONG + f"{n}。"])}
        if draw.random() < 0.5:
            row["编号"] = f"e{draw.randrange(4)}"
        if draw.random() < 0.4:
            row["索引号"] = f"{prefix}/2020-{draw.randrange(1, 4):05d}"
        if draw.random() < 0.2:
            row["发布日期"] = draw.choice(["", "昨天"])
        rows.append(row)
    return rows


@pytest.fixture
def imported(city, tmp_path):
    """Imports rows and gives the counts and what was said of each row."""
    from gongkai.publishing.importing.running import run

    def take(rows, name="a.jsonl", **options):
        path = tmp_path / name
        path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), "utf-8")
        said = []
        options = {"agency": city["yunzhou"], "by": city.people["officer"], "index": False, "workers": 1} | options
        outcome = run(path, report=said.extend, **options)
        counts = [outcome.added, outcome.changed, outcome.unchanged, outcome.duplicates, outcome.rejected]
        # Which numbers are still free depends on those that were given to the rows before.
        return counts, [(p.row, p.field, p.rejected, p.message) for p in said if p.field != "index_number"]

    return take


@pytest.mark.parametrize("seed", range(6))
def test_a_dry_run_in_any_pieces_says_what_the_import_does_and_a_second_one_does_nothing(imported, city, seed):
    from gongkai.publishing.models import Change, Publication

    rows = mess(seed, city["yunzhou"].index_prefix)
    dry = imported(rows, dry_run=True, batch=1 + seed * 3)
    assert imported(rows, batch=3) == dry
    before, changes = list(Publication.objects.order_by("pk").values()), Change.objects.count()
    added, changed, *_rest = imported(rows, batch=5)[0]
    assert (added, changed) == (0, 0)
    assert list(Publication.objects.order_by("pk").values()) == before
    assert Change.objects.count() == changes


@pytest.mark.parametrize("stop", [1, 2, 4])
def test_an_import_that_broke_off_ends_as_one_that_did_not(imported, city, monkeypatch, stop):
    from django.db import transaction

    from gongkai.publishing.importing import running
    from gongkai.publishing.models import Publication, PublicationImport

    rows = mess(7, city["yunzhou"].index_prefix)
    fields = ("title", "body", "external_id", "index_number", "content_hash")
    with transaction.atomic():
        whole = imported(rows, batch=3)
        wanted = list(Publication.objects.order_by("pk").values_list(*fields))
        transaction.set_rollback(True)
    keep, calls = running._keep, []

    def breaking(*words):
        keep(*words)
        calls.append(1)
        if len(calls) == stop:
            raise OSError("no space left on device")

    monkeypatch.setattr(running, "_keep", breaking)
    with pytest.raises(OSError, match="no space"):
        imported(rows, batch=3)
    assert PublicationImport.objects.get().position == (stop - 1) * 3
    said = imported(rows, batch=3, resume=True)[1]
    assert list(Publication.objects.order_by("pk").values_list(*fields)) == wanted
    # A text that is like one of a row before the break is like a publication now.
    assert [one[:3] for one in said] == [one[:3] for one in whole[1]]
    run = PublicationImport.objects.get()
    assert [run.added, run.changed, run.unchanged, run.duplicates, run.rejected] == whole[0]


def test_files_of_a_batch_that_was_not_stored_are_taken_away(imported, city, tmp_path, monkeypatch):
    from pathlib import Path

    from django.core.files.storage import storages

    from gongkai.files.models import Attachment
    from gongkai.publishing.importing import running

    folder = Path(storages["attachments"].location)
    already = set(folder.rglob("*"))
    (tmp_path / "表.txt").write_text("公园名录，共三处。", "utf-8")
    (tmp_path / "坏.txt").write_bytes(b"MZ\x00\x00")
    row = BASE | {"标题": "名录", "附件": "表.txt"}
    refused = BASE | {"标题": "坏名录", "附件": "表.txt；坏.txt"}

    def kept():
        return [p for p in set(folder.rglob("*")) - already if p.is_file()]

    dry = imported([row, refused], dry_run=True)
    assert dry[0] == [1, 0, 0, 0, 1]
    assert not kept()

    def breaking(*_words):
        raise OSError("no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(running, "_keep", breaking)
        with pytest.raises(OSError, match="no space"):
            imported([row, refused])
    assert not kept()
    assert not Attachment.objects.exists()
    assert imported([row, refused]) == dry
    assert len(kept()) == 1


def test_a_dry_run_lists_what_the_scan_finds_in_files(imported, tmp_path):
    (tmp_path / "表.txt").write_text("联系人张某，手机13800138000。", "utf-8")
    rows = [BASE | {"标题": "名录", "附件": "表.txt"}]
    dry = imported(rows, dry_run=True)
    assert any(field == "表.txt" for _row, field, _rejected, _message in dry[1])
    assert imported(rows) == dry


def test_a_text_that_is_nearly_that_of_an_earlier_import_is_remarked(imported):
    from gongkai.publishing.models import Publication

    imported([BASE | {"标题": "甲", "正文": LONG, "编号": "a"}])
    counts, said = imported([BASE | {"标题": "乙", "正文": LONG + "以上。", "编号": "b"}], name="b.jsonl")
    assert counts[0] == 1
    assert any(f"信息{Publication.objects.get(title='甲').pk}" in message for *_where, message in said)


def test_an_index_number_that_was_given_here_does_not_make_another_row_the_same(imported, city):
    from gongkai.publishing.models import Publication

    first = BASE | {"标题": "甲", "正文": "甲甲。"}
    second = BASE | {"标题": "乙", "正文": "乙乙。", "索引号": f"{city['yunzhou'].index_prefix}/2020-00001"}
    for _time in range(2):
        imported([first], name="a.jsonl")
        imported([second], name="b.jsonl")
    assert list(Publication.objects.order_by("pk").values_list("title", flat=True)) == ["甲", "乙"]
