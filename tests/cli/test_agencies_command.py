"""`gongkai agencies`: what is written comes back, what is wrong is shown and refused."""

import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from gongkai.agencies.models import Agency
from gongkai.cli.main import app

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["agencies", *map(str, arguments)])
    return result.exit_code, result.output


def test_an_export_is_imported_without_a_change(city, tmp_path):
    file = tmp_path / "机构.xlsx"
    assert run("export", file)[0] == 0
    code, words = run("import", file, "--dry-run")
    assert code == 0
    assert "新增 0 · 修改 0" in words


def test_a_changed_cell_is_imported_on_the_real_run_only(city, tmp_path):
    file = tmp_path / "机构.csv"
    run("export", file, "--gbk")
    file.write_bytes(file.read_bytes().replace("文渊路4号".encode("gb18030"), "文渊路四号".encode("gb18030")))
    assert run("import", file, "--dry-run")[0] == 0
    assert not Agency.objects.filter(office_address__contains="四号").exists()
    assert run("import", file)[0] == 0
    assert Agency.objects.get(office_address__contains="四号") == city["fagai"]


def test_a_fault_ends_with_2_and_is_shown(city, tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("机构代码,机构名称\n12,甲局\n", "utf-8")
    code, words = run("import", file)
    assert code == 2
    assert "机构代码" in words


def test_acting_as_somebody_keeps_to_their_posts(city, tmp_path):
    file = tmp_path / "x.csv"
    file.write_text(f"机构代码,机构名称\n{city['keji'].code},云州市科学局\n", "utf-8")
    assert run("import", file, "--as", "drafter")[0] == 2
    assert run("import", file, "--as", "nobody")[0] == 2
    assert run("import", file, "--as", "admin")[0] == 0


def test_where_nothing_can_be_written_that_is_said(city, tmp_path):
    code, words = run("export", tmp_path / "none" / "x.xlsx")
    assert code == 2
    assert "不能写入" in words
    assert run("template", tmp_path)[0] == 2


def test_before_the_tables_are_made_it_says_how_to_make_them(tmp_path):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI_", "DJANGO_", "DATABASE_"))}
    environment |= {"GONGKAI_DATA": str(tmp_path), "GONGKAI_LANGUAGE": "zh"}
    command = [sys.executable, "-m", "gongkai.cli.main", "agencies", "export", str(tmp_path / "x.xlsx")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "gongkai.manage migrate" in done.stderr
    assert "Traceback" not in done.stderr
