"""The command line speaks the language that the environment asks for, without starting Django for it."""

import os
import subprocess
import sys

import pytest

from gongkai.cli import words


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "zh-hans"),
        ({"LANG": "C.UTF-8"}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8", "GONGKAI_LANGUAGE": "en"}, "en"),
        ({"LANG": "en_US.UTF-8", "GONGKAI_LANGUAGE": "zh"}, "zh-hans"),
    ],
)
def test_the_setting_comes_before_the_locale(monkeypatch, environment, language):
    for name in ("GONGKAI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert words.language() == language


def test_the_words_come_from_the_catalogue_of_the_platform(monkeypatch):
    assert words.gettext("年度报告") == "年度报告"
    monkeypatch.setenv("GONGKAI_LANGUAGE", "en")
    assert words.gettext("年度报告") == "Annual reports"
    assert words.gettext("没有这样的词") == "没有这样的词"


def test_help_needs_no_django():
    code = "import sys, gongkai.cli.main; sys.exit('django.conf' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env=os.environ, check=False).returncode == 0
