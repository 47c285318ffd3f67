"""The command line as people and scripts use it."""

import json

import pytest
from typer.testing import CliRunner

from gongkai.annual.forms import FORM_IDS
from gongkai.annual.render import render
from gongkai.annual.sample import dirty, sample_report
from gongkai.cli.main import app


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Three good reports, one faulty, one file that cannot be read."""
    folder = tmp_path_factory.mktemp("reports")
    previous = None
    for year in (2022, 2023):
        previous = sample_report("gov-2021", year=year, agency="云州市水务局", seed=1, previous=previous)
        (folder / f"水务局{year}.docx").write_bytes(render(previous, "docx"))
    other = sample_report("gov-2019", year=2020, agency="云州市档案局", seed=2)
    (folder / "sub").mkdir()
    (folder / "sub" / "档案局.html").write_bytes(render(other, "html"))
    faulty, planted = dirty(
        sample_report("gov-2021", year=2024, agency="云州市体育局", seed=3), ["unbalanced_total"], seed=3
    )
    (folder / "体育局.txt").write_bytes(render(faulty, "txt"))
    (folder / "planted.rule").write_text(planted[0].rule, "utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    return folder


def run(*words):
    return CliRunner().invoke(app, [str(w) for w in words])


def test_read_gives_one_json_object_a_report(folder):
    result = run("annual", "read", folder, "--json")
    reports = [json.loads(line) for line in result.stdout.splitlines()]
    assert sorted((r["agency"], r["year"]) for r in reports) == [
        ("云州市体育局", 2024),
        ("云州市档案局", 2020),
        ("云州市水务局", 2022),
        ("云州市水务局", 2023),
    ]
    keys = {"source", "agency", "title", "year", "period", "form", "chapters", "cells", "facts", "findings"}
    assert all(keys <= r.keys() for r in reports)
    assert all(r["source"].keys() >= {"path", "format", "encoding", "repairs", "span"} for r in reports)


def test_a_file_that_cannot_be_read_is_reported_and_does_not_stop_the_rest(folder):
    result = run("annual", "read", folder, "--json")
    assert result.exit_code == 2
    assert "broken.pdf" in result.stderr
    assert "broken.pdf" not in result.stdout
    assert len(result.stdout.splitlines()) == 4


def test_several_processes_give_the_same(folder):
    assert run("annual", "read", folder, "--json", "-j", "2").stdout == run("annual", "read", folder, "--json").stdout


def test_read_for_people_names_the_agency_and_the_cells(folder):
    result = run("annual", "read", folder / "水务局2023.docx")
    assert result.exit_code == 0
    assert "云州市水务局" in result.stdout
    assert "t3.new_received.total" in result.stdout


def test_check_exits_with_1_where_there_is_an_error(folder):
    result = run("annual", "check", folder / "体育局.txt")
    assert result.exit_code == 1
    assert (folder / "planted.rule").read_text("utf-8") in result.stdout


def test_check_of_clean_reports_exits_with_0_and_says_so(folder):
    result = run("annual", "check", folder / "水务局2022.docx", folder / "水务局2023.docx")
    assert result.exit_code == 0, result.stdout
    assert "未发现问题" in result.stdout


def test_check_refuses_an_unknown_severity(folder):
    result = run("annual", "check", folder / "体育局.txt", "--severity", "bad")
    assert result.exit_code == 2
    assert "error, warning, info" in result.stderr


def test_compare_shows_cells_and_text(folder):
    result = run("annual", "compare", folder / "水务局2022.docx", folder / "水务局2023.docx")
    assert result.exit_code == 0
    assert "云州市水务局 2022年" in result.stdout
    assert "%" in result.stdout
    data = json.loads(run("annual", "compare", folder / "水务局2022.docx", folder / "水务局2023.docx", "--json").stdout)
    assert data["cells"]


@pytest.mark.parametrize("to", ["docx", "xlsx", "pdf", "html", "txt"])
def test_rendered_data_reads_as_the_same_report(folder, tmp_path, to):
    data = tmp_path / "data.json"
    data.write_text(run("annual", "read", folder / "水务局2023.docx", "--json").stdout, "utf-8")
    result = run("annual", "render", data, "--to", to)
    assert result.exit_code == 0, result.stderr
    again = json.loads(run("annual", "read", tmp_path / f"data.{to}", "--json").stdout)
    first = json.loads(data.read_text("utf-8"))
    assert {k: c["value"] for k, c in again["cells"].items()} == {k: c["value"] for k, c in first["cells"].items()}
    assert again["agency"] == first["agency"]


def test_render_of_several_reports_gives_a_file_each(folder, tmp_path):
    data = tmp_path / "all.jsonl"
    data.write_text(run("annual", "read", folder, "--json").stdout, "utf-8")
    result = run("annual", "render", data, "--to", "html")
    assert len(result.stdout.splitlines()) == 4
    assert (tmp_path / "all-4.html").exists()


@pytest.mark.parametrize("content", ["{", "[]x", '{"cells": []}', "3"])
def test_render_refuses_what_is_no_report_data(tmp_path, content):
    data = tmp_path / "data.json"
    data.write_text(content, "utf-8")
    result = run("annual", "render", data, "--to", "html")
    assert result.exit_code == 2
    assert "data.json" in result.stderr


def test_forms_are_listed_and_printed():
    listed = run("annual", "forms").stdout
    assert all(f in listed for f in FORM_IDS)
    cells = json.loads(run("annual", "forms", "--form", "gov-2021", "--json").stdout)
    assert len(cells) == 200
    assert run("annual", "forms", "--form", "gov-1999").exit_code == 2


def test_the_version_is_printed():
    assert run("--version").stdout.strip()


@pytest.mark.parametrize("command", ["read", "check", "compare"])
def test_a_file_without_a_report_is_named_with_what_to_do(folder, tmp_path, command):
    letter = tmp_path / "letter.txt"
    letter.write_text("各位同事：明天下午三点开会，请准时参加。", "utf-8")
    result = run("annual", command, letter, folder / "水务局2022.docx")
    assert result.exit_code == 2
    assert "letter.txt" in result.stderr
    assert "没有找到" in result.stderr
