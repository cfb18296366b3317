"""A disk whose power can fail: what a program wrote is recorded, and played back cut off at any moment.

`record` watches the system calls of a process by strace. `Disk` keeps of each file what a sync has made durable, and
the writes since then, of which a power cut keeps any: none, all, some, a torn one.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
_LINE = re.compile(r"\d+ +(?P<call>\w+)\((?P<arguments>.*)")
_FILE = re.compile(r"\d+<(?P<path>[^>]*)>")
_WRITE = re.compile(r'\d+<(?P<path>[^>]*)>, "(?P<data>[^"]*)", \d+(, (?P<offset>\d+))?')
_TRUNCATE = re.compile(r"\d+<(?P<path>[^>]*)>, (?P<size>\d+)")
_PATHS = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Call:
    """One system call: `kind` is write, truncate, sync, unlink, rename or said (what went to stderr)."""

    kind: str
    path: str
    offset: int = 0
    data: bytes = b""


def record(code: str, arguments: Sequence[str], trace: Path) -> list[Call]:
    """Run Python `code` and return what it did to files, in order."""
    command = ["strace", "-f", "-y", "-xx", "-s", "4000000", "-o", str(trace), "-e", f"trace={','.join(_READERS)}"]
    done = subprocess.run(
        [*command, sys.executable, "-c", code, *arguments], capture_output=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    with trace.open() as file:
        return [call for line in file if (call := _parsed(line)) is not None]


def _parsed(line: str) -> Call | None:
    match = _LINE.match(line)
    if match is None or " = -1 " in line[-80:]:
        return None
    read = _READERS.get(match["call"])
    return read(match["arguments"]) if read else None


def _sync(arguments: str) -> Call | None:
    match = _FILE.match(arguments)
    return Call("sync", _plain(match["path"])) if match else None


def _write(arguments: str) -> Call | None:
    match = _WRITE.match(arguments)
    if match is None:
        return None
    if arguments.startswith("2<"):
        return Call("said", "", data=_bytes(match["data"]))
    if match["offset"] is None:  # of no database: SQLite says where it writes
        return None
    return Call("write", _plain(match["path"]), int(match["offset"]), _bytes(match["data"]))


def _truncate(arguments: str) -> Call | None:
    match = _TRUNCATE.match(arguments)
    return Call("truncate", _plain(match["path"]), int(match["size"])) if match else None


def _unlink(arguments: str) -> Call:
    return Call("unlink", _plain(_PATHS.findall(arguments)[0]))


def _rename(arguments: str) -> Call:
    old, new = (_plain(path) for path in _PATHS.findall(arguments))
    return Call("rename", old, data=os.fsencode(new))


_READERS: dict[str, Callable[[str], Call | None]] = {
    "fsync": _sync,
    "fdatasync": _sync,
    "write": _write,
    "pwrite64": _write,
    "ftruncate": _truncate,
    "unlink": _unlink,
    "rename": _rename,
}


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _plain(text: str) -> str:
    return os.fsdecode(_bytes(text)) if text.startswith("\\x") else text


@dataclass
class _File:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[Call] = field(default_factory=list)


class Disk:
    """The files of one folder, as a power cut would leave them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, _File] = {}

    def play(self, call: Call) -> None:
        if not call.path.startswith(str(self._folder)):
            return
        if call.kind == "unlink":
            self._files.pop(call.path, None)
        elif call.kind == "rename":
            self._files[os.fsdecode(call.data)] = self._files.pop(call.path, _File())
        elif call.kind == "sync":
            file = self._files.setdefault(call.path, _File())
            for write in file.pending:
                _apply(file.durable, write)
            file.pending.clear()
        else:
            self._files.setdefault(call.path, _File()).pending.append(call)

    def cuts(self, chance: random.Random) -> Iterator[dict[str, bytes]]:
        """Yield what the files (by name) may hold after a power cut now: none, all or some of what was not synced."""
        for kept in (0.0, 1.0, 0.5):
            yield {Path(path).name: self._after(file, kept, chance) for path, file in self._files.items()}

    @staticmethod
    def _after(file: _File, kept: float, chance: random.Random) -> bytes:
        content = bytearray(file.durable)
        for write in file.pending:
            if chance.random() < kept:
                torn = write.kind == "write" and kept < 1.0 and chance.random() < 0.3
                _apply(content, _torn(write, chance) if torn else write)
        return bytes(content)


def _torn(write: Call, chance: random.Random) -> Call:
    """Return the beginning of a write, whole sectors of it."""
    sectors = chance.randrange(len(write.data) // SECTOR + 1)
    return Call("write", write.path, write.offset, write.data[: sectors * SECTOR])


def _apply(content: bytearray, call: Call) -> None:
    if call.kind == "truncate":
        content[call.offset :] = bytes(max(0, call.offset - len(content)))
        return
    if len(content) < call.offset:
        content.extend(bytes(call.offset - len(content)))
    content[call.offset : call.offset + len(call.data)] = call.data
