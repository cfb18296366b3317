"""The outline of a recording: its lowest and highest sample in every few milliseconds, to draw its waveform from.

``waveforms/<content hash>.peaks`` in the data directory: a cache, made with the analysis or when a song is first
looked at. A header (magic, version, blocks a second, number of blocks, CRC-32), then one signed byte for the lowest
and one for the highest sample of each block, 127 being the loudest sample of the recording. A file that is damaged,
or of another version, counts as absent.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from performia_desktop.songmap.file import write_atomically

FULL: Final = 127
_HEADER: Final = struct.Struct("<4sIdII")
_MAGIC: Final = b"PDwf"
_VERSION: Final = 1
_MOST_BLOCKS: Final = 1 << 23  # 13 hours of 6 ms
_HASH: Final = re.compile(r"[0-9a-f]{16,128}")


@dataclass(frozen=True, slots=True)
class Waveform:
    """`peaks` is int8 of shape (blocks, 2), lowest and highest; `rate` is in blocks a second."""

    rate: float
    peaks: NDArray[np.int8]


def place(folder: Path, content_hash: object) -> Path | None:
    """Return where a recording's waveform is kept, None where the recording is not known."""
    if not isinstance(content_hash, str) or not _HASH.fullmatch(content_hash):
        return None
    return folder / f"{content_hash}.peaks"


def load(path: Path) -> Waveform | None:
    """Return the waveform in a file, None where there is no usable one."""
    try:
        if path.stat().st_size > _HEADER.size + 2 * _MOST_BLOCKS:
            return None
        content = path.read_bytes()
        magic, version, rate, count, check = _HEADER.unpack_from(content)
    except (OSError, struct.error):
        return None
    body = content[_HEADER.size :]
    sound = (magic, version, len(body), zlib.crc32(body)) == (_MAGIC, _VERSION, 2 * count, check)
    if not sound or not 1.0 <= rate <= 100_000.0:
        return None
    return Waveform(rate, np.frombuffer(body, np.int8).reshape(-1, 2))


def save(path: Path, waveform: Waveform) -> None:
    """Put a waveform in its place, whole or not at all. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    body = np.ascontiguousarray(waveform.peaks, np.int8).tobytes()
    header = _HEADER.pack(_MAGIC, _VERSION, waveform.rate, len(waveform.peaks), zlib.crc32(body))
    write_atomically(path, header + body, "waveform")
