"""Draws the program's icon in all sizes and containers that systems ask for, from the one SVG.

`draw` leaves PNGs, an .ico (Windows) and an .icns (macOS) in a folder. Both containers are a table of PNGs: ICO as
Windows Vista and later read it, ICNS by its types of PNGs (ic07 and on).
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import Final

SIZES: Final = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_ICO_SIZES: Final = (16, 24, 32, 48, 64, 128, 256)
_ICNS_TYPES: Final = (
    (b"icp4", 16),
    (b"icp5", 32),
    (b"ic11", 32),
    (b"ic12", 64),
    (b"ic07", 128),
    (b"ic13", 256),
    (b"ic08", 256),
    (b"ic14", 512),
    (b"ic09", 512),
    (b"ic10", 1024),
)


def draw(source: Path, folder: Path) -> dict[int, Path]:
    """Draw the icon; return the PNGs by size."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication.instance() or QGuiApplication(["icons"])
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {size: _draw(source, size, folder) for size in (*SIZES, 1024)}
    pictures = {size: path.read_bytes() for size, path in drawn.items()}
    (folder / f"{source.stem}.ico").write_bytes(ico([(size, pictures[size]) for size in _ICO_SIZES]))
    (folder / f"{source.stem}.icns").write_bytes(icns([(kind, pictures[size]) for kind, size in _ICNS_TYPES]))
    del application
    return {size: drawn[size] for size in SIZES}


def _draw(source: Path, size: int, folder: Path) -> Path:
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QImageReader

    reader = QImageReader(str(source))
    reader.setScaledSize(QSize(size, size))
    image = reader.read()
    target = folder / f"{source.stem}-{size}.png"
    if image.isNull() or not image.save(str(target)):
        raise SystemExit(f"{source} could not be drawn: {reader.errorString()}")
    return target


def ico(pictures: list[tuple[int, bytes]]) -> bytes:
    """Return an .ico of these PNGs (size in pixels, bytes)."""
    place = 6 + 16 * len(pictures)
    table = struct.pack("<3H", 0, 1, len(pictures))
    for size, picture in pictures:
        table += struct.pack(
            "<4B2H2I", size % 256, size % 256, 0, 0, 1, 32, len(picture), place
        )  # 256 is written 0
        place += len(picture)
    return table + b"".join(picture for _, picture in pictures)


def icns(pictures: list[tuple[bytes, bytes]]) -> bytes:
    """Return an .icns of these PNGs (four letters of their type, bytes)."""
    parts = b"".join(kind + struct.pack(">I", 8 + len(picture)) + picture for kind, picture in pictures)
    return b"icns" + struct.pack(">I", 8 + len(parts)) + parts
