"""Writes the documentation pages of the rules: `python -m gongkai.annual.audit.docs docs/findings`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from gongkai.annual.audit.model import Rule
from gongkai.annual.audit.registry import RULES
from gongkai.annual.model import Severity

_SEVERITY = {Severity.ERROR: "错误 error", Severity.WARNING: "提醒 warning", Severity.INFO: "提示 info"}

_INDEX_HEAD = """# 检查规则 Rules

每条规则宁可不报，也不误报：看不准的、缺材料的一律不作判断。
A rule that is not sure stays silent.

| 规则 | 名称 | Title | 程度 |
|---|---|---|---|
"""


def page(rule: Rule) -> str:
    """The page of a rule in Markdown: Chinese first, then English."""
    return f"""# {rule.id} {rule.title}

| 程度 | 依据 |
|---|---|
| {_SEVERITY[rule.severity]} | {rule.basis} |

## 检查什么

{rule.about}

## 例子

| 有误 | 正确 |
|---|---|
| {_cell(rule.wrong)} | {_cell(rule.right)} |

## 怎么办

{rule.todo}

## In English

**{rule.title_en}.** {rule.about_en}
"""


def index() -> str:
    """The table of all rules in Markdown."""
    rows = (f"| [{r.id}]({r.id}.md) | {r.title} | {r.title_en} | {_SEVERITY[r.severity]} |" for r in RULES.values())
    return _INDEX_HEAD + "\n".join(rows) + "\n"


def pages() -> Mapping[str, str]:
    """Every page by its file name."""
    return {"index.md": index(), **{f"{r.id}.md": page(r) for r in RULES.values()}}


def write(folder: Path) -> None:
    """Writes all pages into a folder and removes the pages of rules that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for old in folder.glob("*.md"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/findings"))
