"""Reads a recording: content hash, tags, and the sound itself as mono float32 at 22.05 kHz.

libsndfile decodes what it can (wav, flac, ogg, opus, mp3, aiff, ...), FFmpeg through PyAV the rest (aac, alac,
wma, ...). The file is read in blocks that go straight through the resampler (soxr HQ), so that only the 22.05
kHz result is ever held; beyond `IN_MEMORY_SEC` that result lies in a scratch file instead. A file that decodes
to clearly less than its header promises is reported as damaged rather than analysed as a shorter song.

Times are seconds, levels are linear with full scale at 1.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from performia_desktop.analysis import containers
from performia_desktop.analysis.decoders import Stream, open_ffmpeg, open_sndfile
from performia_desktop.analysis.errors import AnalysisError
from performia_desktop.analysis.tags import title_and_artist

SAMPLE_RATE: Final = 22050
MAX_DURATION_SEC: Final = 4 * 3600.0
"""Longer files are refused: nobody's song, and the chord and beat lattices would outgrow the memory promised."""
IN_MEMORY_SEC: Final = 900.0
"""A longer recording's samples lie in a scratch file, 5 MB a minute."""
_SAMPLE_BYTES: Final = 4
_LOUDEST: Final = 100.0  # floats may exceed full scale, but not so that their squares overflow
_HASH_BLOCK: Final = 1 << 20

Tick = Callable[[float], None]
"""Called with the finished fraction (0-1) of a stage, as its sign of life."""


@dataclass(frozen=True, slots=True)
class Source:
    """What the file is, before it is decoded."""

    content_hash: str
    title: str
    artist: str


@dataclass(frozen=True, slots=True)
class Recording:
    """A decoded recording.

    Attributes
    ----------
    samples : float32, mono at SAMPLE_RATE; finite
    duration_sec : of the decoded audio, before resampling
    sample_rate, channels : of the file
    decoder : ``"libsndfile"`` or ``"ffmpeg"``, with the format's name
    """

    samples: Samples
    duration_sec: float
    sample_rate: int
    channels: int
    decoder: str

    def close(self) -> None:
        """Let go of the scratch file, if there is one."""
        if isinstance(self.samples, ScratchSamples):
            self.samples.close()


def check(path: Path) -> None:
    """Refuse what must not even be opened: a missing file, a folder, a pipe (which would block), an empty file.

    Raises
    ------
    AnalysisError
    """
    try:
        status = path.stat()
    except OSError as error:
        raise from_os_error(error, path) from error
    if stat.S_ISDIR(status.st_mode):
        raise AnalysisError("not-audio", "This is a folder, not an audio file. Add the files in it instead.")
    if not stat.S_ISREG(status.st_mode):
        raise AnalysisError(
            "not-audio", "This is a pipe or a device, not an audio file. Save the sound to a file and add that."
        )
    if status.st_size == 0:
        raise AnalysisError("not-audio", "This file is empty (0 bytes). Copy it again from where it came from.")
    if not os.access(path, os.R_OK):
        raise _no_permission(path)


def from_os_error(error: OSError, path: Path) -> AnalysisError:
    """Return the user's sentence for a failed read of `path`."""
    details = f"{path}: {error}"
    if isinstance(error, PermissionError):
        return _no_permission(path)
    if isinstance(error, FileNotFoundError | NotADirectoryError) or error.errno == errno.ENODEV:
        return AnalysisError(
            "missing",
            "The file is not there any more. Put it back, or connect the disk it was on, and retry.",
            details,
        )
    if error.errno in {errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL}:
        return AnalysisError(
            "missing", "The file cannot be found under this name. Rename it and add it again.", details
        )
    return AnalysisError(
        "missing",
        "The file could not be read to its end. Look whether its disk is still connected and sound, and retry.",
        details,
    )


def _no_permission(path: Path) -> AnalysisError:
    return AnalysisError(
        "permission",
        "You have no permission to read this file. Allow it in the file's properties and retry.",
        str(path),
    )


def probe(path: Path, tick: Tick = lambda _: None) -> Source:
    """Hash the whole file (BLAKE2b, 128 bits) and read its tags.

    Raises
    ------
    AnalysisError
        The file cannot be read.
    """
    check(path)
    digest = hashlib.blake2b(digest_size=16)
    try:
        with path.open("rb") as file:
            size = max(1, os.fstat(file.fileno()).st_size)
            read = 0
            while block := file.read(_HASH_BLOCK):
                digest.update(block)
                read += len(block)
                tick(min(1.0, read / size))
    except OSError as error:
        raise from_os_error(error, path) from error
    return Source(digest.hexdigest(), *title_and_artist(path))


def decode(path: Path, tick: Tick = lambda _: None) -> Recording:
    """Decode a file to mono at SAMPLE_RATE, in blocks.

    Raises
    ------
    AnalysisError
        ``not-audio``, ``damaged``, ``too-long``, or the file cannot be read.
    """
    check(path)
    try:
        promised = containers.promised_seconds(path)
        try:
            recording = _drain(open_sndfile(path, promised), tick)
        except soundfile.LibsndfileError as error:
            # An unknown format, or a bad spot in a known one: FFmpeg gets over most of them.
            recording = _drain(open_ffmpeg(path, promised, error.error_string), tick)
        if containers.cut_short(path):
            recording.close()
            raise damaged(recording.duration_sec, f"{recording.decoder}: the last page is incomplete")
        return recording
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise AnalysisError(
                "disk-full", "The disk is full. Free some space and retry.", f"scratch file: {error}"
            ) from error
        raise from_os_error(error, path) from error


def _drain(stream: Stream, tick: Tick) -> Recording:
    """Decode, mix and resample a stream block by block; compare what came with what its header promises."""
    promised = stream.promised_sec or 0.0
    if promised > MAX_DURATION_SEC:
        raise _too_long(promised)
    frames = 0
    sink = _Sink()
    try:
        resampler = soxr.ResampleStream(stream.sample_rate, SAMPLE_RATE, 1, dtype="float32", quality="HQ")
        for block in stream.blocks:
            frames += len(block)
            sink.append(resampler.resample_chunk(_mono(block)))
            seconds = frames / stream.sample_rate
            if seconds > MAX_DURATION_SEC:
                raise _too_long(seconds)
            tick(min(1.0, seconds / promised) if promised else 0.5)
        sink.append(resampler.resample_chunk(np.zeros(0, np.float32), last=True))
        seconds = frames / stream.sample_rate
        if frames == 0:
            raise AnalysisError(
                "damaged",
                "There is no sound in this file. Copy or download it again, or check it in an audio player.",
                stream.decoder,
            )
        if promised - seconds > 1.0 + 0.002 * promised:
            details = f"{stream.decoder}: header promises {promised:.2f} s, {seconds:.2f} s decode"
            raise damaged(seconds, details)
        return Recording(sink.finish(), seconds, stream.sample_rate, stream.channels, stream.decoder)
    except BaseException:
        sink.close()
        raise


def damaged(seconds: float, details: str) -> AnalysisError:
    """Return the error for a file that stops decoding after `seconds`."""
    minutes, rest = divmod(int(seconds), 60)
    return AnalysisError(
        "damaged",
        f"This file is damaged after {minutes}:{rest:02d} (it may not have been downloaded to the end). "
        "Copy or download it again and retry.",
        details,
    )


def _too_long(seconds: float) -> AnalysisError:
    return AnalysisError(
        "too-long",
        f"This recording is {seconds / 3600:.1f} hours long; the limit is {MAX_DURATION_SEC / 3600:.0f} hours. "
        "Cut it into parts and add those.",
    )


def _mono(block: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mix down by the mean; what is not a number becomes silence."""
    channels = block.shape[1]
    mono = block[:, 0].copy()
    for k in range(1, channels):  # ten times as fast as mean(axis=1)
        mono += block[:, k]
    mono *= np.float32(1 / channels)
    if not np.isfinite(mono).all():
        np.nan_to_num(mono, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
    return mono.clip(-_LOUDEST, _LOUDEST, out=mono)


class ScratchSamples:
    """Samples in an unnamed scratch file, read where they are sliced: ``samples[a:b]`` is an array."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="performia-")  # noqa: SIM115  closed by `close`
        self._count = 0

    def append(self, block: NDArray[np.float32]) -> None:
        self._file.seek(0, os.SEEK_END)
        self._file.write(block.data)
        self._count += len(block)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, part: slice) -> NDArray[np.float32]:
        first, last, _ = part.indices(self._count)
        self._file.seek(first * _SAMPLE_BYTES)
        return np.frombuffer(self._file.read(max(0, last - first) * _SAMPLE_BYTES), np.float32)

    def close(self) -> None:
        self._file.close()


Samples = NDArray[np.float32] | ScratchSamples
"""Mono samples at SAMPLE_RATE, in memory or in a scratch file: both have a length and can be sliced."""


class _Sink:
    """Collects resampled blocks in memory, and in a scratch file once they are many."""

    def __init__(self) -> None:
        self._blocks: list[NDArray[np.float32]] = []
        self._count = 0
        self._scratch: ScratchSamples | None = None

    def append(self, block: NDArray[np.float32]) -> None:
        self._count += len(block)
        if self._scratch is None and self._count > IN_MEMORY_SEC * SAMPLE_RATE:
            self._scratch = ScratchSamples()
            for kept in self._blocks:
                self._scratch.append(kept)
            self._blocks = []
        if self._scratch is None:
            self._blocks.append(block)
        else:
            self._scratch.append(block)

    def finish(self) -> Samples:
        if self._scratch is not None:
            return self._scratch
        blocks, self._blocks = self._blocks, []
        return np.concatenate(blocks) if blocks else np.zeros(0, np.float32)

    def close(self) -> None:
        if self._scratch is not None:
            self._scratch.close()
