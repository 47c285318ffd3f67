"""Office files are zip archives: opened here with limits on what they may unpack to."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from gongkai.annual.errors import DamagedFile, Encrypted, TooLarge
from gongkai.annual.extract import limits

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, KeyError, RuntimeError)


class Archive:
    """A zip archive in memory. Raises `DamagedFile`, `Encrypted` or `TooLarge` instead of zipfile's errors."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            infos = self._zip.infolist()
        except _BROKEN as error:
            raise DamagedFile(str(error)[:80]) from error
        limits.at_most(len(infos), limits.MAX_MEMBERS, "压缩包成员数", "archive members")
        total = sum(info.file_size for info in infos)
        limits.at_most(total, limits.MAX_UNPACKED, "解压后字节数", "unpacked bytes")
        if any(info.flag_bits & 1 for info in infos):
            raise Encrypted
        self.names = {info.filename.replace("\\", "/").lstrip("/"): info for info in infos}

    def read(self, name: str, limit: int = limits.MAX_MARKUP) -> bytes:
        """A member's bytes, b"" where there is none; never more than `limit`, whatever the header claims."""
        info = self.names.get(name)
        if info is None:
            return b""
        try:
            with self._zip.open(info) as member:
                content = member.read(limit + 1)
        except _BROKEN as error:
            raise DamagedFile(name) from error
        if len(content) > limit:
            raise TooLarge(name)
        return content
