"""Reads the rows of an SQLite database from its bytes alone, past whatever is broken in it.

SQLite gives a damaged file up at the first page that makes no sense. Here every page stands for itself: trees are
walked as far as they hold together, pages that no tree leads to any more are looked at one by one, and in a page
without order every byte may be where a row begins. Which rows to believe is for the caller to say.

Follows https://www.sqlite.org/fileformat2.html; b-tree pages of tables and indexes, overflow pages, the free list.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

Cell = str | int | float | bytes | None

MAGIC: Final = b"SQLite format 3\x00"
_TABLE_LEAF, _TABLE_INTERIOR, _INDEX_LEAF, _INDEX_INTERIOR = 13, 5, 10, 2
_KINDS: Final = frozenset({_TABLE_LEAF, _TABLE_INTERIOR, _INDEX_LEAF, _INDEX_INTERIOR})
_SIZES: Final = (4096, 1024, 2048, 8192, 512, 16384, 32768, 65536)
_ENCODINGS: Final = {1: "utf-8", 2: "utf-16-le", 3: "utf-16-be"}
_INTEGER_BYTES: Final = (0, 1, 2, 3, 4, 6, 8)
_MOST_COLUMNS: Final = 64
_DEEPEST: Final = 20
_BLOCK: Final = 4096


@dataclass(frozen=True, slots=True)
class Row:
    """One record; `rowid` is None where only the record itself was found, `whole` false where an end is missing."""

    rowid: int | None
    cells: tuple[Cell, ...]
    whole: bool = True


@dataclass(slots=True)
class Tree:
    """The pages of one table or index that could be reached from its root; `sound` if nothing was amiss."""

    leaves: list[int] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)
    sound: bool = True


class _Broken(ValueError):
    """These bytes are not what they should be."""


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes, zeros where the disk refuses to read; nothing if there is no such file."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError:
        blocks = []
        with path.open("rb", buffering=0) as file:
            size = path.stat().st_size
            for start in range(0, size, _BLOCK):
                length = min(_BLOCK, size - start)
                try:
                    file.seek(start)
                    blocks.append(file.read(length).ljust(length, b"\0"))
                except OSError:
                    blocks.append(bytes(length))
        return b"".join(blocks)


class DatabaseFile:
    """The bytes of a database, with newer pages laid over them.

    Parameters
    ----------
    data
        The file.
    overlay
        Pages from a write-ahead log, by number from 1.
    page_size
        From elsewhere, for a file whose header is gone.
    """

    def __init__(
        self, data: bytes, overlay: Mapping[int, bytes] | None = None, page_size: int | None = None
    ) -> None:
        self._data = data
        self._overlay = dict(overlay or {})
        first = self._overlay.get(1, data[:100])
        self.header_sound = first.startswith(MAGIC) and _page_size(first) is not None
        self.page_size = (_page_size(first) if self.header_sound else None) or page_size or _guess_size(data)
        reserved = first[20] if self.header_sound and first[20] <= 64 else 0
        self.usable = self.page_size - reserved
        self.encoding = _ENCODINGS.get(first[59] if self.header_sound else 1, "utf-8")
        self.count = max(-(-len(data) // self.page_size), max(self._overlay, default=0))

    def page(self, number: int) -> bytes:
        """Return a page, filled with zeros where the file is cut off."""
        found = self._overlay.get(number)
        if found is None:
            found = self._data[(number - 1) * self.page_size : number * self.page_size]
        return found if len(found) == self.page_size else found.ljust(self.page_size, b"\0")

    def schema(self) -> dict[str, int]:
        """Return the root pages of tables and indexes by name, as far as they can be read."""
        roots = {}
        for number in self.tree(1).leaves:
            for row in self.rows(number)[0]:
                if len(row.cells) == 5 and isinstance(row.cells[1], str) and isinstance(row.cells[3], int):
                    roots[row.cells[1]] = row.cells[3]
        return roots

    def free_pages(self) -> set[int]:
        """Return the pages of the free list; none where the header is broken."""
        if not self.header_sound:
            return set()
        free: set[int] = set()
        (trunk,) = struct.unpack_from(">I", self.page(1), 32)
        while 1 < trunk <= self.count and trunk not in free:
            page = self.page(trunk)
            following, number = struct.unpack_from(">II", page, 0)
            if number > self.usable // 4 - 2:
                break
            leaves = struct.unpack_from(f">{number}I", page, 8)
            free.add(trunk)
            free.update(leaf for leaf in leaves if 1 < leaf <= self.count)
            trunk = following
        return free

    def tree(self, root: int, *, index: bool = False) -> Tree:
        """Walk a table's tree, or an index's, from its root page."""
        found = Tree()
        leaf, interior = (_INDEX_LEAF, _INDEX_INTERIOR) if index else (_TABLE_LEAF, _TABLE_INTERIOR)
        waiting = [(root, 0)]
        while waiting:
            number, depth = waiting.pop()
            if not 1 <= number <= self.count or number in found.pages or depth > _DEEPEST:
                found.sound = False
                continue
            page, start = self.page(number), _start(number)
            if page[start] == leaf:
                found.pages.add(number)
                found.leaves.append(number)
            elif page[start] == interior:
                found.pages.add(number)
                pointers, sound = self._pointers(page, start)
                found.sound &= sound
                children = [struct.unpack_from(">I", page, at)[0] for at in pointers]
                (last,) = struct.unpack_from(">I", page, start + 8)
                waiting += [(child, depth + 1) for child in reversed([*children, last])]
            else:
                found.sound = False
        return found

    def is_tree_page(self, number: int) -> bool:
        """Return whether a page looks like one of a tree."""
        page, start = self.page(number), _start(number)
        return page[start] in _KINDS and self._pointers(page, start)[1]

    def rows(self, number: int) -> tuple[list[Row], bool]:
        """Return the rows of a table's leaf page, and whether all of them could be read."""
        page, start = self.page(number), _start(number)
        if page[start] != _TABLE_LEAF:
            return [], False
        pointers, sound = self._pointers(page, start)
        rows = []
        for at in pointers:
            try:
                row = self._cell(page, at)
            except (_Broken, IndexError, struct.error):
                sound = False
            else:
                rows.append(row)
                sound &= row.whole
        return rows, sound

    def keys(self, number: int) -> tuple[list[tuple[Cell, ...]], bool]:
        """Return the records of an index's page, and whether all of them could be read."""
        page, start = self.page(number), _start(number)
        if page[start] not in {_INDEX_LEAF, _INDEX_INTERIOR}:
            return [], False
        pointers, sound = self._pointers(page, start)
        skip = 4 if page[start] == _INDEX_INTERIOR else 0
        keys = []
        for at in pointers:
            try:
                length, body = _varint(page, at + skip)
                most = (self.usable - 12) * 64 // 255 - 23
                record, whole = self._payload(page, body, length, most)
                keys.append(self._record(record, whole)[0])
            except (_Broken, IndexError, struct.error):
                sound = False
        return keys, sound

    def scan(self, number: int, columns: Collection[int]) -> Iterator[Row]:
        """Yield what looks like a record of so many columns anywhere in a page, its first three text, text, time."""
        page = self.page(number)
        shortest, longest = min(columns) + 1, max(columns) * 3
        for at in range(self.usable - shortest):
            # A record begins with its header's length and the types of its cells.
            if not (shortest <= page[at] <= longest and page[at + 1] & 1 and page[at + 2] & 1):
                continue
            try:
                types, body = _types(page, at)
                if len(types) not in columns or not (types[0] >= 15 and types[1] >= 15 and 1 <= types[2] <= 7):
                    continue
                length = body - at + sum(map(_size, types))
                record, whole = self._payload(page, at, length, self.usable - 35)
                yield Row(None, *self._record(record, whole))
            except (_Broken, IndexError, struct.error):
                continue

    # --- parts

    def _pointers(self, page: bytes, start: int) -> tuple[list[int], bool]:
        """Return where a b-tree page's cells begin, and whether all of the places make sense."""
        (number,) = struct.unpack_from(">H", page, start + 3)
        first = start + (12 if page[start] in {_TABLE_INTERIOR, _INDEX_INTERIOR} else 8)
        most = (self.usable - first) // 2
        pointers = struct.unpack_from(f">{min(number, most)}H", page, first)
        good = [at for at in dict.fromkeys(pointers) if first + 2 * len(pointers) <= at < self.usable]
        return good, number <= most and len(good) == number

    def _cell(self, page: bytes, at: int) -> Row:
        length, after = _varint(page, at)
        rowid, body = _varint(page, after)
        try:
            cells, whole = self._record(*self._payload(page, body, length, self.usable - 35))
        except _Broken:
            # The record's own header says once more how long it is.
            types, first = _types(page, body)
            length = first - body + sum(map(_size, types))
            cells, _ = self._record(*self._payload(page, body, length, self.usable - 35))
            whole = False
        return Row(rowid - 2**64 if rowid >= 2**63 else rowid, cells, whole)

    def _payload(self, page: bytes, at: int, length: int, most: int) -> tuple[bytes, bool]:
        """Return the bytes of a record, gathered from its overflow pages, and whether they are all there."""
        if length > 1 << 30:
            raise _Broken("too long")
        if length <= most:
            if at + length > self.usable:
                raise _Broken("out of the page")
            return page[at : at + length], True
        least = (self.usable - 12) * 32 // 255 - 23
        local = least + (length - least) % (self.usable - 4)
        local = local if local <= most else least
        if at + local + 4 > self.usable:
            raise _Broken("out of the page")
        parts, have = [page[at : at + local]], local
        (following,) = struct.unpack_from(">I", page, at + local)
        seen = set()
        while have < length and 1 < following <= self.count and following not in seen:
            seen.add(following)
            overflow = self.page(following)
            (following,) = struct.unpack_from(">I", overflow, 0)
            parts.append(overflow[4 : min(self.usable, 4 + length - have)])
            have += len(parts[-1])
        return b"".join(parts), have == length

    def _record(self, record: bytes, whole: bool) -> tuple[tuple[Cell, ...], bool]:
        """Return a record's cells, None for those that are cut off, and whether none is."""
        types, at = _types(record, 0)
        if whole and at + sum(map(_size, types)) != len(record):
            raise _Broken("not of its length")
        cells: list[Cell] = []
        for kind in types:
            size = _size(kind)
            if at + size > len(record):
                cells.append(None)
            else:
                cells.append(self._value(kind, record[at : at + size]))
            at += size
        return tuple(cells), whole

    def _value(self, kind: int, raw: bytes) -> Cell:
        if kind >= 12:
            return raw if kind % 2 == 0 else raw.decode(self.encoding, "replace")
        if kind == 7:
            value = float(struct.unpack(">d", raw)[0])
            return value if math.isfinite(value) else None
        if kind in {8, 9}:
            return kind - 8
        return int.from_bytes(raw, "big", signed=True) if kind else None


def _start(number: int) -> int:
    return 100 if number == 1 else 0  # the first page begins with the file's header


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of SQLite's variable length, and where it ends. Raises IndexError."""
    value = 0
    for n in range(8):
        byte = data[at + n]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + n + 1
    return value << 8 | data[at + 8], at + 9


def _types(record: bytes, at: int) -> tuple[list[int], int]:
    """Return the serial types of a record's cells, and where the first cell begins."""
    length, place = _varint(record, at)
    end = at + length
    types: list[int] = []
    while place < end and len(types) < _MOST_COLUMNS:
        kind, place = _varint(record, place)
        if kind in {10, 11}:
            raise _Broken("no such type")
        types.append(kind)
    if place != end or not types:
        raise _Broken("no header")
    return types, end


def _size(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return _INTEGER_BYTES[kind] if kind <= 6 else 8 if kind == 7 else 0


def _page_size(header: bytes) -> int | None:
    if len(header) < 100:
        return None
    size = int.from_bytes(header[16:18], "big")
    size = 65536 if size == 1 else size
    return size if size in _SIZES else None


def _guess_size(data: bytes) -> int:
    """Return the page size by which most of the file looks like trees."""

    def likeness(size: int) -> int:
        return size * sum(_is_like_a_tree(data[at : at + size]) for at in range(size, len(data), size))

    return max(_SIZES, key=likeness)


def _is_like_a_tree(page: bytes) -> bool:
    """Return whether a page could be one of a tree: its cells reach into its second half, and not beyond its end."""
    kind, _, cells, content = struct.unpack_from(">BHHH", page[:8].ljust(8, b"\0"))
    first = 12 if kind in {_TABLE_INTERIOR, _INDEX_INTERIOR} else 8
    end = first + 2 * cells
    if kind not in _KINDS or not cells or not end <= (content or 65536) <= len(page):
        return False
    last: int = max(struct.unpack_from(f">{cells}H", page, first))
    return len(page) // 2 < last < len(page)
