"""Recordings as they should not be: each case writes one file, says what must come of it, and how it is mended."""

from __future__ import annotations

import os
import shutil
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from tests.security import recordings

RATE = 22_050

Make = Callable[[Path], object]
Samples = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Case:
    """A file, and what must come of it.

    Attributes
    ----------
    name : the file's
    make : writes it
    code : of protocol.FAILURE_CODES, or None for a Song Map
    words : that the sentence in the row has
    spoil : what happens to the file while its job waits
    empty : the map has nothing but the length
    seconds : its length, where that says something
    """

    name: str
    make: Make
    code: str | None = None
    words: str = ""
    spoil: Make | None = None
    empty: bool = False
    seconds: float | None = None


def music(seconds: float = 3.0, rate: int = RATE) -> Samples:
    return recordings.sound(seconds, rate)


def write(path: Path, samples: Samples, rate: int = RATE, subtype: str | None = None) -> None:
    """Write a recording; its content is another one than that of any other name."""
    samples = samples.astype(np.float32)
    if len(samples) > 100 and np.isfinite(samples).all():
        samples = samples * (1 - zlib.crc32(path.name.encode()) / 2**35)
    with path.open("wb") as file:  # libsndfile shortens long names in its own way
        soundfile.write(file, samples, rate, format=path.suffix[1:].upper(), subtype=subtype)


def mend(path: Path, seconds: float = 3.0) -> None:
    """Put a sound recording in the place of whatever is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".m4a":
        path.write_bytes(recordings.with_ffmpeg("ipod", "aac", music(seconds, 44_100)))
    else:
        write(path, music(seconds))


def _cut(path: Path) -> None:
    mend(path, 15.0)
    os.truncate(path, path.stat().st_size * 6 // 10)


def _noise(count: int) -> Samples:
    return np.random.default_rng(7).standard_normal(count)


def _holes(path: Path) -> None:
    samples = music(4.0)
    samples[::7] = np.nan
    samples[5::1001] = np.inf
    write(path, samples, subtype="FLOAT")


def _nothing_but_nan(path: Path) -> None:
    write(path, np.full(3 * RATE, np.nan), subtype="DOUBLE")


def _five_hours(path: Path) -> None:
    """Write a WAV file of five hours of silence, nearly all of it a hole that takes no room on the disk."""
    rate, seconds = 4000, 5 * 3600
    size = rate * seconds
    header = b"RIFF" + (36 + size).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    header += b"".join(n.to_bytes(k, "little") for n, k in ((1, 2), (1, 2), (rate, 4), (rate, 4), (1, 2), (8, 2)))
    path.write_bytes(header + b"data" + size.to_bytes(4, "little"))
    os.truncate(path, len(header) + 8 + size)


def _into_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _into_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _with_its_disk(path: Path) -> None:
    shutil.rmtree(path.parent)


def _in_folder(path: Path) -> None:
    path.parent.mkdir()
    write(path, music())


def _plain(path: Path) -> None:
    write(path, music())


def _channels(count: int) -> Make:
    return lambda path: write(path, np.stack([music() / (n + 1) for n in range(count)], axis=1))


def _at(rate: int, subtype: str | None = None) -> Make:
    return lambda path: write(path, music(3.0, rate), rate, subtype)


BROKEN = (
    Case("zero bytes.mp3", Path.touch, "not-audio", "empty (0 bytes)"),
    Case("text.mp3", lambda path: path.write_text("Dear diary,\n" * 500), "not-audio", "text in this file"),
    Case("page.mp3", lambda path: path.write_text("<!DOCTYPE html>\n<p>Log in", "utf-8"), "not-audio", "web page"),
    Case("truncated.mp3", _cut, "damaged", "damaged after 0:0"),
    Case("truncated.flac", _cut, "damaged", "damaged"),
    Case("truncated.m4a", _cut, "damaged", "damaged"),
    Case("truncated.wav", _cut, "damaged", "damaged after 0:0"),
    Case("truncated.ogg", _cut, "damaged", "damaged after 0:0"),
    Case("five hours.wav", _five_hours, "too-long", "the limit is 4 hours"),
    Case("no permission.wav", _plain, "permission", "no permission", spoil=lambda path: path.chmod(0)),
    Case("pipe.wav", os.mkfifo, "not-audio", "pipe"),
    Case("becomes a pipe.wav", _plain, "not-audio", "pipe", spoil=_into_pipe),
    Case("becomes a folder.wav", _plain, "not-audio", "folder", spoil=_into_folder),
    Case("deleted.wav", _plain, "missing", "not there any more", spoil=Path.unlink),
    Case("disk/with its disk.wav", _in_folder, "missing", "connect the disk", spoil=_with_its_disk),
    Case("emptied.wav", _plain, "not-audio", "empty (0 bytes)", spoil=lambda path: os.truncate(path, 0)),
)

ODD = (
    Case("one sample.wav", lambda path: write(path, np.ones(1) / 2), empty=True, seconds=0.0),
    Case("50 ms.wav", lambda path: write(path, music(0.05)), empty=True, seconds=0.05),
    Case("silence.wav", lambda path: write(path, np.zeros(4 * RATE)), empty=True, seconds=4.0),
    Case("noise.flac", lambda path: write(path, _noise(4 * RATE) / 10), empty=True, seconds=4.0),
    Case("nothing but nan.wav", _nothing_but_nan, empty=True, seconds=3.0),
    Case("holes of nan.wav", _holes, seconds=4.0),
    Case("far beyond full scale.wav", lambda path: write(path, 1e6 * _noise(4 * RATE), RATE, "FLOAT"), empty=True),
    Case("clipped.wav", lambda path: write(path, np.clip(9 * music(4.0), -1, 1)), seconds=4.0),
    Case("8 kHz.wav", _at(8000), seconds=3.0),
    Case("192 kHz.flac", _at(192_000, "PCM_24"), seconds=3.0),
    Case("mono.ogg", _plain, seconds=3.0),
    Case("six channels.wav", _channels(6), seconds=3.0),
)

NAMES = (
    "Ünïcödé ñandú 東京 Сон.wav",
    "emoji 🎸🔥👩‍🎤.wav",
    "  two  spaces  .wav",
    "-rf.wav",
    "--help.wav",
    "n" * 246 + ".wav",
    "line\nbreak\ttab.wav",
    "'; DROP TABLE jobs; --.wav",
    "<img src=x onerror=alert(1)>.wav",
    "$(touch owned) `id` %s %n.wav",
    "\u202egnp.wav",
)
