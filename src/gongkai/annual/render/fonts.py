"""Finds the faces that official documents are set in: on the system, in the environment, in var/fonts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.annual.errors import AnnualError

_SONG = (
    "SimSun",
    "STSong",
    "Songti SC",
    "Source Han Serif SC",
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "AR PL UMing CN",
    "AR PL UMing",
    "AR PL SungtiL GB",
)
_HEI = (
    "SimHei",
    "STHeiti",
    "Heiti SC",
    "Source Han Sans SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)
_FANG = ("FangSong", "FangSong_GB2312", "STFangsong", "FZFangSong-Z02", "FandolFang R", "FandolFang", "Zhuque Fangsong")
_KAI = (
    "KaiTi",
    "KaiTi_GB2312",
    "STKaiti",
    "Kaiti SC",
    "FandolKai",
    "LXGW WenKai",
    "AR PL UKai CN",
    "AR PL UKai",
    "AR PL KaitiM GB",
)
_TITLE = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong", "Source Han Serif SC", "Noto Serif CJK SC")
_FAMILIES: Mapping[str, tuple[str, ...]] = {"title": _TITLE, "body": _FANG, "hei": _HEI, "kai": _KAI, "song": _SONG}
"""What to look for, best first, for each kind of type."""


class NoFont(AnnualError):
    """There is no font with Chinese characters, so that a PDF would be empty boxes."""

    id = "no_font"
    _zh = "没有找到中文字体，无法生成 PDF。请运行 make setup，或安装系统中文字体。"
    _en = "No font with Chinese characters was found. Run `make setup`, or install one on the system."


@dataclass(frozen=True, slots=True)
class Faces:
    """The faces found: for each kind of type, families by preference, and the fonts loaded for typst."""

    families: Mapping[str, tuple[str, ...]]
    loaded: Any

    def stacks(self) -> dict[str, list[str]]:
        """Kind of type → families, each followed by the faces that have what it lacks (镕, 喆, 䶮)."""
        spare = [*self.families["song"], *self.families["hei"]]
        latin = ["Libertinus Serif"]
        return {kind: list(dict.fromkeys([*found, *spare, *latin])) for kind, found in self.families.items()}


@cache
def find() -> Faces:
    """The faces to print with; raises NoFont where there is none.

    Preferred are the system's, by the order of the official format; then the Noto faces that come with the package;
    then what `make fonts` has put into var/fonts (or the folder in GONGKAI_FONTS).
    """
    import typst

    folders = [str(p) for p in (_packaged(), _fetched()) if p is not None and p.is_dir()]
    loaded = typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=folders)
    there = set(loaded.families())
    found = {kind: tuple(f for f in families if f in there) for kind, families in _FAMILIES.items()}
    if not found["song"] and not found["hei"]:
        raise NoFont
    return Faces(found, loaded)


def _packaged() -> Path | None:
    try:
        import pylopdf_fonts_zh_cn
    except ImportError:
        return None
    return Path(pylopdf_fonts_zh_cn.serif_path()).parent


def _fetched() -> Path | None:
    return Path(os.environ.get("GONGKAI_FONTS") or "var/fonts")
