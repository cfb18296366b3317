"""Decodes a recording to be played: into a WAV file of 16 bits that the window's player reads as it goes.

The window itself decodes nothing: a file that was made to harm meets only this process.
"""

from __future__ import annotations

import os
import wave
from pathlib import Path
from typing import Final

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from performia_desktop.analysis import audio, containers
from performia_desktop.analysis.decoders import Stream, open_ffmpeg, open_sndfile
from performia_desktop.analysis.errors import AnalysisError
from performia_desktop.protocol import Decode, Decoded

_RATES: Final = (44_100, 48_000)
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_LARGEST: Final = (4 << 30) - (1 << 20)  # bytes that a WAV file can say that it has


def decode_to(request: Decode) -> Decoded:
    """Decode a file into the WAV file that is asked for, whole or not at all; a damaged one as far as it goes.

    Raises
    ------
    AnalysisError
    """
    source, target = Path(request.input_file), Path(request.wav)
    part = target.with_name(f"{target.name}.part")
    audio.check(source)
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        promised = containers.promised_seconds(source)
        try:
            frames = _write(open_sndfile(source, promised), part)
        except soundfile.LibsndfileError as error:
            frames = _write(open_ffmpeg(source, promised, str(error)), part)
        if not frames:
            raise AnalysisError("damaged", "There is no sound in this file.", str(source))
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        if error.filename and Path(str(error.filename)) == source:
            raise audio.from_os_error(error, source) from error
        raise AnalysisError(
            "disk-full", "The audio could not be made ready. Free some space on the disk.", str(error)
        ) from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return Decoded(request.job_id, str(target))


def _write(stream: Stream, path: Path) -> int:
    """Write a stream's first two channels at a rate that every device knows; return the number of frames."""
    rate = stream.sample_rate if stream.sample_rate in _RATES else _RATES[0]
    channels = min(2, stream.channels)
    resampler = soxr.ResampleStream(stream.sample_rate, rate, channels, dtype="float32", quality="HQ")
    written = 0
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, _NEW, 0o600), "wb") as file, wave.open(file) as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        for block in stream.blocks:
            if (written + len(block) * rate // stream.sample_rate + rate) * 2 * channels > _LARGEST:
                break
            samples = np.ascontiguousarray(block[:, :channels])
            if rate != stream.sample_rate:
                samples = resampler.resample_chunk(samples)
            out.writeframesraw(_pcm(samples))
            written += len(samples)
        if rate != stream.sample_rate:
            samples = resampler.resample_chunk(np.zeros((0, channels), np.float32), last=True)
            out.writeframesraw(_pcm(samples))
            written += len(samples)
    return written


def _pcm(samples: NDArray[np.float32]) -> bytes:
    whole = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0).clip(-1.0, 1.0)
    return bytes(np.rint(whole * 32767).astype("<i2").tobytes())
