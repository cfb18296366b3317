"""What a file's own bytes say about it: its kind, how long it claims to be, whether its end is missing.

Only where the decoders hide it: libsndfile shortens a truncated WAV, AIFF or Ogg silently, and reports as an MP3's
length what it finds by scanning. Layouts: RIFF/WAVE, AIFF, the Xing/Info header of MP3, pages of Ogg (RFC 3533).
"""

from __future__ import annotations

import codecs
import math
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_HEAD: Final = 1 << 16
_SAMPLE: Final = 2048  # of what may be writing
_OGG_PAGE: Final = 65307  # the longest
_UNCOMPRESSED: Final = frozenset({1, 3, 0xFFFE})
_MAGIC: Final = (
    (0, b"fLaC", "FLAC"),
    (0, b"OggS", "Ogg"),
    (0, b"ID3", "MP3"),
    (8, b"WAVE", "WAV"),
    (8, b"AIF", "AIFF"),
    (4, b"ftyp", "MP4"),
    (0, b"\x30\x26\xb2\x75", "WMA"),
    (0, b"caff", "CAF"),
    (0, b"\x1aE\xdf\xa3", "WebM"),
)
_MP3_RATES: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def recognise(path: Path) -> str | None:
    """Return the kind of audio file that the first bytes announce, None where they do not. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(16)
    return next((kind for at, magic, kind in _MAGIC if head[at : at + len(magic)] == magic), None)


def writing(path: Path) -> str | None:
    """Return "web page" or "text" where the beginning is one, None where it is neither. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(head)  # the last letter may be cut in two
    except UnicodeDecodeError:
        return None
    if not text.strip() or not all(c.isprintable() or c.isspace() for c in text):
        return None
    return (
        "web page"
        if re.match(r"\s*<(!doctype html|html|head|\?xml[^>]*>\s*<(!doctype )?html)", text, re.I)
        else "text"
    )


def promised_seconds(path: Path) -> float | None:
    """Return the length that a WAV, AIFF or MP3 header promises, None where none does. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(16)
        if head[:3] == b"ID3" and len(head) >= 10:
            file.seek(10 + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]))
            return _mp3_seconds(file.read(4096))
        data = head + file.read(_HEAD)
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return _wav_seconds(data)
    if head[:4] == b"FORM" and head[8:11] == b"AIF":
        return _aiff_seconds(data)
    return _mp3_seconds(data[:4096])


def cut_short(path: Path) -> bool:
    """Return whether an Ogg file ends within a page. Raises OSError."""
    with path.open("rb") as file:
        if file.read(4) != b"OggS":
            return False
        size = file.seek(0, 2)
        file.seek(max(0, size - _OGG_PAGE))
        tail = file.read()
    at = tail.rfind(b"OggS")
    page = tail[at:]
    if len(page) < 27 or len(page) < 27 + page[26]:
        return True
    return len(page) < 27 + page[26] + sum(page[27 : 27 + page[26]])


def _chunks(data: bytes, order: str) -> Iterator[tuple[bytes, int, int]]:
    """Yield (name, start, size) of the chunks of a RIFF or IFF file, as far as `data` reaches."""
    at = 12
    while at + 8 <= len(data):
        size = struct.unpack_from(f"{order}I", data, at + 4)[0]
        yield data[at : at + 4], at + 8, size
        at += 8 + size + size % 2


def _wav_seconds(data: bytes) -> float | None:
    byte_rate = 0
    for name, start, size in _chunks(data, "<"):
        if name == b"fmt " and start + 12 <= len(data):
            kind, _, _, rate = struct.unpack_from("<HHII", data, start)
            byte_rate = rate if kind in _UNCOMPRESSED else 0
        elif name == b"data":
            # streamed files leave 0 or the largest number here
            return size / byte_rate if byte_rate and 0 < size < 0xFFFF0000 else None
    return None


def _aiff_seconds(data: bytes) -> float | None:
    for name, start, _ in _chunks(data, ">"):
        if name == b"COMM" and start + 18 <= len(data):
            _, frames, _, exponent, mantissa = struct.unpack_from(">hIhHQ", data, start)
            power = (exponent & 0x7FFF) - 16383 - 63
            rate = math.ldexp(mantissa, power) if power < 0 else math.inf
            return frames / rate if 0 < rate < math.inf else None
    return None


def _mp3_seconds(data: bytes) -> float | None:
    at = next((k for k in range(len(data) - 200) if data[k] == 0xFF and _is_layer_3(data[k : k + 4])), None)
    if at is None:
        return None
    version = data[at + 1] >> 3 & 3
    rate = _MP3_RATES[version][data[at + 2] >> 2 & 3]
    mono = data[at + 3] >> 6 == 3
    side = (17 if mono else 32) if version == 3 else (9 if mono else 17)
    tag = at + 4 + side
    if data[tag : tag + 4] not in {b"Xing", b"Info"} or not data[tag + 7] & 1:
        return None
    frames = struct.unpack_from(">I", data, tag + 8)[0]
    return float(frames * (1152 if version == 3 else 576) / rate)


def _is_layer_3(head: bytes) -> bool:
    sync = head[1] & 0xE0 == 0xE0
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    return sync and version != 1 and layer == 1 and head[2] >> 4 not in {0, 15} and head[2] >> 2 & 3 != 3
