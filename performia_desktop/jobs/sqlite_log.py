"""Reads SQLite's write-ahead log from its bytes: which pages it holds, and whether commits are missing from it.

Every frame's checksum goes on from the one before it, so SQLite takes a log up to the first frame that does not
fit and drops the rest, commits and all, without a word. Here each frame is checked from the sum that the frame
before it says it had; one broken frame then costs that frame, and commits after it show that something is lost.
That the last commit itself is broken is known from the log's index (the -shm file), which counts the frames.

Follows https://www.sqlite.org/fileformat2.html#walformat.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

_MAGIC: Final = {0x377F0682: "<", 0x377F0683: ">"}  # by the byte order of the checksums
_HEADER: Final = 32
_FRAME: Final = 24
_SIZES: Final = tuple(1 << n for n in range(9, 17))
_LARGEST: Final = 1 << 26  # of a log that is looked at before every start after a crash: a few seconds


@dataclass(frozen=True, slots=True)
class Log:
    """What a log holds.

    Attributes
    ----------
    page_size
        None where the log is empty.
    pages
        The pages by number, as the last commit left them; broken frames are left out where there is another.
    whole
        No frame before the last commit is broken: SQLite sees what we see.
    """

    page_size: int | None
    pages: dict[int, bytes]
    whole: bool


def read_log(data: bytes, index: bytes = b"") -> Log:
    """Return what a write-ahead log holds, of which `index` is the -shm file; of an earlier round, nothing."""
    if len(data) < _HEADER + _FRAME + _SIZES[0] or not data.strip(b"\0"):
        return Log(None, {}, True)
    order, page_size, salts, sums, sound = _header(data)
    frames: list[tuple[int, int, bytes, bool]] = []
    last_commit = 0
    for at in range(_HEADER, len(data) - _FRAME - page_size + 1, _FRAME + page_size):
        number, size, *rest = struct.unpack_from(">6I", data, at)
        content = data[at + _FRAME : at + _FRAME + page_size]
        if tuple(rest[:2]) != salts:
            # The rest is of an earlier round, unless it is only this frame's own header that is broken.
            following = data[at + 2 * _FRAME + page_size - 16 : at + 2 * _FRAME + page_size - 8]
            if following != struct.pack(">2I", *salts):
                break
            fits = False
        else:
            fits = _checksum(order, data[at : at + 8] + content, *sums) == tuple(rest[2:])
        frames.append((number, size, content, fits))
        sums = (rest[2], rest[3])
        if size and fits:
            last_commit = len(frames)
    last_commit = max(last_commit, min(_counted(index, data[16:24]), len(frames)))
    committed = frames[:last_commit]
    pages: dict[int, bytes] = {}
    for number, _, content, fits in committed:
        if fits or (number not in pages and 0 < number < 1 << 31):
            pages[number] = content
    return Log(page_size, pages, (sound and all(fits for *_, fits in committed)) or not committed)


def _counted(index: bytes, salts: bytes) -> int:
    """Return how many frames an index says are committed in the log with these salts; 0 if it is not its index.

    It is memory of the programs that were connected, in the byte order of their machine.
    """
    if len(index) < 96 or index[:48] != index[48:96] or index[32:40] != salts:
        return 0
    (frames,) = struct.unpack_from("=I", index, 16)
    return int(frames)


def is_worth_reading(size: int) -> bool:
    """Return whether a log of so many bytes is looked at before SQLite takes it."""
    return 0 < size <= _LARGEST


def _header(data: bytes) -> tuple[str, int, tuple[int, int], tuple[int, int], bool]:
    """Return byte order, page size, salts and first checksum, and whether the header is sound.

    Where it is not, they are what the first frames say.
    """
    magic, _, page_size, _, salt1, salt2, sum1, sum2 = struct.unpack_from(">8I", data, 0)
    order = _MAGIC.get(magic)
    if order and page_size in _SIZES and _checksum(order, data[:24]) == (sum1, sum2):
        return order, page_size, (salt1, salt2), (sum1, sum2), True
    salts = struct.unpack_from(">2I", data, _HEADER + 8)
    marks = struct.pack(">2I", *salts)
    for size in (4096, *_SIZES):
        if data[_HEADER + _FRAME + size + 8 : _HEADER + _FRAME + size + 16] == marks:
            return order or "<", size, (salts[0], salts[1]), (sum1, sum2), False
    return order or "<", page_size if page_size in _SIZES else 4096, (salts[0], salts[1]), (sum1, sum2), False


def _checksum(order: str, data: bytes, first: int = 0, second: int = 0) -> tuple[int, int]:
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for one, two in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + two + first) & 0xFFFFFFFF
    return first, second
