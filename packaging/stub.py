"""Takes libraries out of the bundle that others ask for when they are loaded, and that no sound ever calls.

PyAV's wheel brings x264 and x265, which are under the GPL and do not belong into this program, and others that only
weigh (AV1, VP9, WebP, X11). FFmpeg asks for them when it is loaded, and for a few of their functions when it lists its
codecs. So each is replaced by a library of a few kilobytes with the same names in it, whose functions all return 0,
which FFmpeg reads as "not available". The decoders of audio call none of them (see _DECODERS in
performia_desktop.analysis.decoders).

SciPy brings an OpenBLAS of its own beside NumPy's, for its linear algebra, which stays out of the bundle; its special
functions link to it and call it for ellipsoidal harmonics alone. Of that stand-in every call ends the process, for a
product of matrices that is 0 would be believed.

ELF for x86-64 and AArch64, little-endian (System V gABI; no section headers, which a loader does not read).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# The code of a function by the number of the processor, 62 being x86-64 and 183 AArch64.
RETURN_ZERO: Final = {
    62: bytes.fromhex("31c0c3"),  # xor eax, eax; ret
    183: bytes.fromhex("00008052c0035fd6"),  # mov w0, #0; ret
}
END: Final = {
    62: bytes.fromhex("0f0b"),  # ud2
    183: bytes.fromhex("00000000"),  # udf #0
}
_PAGE: Final = 0x10000
_HEADER: Final = struct.Struct("<16sHHIQQQIHHHHHH")
_SEGMENT: Final = struct.Struct("<IIQQQQQQ")
_SECTION: Final = struct.Struct("<IIQQQQIIQQ")
_SYMBOL: Final = struct.Struct("<IBBHQQ")
_DYNSYM: Final = 11
_VERSIONS: Final = 0x6FFFFFFD  # SHT_GNU_verdef
_FUNCTION: Final = 2


@dataclass(frozen=True, slots=True)
class Symbol:
    name: bytes
    kind: int  # 1 an object, 2 a function
    defined: bool
    size: int


def machine(library: Path) -> int:
    """Return the number of an ELF library's processor. Raises ValueError for anything else."""
    return int(_header(library.read_bytes())[2])


def symbols(library: Path) -> list[Symbol]:
    """Return what a library offers to and asks of others."""
    data = library.read_bytes()
    sections = _sections(data)
    found = []
    for section in sections:
        if section[1] != _DYNSYM:
            continue
        names = sections[section[6]][4]
        for place in range(section[4], section[4] + section[5], _SYMBOL.size):
            name, info, _, index, _, length = _SYMBOL.unpack_from(data, place)
            text = data[names + name : data.index(b"\0", names + name)]
            if text:
                found.append(Symbol(text, info & 15, index != 0, length))
    return found


def write(library: Path, users: Iterable[Path], target: Path, function: Mapping[int, bytes] = RETURN_ZERO) -> None:
    """Write a stand-in for `library` with all that `users` ask of it; each function in it is `function`.

    Raises ValueError for a library whose symbols have versions: the loader would miss them.
    """
    if any(section[1] == _VERSIONS for section in _sections(library.read_bytes())):
        raise ValueError(f"{library.name} has versions of its symbols")
    asked = {symbol.name for user in users for symbol in symbols(user) if not symbol.defined}
    offered = [symbol for symbol in symbols(library) if symbol.defined and symbol.name in asked]
    processor = machine(library)
    target.write_bytes(image(library.name.encode(), offered, processor, function[processor]))


def image(name: bytes, offered: list[Symbol], processor: int, code: bytes) -> bytes:
    """Return a shared library with these symbols: functions of this code, objects that are 0."""
    names = b"\0"
    where = []
    for symbol in offered:
        where.append(len(names))
        names += symbol.name + b"\0"
    own_name = len(names)
    names += name + b"\0"
    names += bytes(-len(names) % 8)
    count = len(offered) + 1
    # one bucket, in which every symbol points to the next
    table = struct.pack(f"<4I{count - 1}I", 1, count, min(1, count - 1), 0, *[*range(2, count), 0][: count - 1])
    table += bytes(-len(table) % 8)

    symbols_at = _HEADER.size + 4 * _SEGMENT.size
    names_at = symbols_at + count * _SYMBOL.size
    table_at = names_at + len(names)
    code_at = table_at + len(table)
    end = code_at + len(code)
    data_at = -(-end // _PAGE) * _PAGE
    largest = max((symbol.size for symbol in offered if symbol.kind != _FUNCTION), default=0)
    dynamic = b"".join(
        struct.pack("<QQ", tag, value)
        for tag, value in (
            (14, own_name),  # DT_SONAME
            (4, table_at),  # DT_HASH
            (5, names_at),  # DT_STRTAB
            (10, len(names)),  # DT_STRSZ
            (6, symbols_at),  # DT_SYMTAB
            (11, _SYMBOL.size),  # DT_SYMENT
            (0, 0),
        )
    )
    zeros_at = data_at + len(dynamic)
    entries = _SYMBOL.pack(0, 0, 0, 0, 0, 0) + b"".join(
        _SYMBOL.pack(
            at,
            0x10 | symbol.kind,  # STB_GLOBAL
            0,
            1,
            code_at if symbol.kind == _FUNCTION else zeros_at,
            symbol.size,
        )
        for at, symbol in zip(where, offered, strict=True)
    )
    header = _HEADER.pack(
        b"\x7fELF\2\1\1" + bytes(9),
        3,
        processor,
        1,
        0,
        _HEADER.size,
        0,
        0,
        _HEADER.size,
        _SEGMENT.size,
        4,
        0,
        0,
        0,
    )
    segments = b"".join(
        _SEGMENT.pack(*segment)
        for segment in (
            (1, 5, 0, 0, 0, end, end, _PAGE),  # PT_LOAD, to read and run
            (1, 6, data_at, data_at, data_at, len(dynamic), len(dynamic) + largest, _PAGE),  # to read and write
            (2, 6, data_at, data_at, data_at, len(dynamic), len(dynamic), 8),  # PT_DYNAMIC
            (0x6474E551, 6, 0, 0, 0, 0, 0, 16),  # PT_GNU_STACK: not to run
        )
    )
    text = header + segments + entries + names + table + code
    assert len(text) == end
    return text + bytes(data_at - end) + dynamic


def _sections(data: bytes) -> list[tuple[int, ...]]:
    header = _header(data)
    start, size, count = header[6], header[11], header[12]
    return [_SECTION.unpack_from(data, start + number * size) for number in range(count)]


def _header(data: bytes) -> tuple[int, ...]:
    if data[:6] != b"\x7fELF\2\1":
        raise ValueError("not an ELF library of 64 bits, little-endian")
    return _HEADER.unpack_from(data)
